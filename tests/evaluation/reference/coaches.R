# Reference figures for trede.evaluation.running.coaches, made by R.
#
# Run in this folder:  Rscript coaches.R
# Writes coaches.json: the data, the results, and the versions that gave them.
suppressPackageStartupMessages(library(clubSandwich))
set.seed(20261122)
# The noncentrality of which this t is the given percentile, by search.
limit <- function(t, df, below) uniroot(function(d) pt(t, df, d) - below, t + c(-30, 30), tol = 1e-13)$root
# Every choice of signs of whole coaches, each refitted; residuals under a mean of 0.
wild <- function(change, coach) {
  names <- sort(unique(coach))
  t_of <- function(y) {
    fit <- lm(y ~ 1)
    coef(fit) / sqrt(vcovCR(fit, cluster = coach, type = "CR0")[1, 1])
  }
  signs <- as.matrix(expand.grid(rep(list(c(1, -1)), length(names))))
  found <- apply(signs, 1, function(s) abs(t_of(change * s[match(coach, names)])))
  mean(found >= abs(t_of(change)) * (1 - 1e-9))
}
changes <- function(caseloads, between, signs) {
  coach <- rep(sprintf("coach %02d", seq_along(caseloads)), caseloads)
  n <- length(coach)
  before <- pmin(pmax(round(rnorm(n, 5, 2)), 0), 10)
  own <- rnorm(length(caseloads), 0.6, between)[match(coach, unique(coach))]
  after <- pmin(pmax(round(before + own + rnorm(n, 0, 1.5)), 0), 10)
  change <- after - before
  fit <- lm(change ~ 1)
  v <- vcovCR(fit, cluster = coach, type = "CR2")
  test <- coef_test(fit, vcov = v, test = "Satterthwaite")
  df <- test$df_Satt
  se <- test$SE
  unit <- c(sqrt((var(before) + var(after)) / 2), sd(change))
  list(before = before, after = after, coach = coach, mean = mean(change), se = se, df = df,
       p = test$p_Satt, ci = mean(change) + c(-1, 1) * qt(.975, df) * se,
       sizes = lapply(unit, function(u) se / u *
         c(limit(mean(change) / se, df, .975), limit(mean(change) / se, df, .025))),
       wild_p = if (signs) wild(change, coach) else -1)
}
sets <- list(changes(c(9, 4, 12, 6, 3, 8, 7), 0.5, TRUE), changes(c(6, 7, 5, 4, 9, 8), 1, TRUE),
             changes(c(20, 5, 5, 5, 5), 0.5, FALSE), changes(c(3, 11, 4, 9, 5, 8, 2, 6, 7, 10, 4), 0, FALSE))
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
versions <- c(R = R.version$version.string, clubSandwich = as.character(packageVersion("clubSandwich")))
writeLines(as_json(list(versions = versions, changes = sets)), "coaches.json")
