# Reference figures for trede.evaluation.event_times, made by R's survival.
#
# Run in this folder:  Rscript event_times.R
# Writes event_times.json: the data, the results, and the versions that gave them.
# The RMST difference is the difference of two of survival's restricted means; survRM2,
# which would give it at once, is not in Debian.
suppressPackageStartupMessages(library(survival))
options(warn = 1)
set.seed(20211105)

finite <- function(x) ifelse(is.finite(x), x, -1)  # JSON has no NA: -1 stands for none

# --- one group ---------------------------------------------------------------
one <- function(days, event, tau) {
  fit <- survfit(Surv(days, event) ~ 1, conf.type = "log-log")
  middle <- quantile(fit, c(.25, .5, .75))
  mean <- summary(fit, rmean = tau)$table
  shown <- summary(fit, times = c(0, 30, 60, 120), extend = TRUE)
  list(days = days, event = event, time = fit$time, n_risk = fit$n.risk,
       n_event = fit$n.event, n_censor = fit$n.censor, surv = fit$surv,
       se = finite(fit$std.err * fit$surv), lower = finite(fit$lower), upper = finite(fit$upper),
       quantile = finite(unname(middle$quantile)), q_lower = finite(unname(middle$lower)),
       q_upper = finite(unname(middle$upper)), tau = tau,
       rmean = unname(mean["rmean"]), rmean_se = unname(mean["se(rmean)"]),
       at = shown$time, at_risk = shown$n.risk, at_surv = shown$surv)
}
waiting <- function(n, rate, until) {
  true <- floor(rexp(n, rate)) + 1
  stop <- pmin(until, floor(runif(n, 20, 2 * until)))
  list(pmin(true, stop), as.integer(true <= stop))
}
w1 <- waiting(40, 1 / 60, 180); w2 <- waiting(150, 1 / 90, 200); w3 <- waiting(12, 1 / 30, 100)
singles <- list(
  one(w1[[1]], w1[[2]], 150), one(w2[[1]], w2[[2]], 180), one(w3[[1]], w3[[2]], 40),
  # The curve lies at exactly one half for a while: the median is in the middle of that.
  one(c(5, 10, 15, 20, 30, 40), c(1, 1, 1, 0, 1, 1), 30),
  # ... and until the end of the follow-up.
  one(c(5, 10, 20, 30), c(1, 1, 0, 0), 30),
  # Everybody has the event; somebody on day 0.
  one(c(0, 3, 3, 7, 9, 9, 12), rep(1, 7), 12),
  # Less than half have it: no median.
  one(c(4, 8, 30, 31, 40, 60, 60, 60), c(1, 1, 0, 0, 1, 0, 0, 0), 60)
)

# --- two and more groups, coaches --------------------------------------------
compared <- function(days, event, arm, coach, tau) {
  by <- summary(survfit(Surv(days, event) ~ arm), rmean = tau)$table
  lr <- survdiff(Surv(days, event) ~ arm)
  ls <- survdiff(Surv(days, event) ~ arm + strata(coach))
  tight <- coxph.control(eps = 1e-13, iter.max = 60, toler.chol = 1e-14)
  cx <- coxph(Surv(days, event) ~ arm, ties = "efron", control = tight)
  cs <- coxph(Surv(days, event) ~ arm + strata(coach), ties = "efron", control = tight)
  told <- function(m) list(
    coef = unname(coef(m)), se = unname(sqrt(diag(vcov(m)))), loglik = m$loglik,
    score = unname(m$score))
  list(days = days, event = event, arm = arm, coach = coach, tau = tau,
       rmean = unname(by[, "rmean"]), rmean_se = unname(by[, "se(rmean)"]),
       chisq = unname(lr$chisq), expected = unname(lr$exp), observed = unname(lr$obs),
       strat_chisq = unname(ls$chisq), strat_var = unname(ls$var[1, 1]),
       cox = told(cx), cox_strata = told(cs))
}
pilot <- function(n, effect, coaches) {
  arm <- rep(0:1, length.out = n); coach <- sample(coaches, n, TRUE)
  w <- mapply(function(a, c) unlist(waiting(1, exp(effect * a + .2 * (c %% 3)) / 80, 180)), arm, coach)
  compared(w[1, ], w[2, ], arm, coach, 140)
}
pairs <- list(pilot(60, .5, 5), pilot(150, .3, 8), pilot(300, 0, 12))
# Weeks instead of days: many at once.
tied <- pairs[[2]]
pairs[[4]] <- with(tied, compared(ceiling(days / 21), event, arm, coach, 7))

