# Reference figures for people who count more or less often (weights), made by R.
#
# Run in this folder:  Rscript weighted.R
# Writes weighted.json: the data, the results, and the versions that gave them.
suppressPackageStartupMessages({
  library(survival); library(survey); library(ordinal); library(geepack); library(clubSandwich)
})
options(warn = 1)
set.seed(20211122)

# --- answers in order ----------------------------------------------------------
odds <- function(n, k, coaches) {
  arm <- rep(0:1, length.out = n); well <- rnorm(n); coach <- sample(coaches, n, TRUE)
  w <- round(ifelse(arm == 1, 1, runif(n, .1, 3)), 3)
  cut_up <- function(x) as.numeric(cut(x, c(-Inf, quantile(x, seq_len(k - 1) / k), Inf)))
  before <- cut_up(well + rnorm(n)); after <- cut_up(well + rnorm(n) + .6 * arm)
  people <- data.frame(y = factor(after), arm, b = factor(before), w, coach, one = seq_len(n))
  # clm finds the top of the same weighted likelihood to more digits than svyolr does.
  top <- clm(y ~ arm + b, data = people, weights = w / mean(w),
             control = clm.control(gradTol = 1e-10, maxIter = 300))
  told <- function(ids) {
    fit <- svyolr(y ~ arm + b, svydesign(ids = ids, weights = ~w, data = people),
                  control = list(reltol = 1e-15, maxit = 1000))
    list(value = unname(coef(fit)["arm"]), se = unname(sqrt(diag(vcov(fit)))["arm"]))
  }
  list(arm = arm, before = before, after = after, weights = w, coach = coach,
       coefficient = unname(coef(top)["arm"]), alone = told(~one), by_coach = told(~coach))
}
odds_sets <- list(odds(90, 4, 9), odds(160, 5, 12))

# --- time to an event ----------------------------------------------------------
# residuals.survfit gives the infinitesimal jackknife: how much one person moves the curve.
times <- function(n, effect, tau, step = 1) {
  arm <- rbinom(n, 1, .4)
  w <- round(ifelse(arm == 1, 1, runif(n, .1, 4)), 3)
  true <- floor(rexp(n, exp(effect * arm) / 90)) + 1
  stop <- pmin(180, floor(runif(n, 20, 360)))
  days <- ceiling(pmin(true, stop) / step); event <- as.numeric(true <= stop)
  side <- function(a) {
    who <- arm == a
    # residuals() looks for the data where the script runs.
    people <<- data.frame(days = days[who], event = event[who], w = w[who])
    fit <- survfit(Surv(days, event) ~ 1, data = people, weights = w, robust = TRUE,
                   id = seq_len(nrow(people)), conf.type = "log-log")
    moved <- residuals(fit, times = tau, type = "rmst", weighted = TRUE)
    surv <- residuals(fit, times = fit$time, type = "survival", weighted = TRUE)
    list(time = fit$time, surv = fit$surv, surv_se = unname(sqrt(colSums(as.matrix(surv)^2))),
         rmean = unname(summary(fit, rmean = tau)$table["rmean"]),
         rmean_se = sqrt(sum(moved^2)))
  }
  # The log-rank test is the score test of Cox's model, here with its robust variance.
  start <- coxph(Surv(days, event) ~ arm, weights = w, robust = TRUE, ties = "breslow",
                 init = 0, control = coxph.control(iter.max = 0))
  score <- residuals(start, type = "score", weighted = TRUE)
  tight <- coxph.control(eps = 1e-13, iter.max = 60, toler.chol = 1e-14)
  cox <- coxph(Surv(days, event) ~ arm, weights = w, robust = TRUE, id = seq_len(n), ties = "efron", control = tight)
  list(days = days, event = event, arm = arm, weights = w, tau = tau, cox = unname(coef(cox)),
       cox_se = unname(sqrt(vcov(cox)[1, 1])), treated = side(1), others = side(0),
       excess = sum(score), chisq = sum(score)^2 / sum(score^2))
}
time_sets <- list(times(80, .5, 140), times(240, .2, 150), times(150, .4, 9, 14))

