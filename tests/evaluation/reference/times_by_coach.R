# Reference figures for one group, and two without a coach in common, of
# trede.evaluation.event_times.by_coach, made by R.
#
# Run in this folder:  Rscript times_by_coach.R
# Writes times_by_coach.json: the data, the results, and the versions that gave them.
suppressPackageStartupMessages({library(survival); library(clubSandwich)})
set.seed(20261123)
drawn <- function(coach) {
  n <- length(coach)
  true <- floor(rexp(n, exp(.5 * rnorm(max(coach))[coach]) / 90)) + 1
  stop <- pmin(180, floor(runif(n, 125, 360)))
  data.frame(days = pmin(true, stop), event = as.numeric(true <= stop), coach = coach)
}
# Each person's pseudo-value: the figure plus what the curve moves by that person.
pseudo <- function(group, tau) {
  people <<- group
  fit <- survfit(Surv(days, event) ~ 1, data = people, robust = TRUE, id = seq_len(nrow(people)))
  part <- function(type) nrow(people) * residuals(fit, times = tau, type = type, weighted = FALSE)
  list(rmean = unname(summary(fit, rmean = tau)$table["rmean"]) + part("rmst"),
       share = 1 - summary(fit, times = tau)$surv - part("survival"))
}
mean_of <- function(y, coach) {
  fit <- lm(y ~ 1)
  test <- coef_test(fit, vcov = vcovCR(fit, cluster = coach, type = "CR2"), test = "Satterthwaite")
  list(value = test$beta, se = test$SE, df = test$df_Satt)
}
one <- function(caseloads, tau) {
  group <- drawn(rep(seq_along(caseloads), caseloads))
  found <- lapply(pseudo(group, tau), mean_of, coach = group$coach)
  s <- 1 - found$share$value
  half <- qt(.975, found$share$df) * found$share$se / (s * abs(log(s)))
  c(as.list(group), list(tau = tau, rmean = found$rmean, share = found$share,
                         ci = 1 - s^exp(c(-1, 1) * half)))
}
# Participants of some coaches beside people who have none: the errors of two groups
# apart, each with its own t (Cochran and Cox), told as the degrees that have that t.
degrees <- function(t) uniroot(function(df) qt(.975, df) - t, c(1, 1e4), tol = 1e-13)$root
beside <- function(caseloads, others, tau) {
  sides <- list(drawn(rep(seq_along(caseloads), caseloads)), drawn(seq_len(others)))
  values <- lapply(sides, pseudo, tau = tau)
  told <- function(name) {
    parts <- mapply(function(v, g) unlist(mean_of(v[[name]], g$coach)), values, sides)
    v <- parts["se", ]^2
    list(value = parts[["value", 1]] - parts[["value", 2]], se = sqrt(sum(v)),
         df = degrees(sum(v * qt(.975, parts["df", ])) / sum(v)))
  }
  all <- do.call(rbind, sides)
  list(days = all$days, event = all$event, arm = rep(1:0, sapply(sides, nrow)),
       coach = c(sides[[1]]$coach, length(caseloads) + sides[[2]]$coach), tau = tau,
       rmean = told("rmean"), share = told("share"))
}
groups <- list(one(c(9, 14, 5, 20, 12, 7), 120), one(c(11, 8, 15, 9, 12), 100), one(rep(8, 12), 60))
arms <- list(beside(c(30, 25, 41, 22), 90, 120), beside(c(9, 14, 5, 20, 12, 7), 50, 90))
# All 17 digits, which the usual writer of JSON leaves at 15.
as_json <- function(x) {
  inside <- function(parts, open, close) paste0(open, paste(parts, collapse = ","), close)
  if (!is.null(names(x))) {
    parts <- mapply(function(k, v) paste0('"', k, '":', as_json(v)), names(x), as.list(x))
    return(inside(parts, "{", "}"))
  }
  if (is.list(x)) return(inside(vapply(x, as_json, ""), "[", "]"))
  one <- if (is.character(x)) paste0('"', x, '"') else sprintf("%.17g", as.numeric(x))
  if (length(one) == 1) one else inside(one, "[", "]")
}
versions <- c(R = R.version$version.string,
              sapply(c("survival", "clubSandwich"), function(p) as.character(packageVersion(p))))
writeLines(as_json(list(versions = versions, one_group = groups, no_coach_in_common = arms)), "times_by_coach.json")