several <- local({
  group <- sample(c(1, 2, 3), 120, TRUE)
  w <- sapply(group, function(g) unlist(waiting(1, (.7 + .2 * g) / 80, 150)))
  lr <- survdiff(Surv(w[1, ], w[2, ]) ~ group)
  list(days = w[1, ], event = w[2, ], group = group, chisq = lr$chisq,
       expected = unname(lr$exp), observed = unname(lr$obs))
})

several_covariates <- local({
  n <- 140
  x <- cbind(arm = rep(0:1, n / 2), age = round(rnorm(n, 48, 9)), years = round(rexp(n, .2)))
  coach <- sample(6, n, TRUE)
  w <- apply(x, 1, function(r) unlist(waiting(1, exp(.4 * r[1] - .02 * (r[2] - 48)) / 90, 200)))
  days <- ceiling(w[1, ] / 7); event <- w[2, ]
  m <- coxph(Surv(days, event) ~ x + strata(coach), ties = "efron",
             control = coxph.control(eps = 1e-13, iter.max = 60, toler.chol = 1e-14))
  apart <- as.data.frame(x)
  zph <- function(formula) cox.zph(coxph(
    formula, data = apart, ties = "efron",
    control = coxph.control(eps = 1e-13, iter.max = 60, toler.chol = 1e-14)
  ), transform = "identity")$table
  z <- zph(Surv(days, event) ~ arm + age + years)
  zs <- zph(Surv(days, event) ~ arm + age + years + strata(coach))
  list(days = days, event = event, x = unname(x), coach = coach, coef = unname(coef(m)),
       vcov = unname(vcov(m)), loglik = m$loglik, zph = unname(z[1:3, "chisq"]),
       zph_p = unname(z[1:3, "p"]), zph_strata = unname(zs[1:3, "chisq"]))
})
published <- local({
  # Freireich and others, Blood 21, 1963: weeks in remission, 6-MP against placebo.
  days <- c(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35,
            1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
  event <- c(1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, rep(1, 21))
  arm <- rep(0:1, each = 21)
  c(compared(days, event, arm, rep(1, 42), 22),
    breslow = unname(coef(coxph(Surv(days, event) ~ arm, ties = "breslow"))))
})

# --- competing exits ---------------------------------------------------------
exits <- function(days, exit) {
  fit <- survfit(Surv(days, factor(exit, 0:2)) ~ 1, conf.type = "log-log")
  list(days = days, exit = exit, time = fit$time, n_risk = fit$n.risk[, 1],
       pstate = unname(fit$pstate), se = unname(fit$std.err),
       lower = finite(unname(fit$lower)), upper = finite(unname(fit$upper)))
}
leaving <- function(n) {
  work <- floor(rexp(n, 1 / 160)) + 1; quit <- floor(rexp(n, 1 / 240)) + 1
  stop <- floor(runif(n, 60, 300))
  list(pmin(work, quit, stop), ifelse(stop < pmin(work, quit), 0, ifelse(work <= quit, 1, 2)))
}
l1 <- leaving(40); l2 <- leaving(150)
competing <- list(exits(l1[[1]], l1[[2]]), exits(ceiling(l2[[1]] / 14), l2[[2]]),
                  exits(c(2, 2, 3, 5, 5, 8, 9), c(1, 2, 1, 1, 0, 2, 1)))

versions <- c(R = R.version$version.string, survival = as.character(packageVersion("survival")))
# All 17 digits, which the usual writer of JSON leaves at 15.
as_json <- function(x) {
  inside <- function(parts, open, close) paste0(open, paste(parts, collapse = ","), close)
  if (is.matrix(x)) return(inside(apply(unname(x), 1, as_json), "[", "]"))
  if (!is.null(names(x))) {
    parts <- mapply(function(k, v) paste0('"', k, '":', as_json(v)), names(x), as.list(x))
    return(inside(parts, "{", "}"))
  }
  if (is.list(x)) return(inside(vapply(x, as_json, ""), "[", "]"))
  one <- if (is.character(x)) paste0('"', x, '"') else sprintf("%.17g", as.numeric(x))
  if (length(one) == 1) one else inside(one, "[", "]")
}
writeLines(as_json(list(
  versions = versions, singles = singles, compared = pairs, several = several,
  covariates = several_covariates, published = published, competing = competing
)), "event_times.json")
