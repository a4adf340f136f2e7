# Reference figures for trede.evaluation.synthesis, made by R.
#
# Run in this folder:  Rscript synthesis.R
# Writes synthesis.json: the data, the results, and the versions that gave them. The
# modified error ("never below that of the fixed effect") is not in metafor: it is made
# here of the errors of two of its models.
suppressPackageStartupMessages({
  library(metafor)
  library(clubSandwich)
})
options(warn = 1)
set.seed(20211123)
exact <- list(threshold = 1e-15, maxiter = 3000)
told <- function(value, se, df) {
  half <- qt(.975, df) * se
  list(value = value, se = se, df = df, ci = value + c(-half, half), p = 2 * pt(-abs(value / se), df))
}

# --- two stages ----------------------------------------------------------------
everything <- function(y, se, leave = TRUE) {
  v <- se^2; k <- length(y)
  fixed <- rma(y, v, method = "FE")
  plain <- rma(y, v, method = "REML", test = "knha", control = exact)
  adhoc <- rma(y, v, method = "REML", test = "adhoc", control = exact)
  # confint looks for the ends with uniroot.
  ends <- suppressMessages(confint(plain, control = list(tol = 1e-15, maxiter = 100000, tau2.max = 1e6)))$random
  low <- ends["tau^2", "ci.lb"]; high <- ends["tau^2", "ci.ub"]
  modified <- told(as.numeric(plain$beta), max(plain$se, fixed$se), k - 1)
  half <- qt(.975, k - 1) * sqrt(plain$tau2 + modified$se^2)
  pi_plain <- predict(plain)
  found <- list(
    y = y, se = se, fixed = list(value = as.numeric(fixed$beta), se = fixed$se, ci = c(fixed$ci.lb, fixed$ci.ub), p = fixed$pval),
    knha = told(as.numeric(plain$beta), plain$se, k - 1), adhoc = told(as.numeric(adhoc$beta), adhoc$se, k - 1),
    knha_ci = c(plain$ci.lb, plain$ci.ub), adhoc_p = adhoc$pval, modified = modified,
    prediction = as.numeric(plain$beta) + c(-half, half),
    prediction_knha = c(pi_plain$pi.lb, pi_plain$pi.ub), prediction_df = pi_plain$pi.ddf,
    q = plain$QE, q_p = plain$QEp, tau2 = plain$tau2, i2 = plain$I2 / 100, typical = plain$vt,
    tau2_ci = c(low, high), i2_ci = c(ends["I^2(%)", "ci.lb"], ends["I^2(%)", "ci.ub"]) / 100,
    weights = as.numeric(weights(plain)) / 100, weights_fixed = as.numeric(weights(fixed)) / 100)
  if (leave) {
    # leave1out does not hand on how close to search, so that the models are fitted here.
    found$left_out <- lapply(seq_len(k), function(i) {
      fit <- function(control) rma(y[-i], v[-i], method = "REML", test = "knha", control = control)
      # How close is told in squared units: of a large tau2 1e-15 is less than rounding.
      one <- tryCatch(fit(exact), error = function(e) fit(list(threshold = 1e-12, maxiter = 3000)))
      list(value = as.numeric(one$beta), se = one$se, tau2 = one$tau2, q = one$QE, i2 = one$I2 / 100,
           modified_se = max(one$se, 1 / sqrt(sum(1 / v[-i]))))
    })
  }
  found
}
pilots <- function(k, tau, sizes = c(15, 120)) {
  n <- sample(sizes[1]:sizes[2], k, TRUE)
  se <- round(2 / sqrt(n) * runif(k, .8, 1.2), 4)
  everything(round(rnorm(k, .6, sqrt(se^2 + tau^2)), 4), se)
}
sets <- list(pilots(4, .3), pilots(5, 0), pilots(8, .5), pilots(8, .1), pilots(12, 1), pilots(30, .2),
             # Equal errors; very unequal ones; far on one side; pilots all but equal.
             everything(c(.2, .5, .9, 1.4, .1), rep(.3, 5)), everything(c(.2, 1.1, .4, -.6), c(.01, .5, .9, 2)),
             everything(c(100.2, 103.4, 99.1, 108, 101), c(1, 2, 1.5, 1, 3)),
             everything(c(.5, .51, .49, .5, .505), c(.3, .2, .4, .25, .3)))
three <- list(everything(c(.3, .8, .4), c(.2, .25, .15), FALSE), everything(c(-1, 2, .5), c(.2, .3, .1), FALSE))
# A published one: vaccine against tuberculosis, 13 trials (Colditz and others 1994).
bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
published <- everything(as.numeric(bcg$yi), sqrt(as.numeric(bcg$vi)))

# --- one stage -----------------------------------------------------------------
by_cr2 <- function(fit, cluster, name) {
  t <- coef_test(fit, vcov = "CR2", cluster = cluster, test = "Satterthwaite")
  i <- which(names(coef(fit)) == name)
  df <- if (is.null(t$df)) t$df_Satt[i] else t$df[i]
  told(unname(coef(fit)[i]), t$SE[i], df)
}
people <- function(sizes) {
  pilot <- rep(seq_along(sizes), sizes); n <- length(pilot)
  arm <- unlist(lapply(sizes, function(m) sample(rep(c(0, 1), length.out = m))))
  before <- round(rnorm(n, 5, 2)); level <- rnorm(length(sizes), 0, .5)
  after <- round(2 + before / 2 + level[pilot] + (.8 + rnorm(length(sizes), 0, .3)[pilot]) * arm + rnorm(n, 0, 1.5))
  # Answers of both waves below each other, with a level per pilot.
  long <- data.frame(y = c(before, after), wave = rep(c(0, 1), each = n), pilot = factor(c(pilot, pilot)))
  change <- lm(y ~ wave + pilot, long); mean_of <- lm(I(after - before) ~ 1)
  effect <- lm(after ~ arm + before + factor(pilot))
  list(before = before, after = after, pilot = pilot, arm = arm, change = by_cr2(change, long$pilot, "wave"),
       mean_of = by_cr2(mean_of, pilot, "(Intercept)"), effect = by_cr2(effect, pilot, "arm"))
}
microdata <- list(people(c(20, 35, 12, 50, 28, 16, 40)), people(c(10, 14, 30)), people(rep(12, 8)))

versions <- c(R = R.version$version.string,
              sapply(c("metafor", "clubSandwich"), function(p) as.character(packageVersion(p))))
# All 17 digits, which the usual writer of JSON leaves at 15.
as_json <- function(x) {
  inside <- function(parts, open, close) paste0(open, paste(parts, collapse = ","), close)
  if (!is.null(names(x))) {
    parts <- mapply(function(k, v) paste0('"', k, '":', as_json(v)), names(x), as.list(x))
    return(inside(parts, "{", "}"))
  }
  if (is.list(x)) return(inside(vapply(x, as_json, ""), "[", "]"))
  one <- if (is.character(x)) paste0('"', x, '"') else ifelse(is.na(x), "null", sprintf("%.17g", as.numeric(x)))
  if (length(one) == 1) one else inside(one, "[", "]")
}
writeLines(as_json(list(versions = versions, sets = sets, three = three, published = published, people = microdata)),
           "synthesis.json")