# --- time to an event, participants with coaches ----------------------------------
# Of each person the figure and how far that person moves it: then CR2, as for any mean.
times_by_coach <- function(n, coaches, tau, survey) {
  arm <- rbinom(n, 1, .5); coach <- sample(coaches, n, TRUE)
  w <- round(ifelse(arm == 1, 1, runif(n, .1, 3)), 3)
  # The people of a survey have no coach: each stands alone.
  if (survey) coach[arm == 0] <- coaches + seq_len(sum(arm == 0))
  pace <- exp(.4 * arm + .5 * rnorm(max(coach))[coach]) / 90
  true <- floor(rexp(n, pace)) + 1
  stop <- pmin(180, floor(runif(n, 20, 360)))
  days <- pmin(true, stop); event <- as.numeric(true <= stop)
  mean_days <- share <- numeric(n)
  for (a in 0:1) {
    who <- arm == a
    people <<- data.frame(days = days[who], event = event[who], w = w[who])
    fit <- survfit(Surv(days, event) ~ 1, data = people, weights = w, robust = TRUE, id = seq_len(nrow(people)))
    part <- function(type) sum(people$w) * residuals(fit, times = tau, type = type, weighted = FALSE)
    mean_days[who] <- unname(summary(fit, rmean = tau)$table["rmean"]) + part("rmst")
    share[who] <- 1 - summary(fit, times = tau)$surv - part("survival")
  }
  told <- function(y) {
    fit <- lm(y ~ arm, weights = w)
    test <- coef_test(fit, vcov = vcovCR(fit, cluster = coach, type = "CR2"), test = "Satterthwaite")[2, ]
    list(value = test$beta, se = test$SE, df = test$df_Satt, p = test$p_Satt)
  }
  list(days = days, event = event, arm = arm, weights = w, coach = coach, tau = tau,
       rmean = told(mean_days), share = told(share))
}

# --- yes or no by coach: GEE ----------------------------------------------------
gee <- function(n, coaches) {
  coach <- sort(sample(coaches, n, TRUE)); arm <- rep(0:1, length.out = n)
  before <- rbinom(n, 1, .5)
  after <- rbinom(n, 1, plogis(-.8 + .8 * arm + before + .6 * rnorm(coaches)[coach]))
  people <- data.frame(after, arm, before, coach)
  fit <- geeglm(after ~ arm + before, family = binomial, id = coach, data = people, corstr = "independence",
                control = geese.control(epsilon = 1e-12, maxit = 100))
  # Mancl and DeRouen (2001): residuals of a coach divided by one minus their leverage.
  x <- model.matrix(fit); p <- as.numeric(fitted(fit)); v <- p * (1 - p); bread <- solve(crossprod(x * sqrt(v)))
  meat <- function(power) {
    parts <- lapply(split(seq_len(n), coach), function(i) {
      root <- sqrt(v[i]); xi <- x[i, , drop = FALSE] * root
      e <- eigen(diag(length(i)) - xi %*% bread %*% t(xi), symmetric = TRUE)
      size <- ifelse(e$values > 1e-10, e$values^-power, 0)
      t(xi) %*% (e$vectors %*% (size * (t(e$vectors) %*% ((after[i] - p[i]) / root))))
    })
    Reduce(`+`, lapply(parts, tcrossprod))
  }
  se <- function(power) sqrt((bread %*% meat(power) %*% bread)[2, 2])
  list(arm = arm, before = before, after = after, coach = coach, coefficient = unname(coef(fit)[2]),
       geepack_se = sqrt(fit$geese$vbeta[2, 2]), plain_se = se(0), cr2_se = se(.5), mancl_derouen_se = se(1))
}
gee_sets <- list(gee(90, 8), gee(140, 12))
coached_sets <- list(times_by_coach(90, 7, 140, FALSE), times_by_coach(120, 8, 150, TRUE), times_by_coach(200, 12, 120, TRUE))

versions <- c(R = R.version$version.string,
              sapply(c("survival", "survey", "ordinal", "geepack", "clubSandwich"), function(p) as.character(packageVersion(p))))
# All 17 digits, which the usual writer of JSON leaves at 15.
as_json <- function(x) {
  inside <- function(parts, open, close) paste0(open, paste(parts, collapse = ","), close)
  if (is.matrix(x)) return(inside(apply(unname(x), 1, as_json), "[", "]"))
  if (!is.null(names(x))) {
    parts <- mapply(function(k, v) paste0('"', k, '":', as_json(v)), names(x), as.list(x))
    return(inside(parts, "{", "}"))
  }
  if (is.list(x)) return(inside(vapply(x, as_json, ""), "[", "]"))
  one <- if (is.character(x)) paste0('"', x, '"') else ifelse(is.na(x), "null", sprintf("%.17g", as.numeric(x)))
  if (length(one) == 1) one else inside(one, "[", "]")
}
writeLines(as_json(list(versions = versions, odds = odds_sets, times = time_sets, coached = coached_sets, gee = gee_sets)), "weighted.json")
