# Reference figures for trede.evaluation.comparison.changes_by_subgroup, made by R.
#
# Run in this folder:  Rscript subgroups.R
# Writes subgroups.json: the data, the results, and the versions that gave them.
suppressPackageStartupMessages(library(clubSandwich))
set.seed(20221102)
changes <- function(n, names, parts) {
  group <- sample(names, n, TRUE, parts)
  before <- pmin(pmax(round(rnorm(n, 5, 2)), 0), 10)
  after <- pmin(pmax(round(before + match(group, names) / 2 + rnorm(n, 0, match(group, names))), 0), 10)
  change <- after - before
  fit <- lm(change ~ 0 + group)
  v <- vcovCR(fit, cluster = seq_len(n), type = "CR2")
  q <- length(names)
  apart <- cbind(-1, diag(q - 1))
  w <- Wald_test(fit, constraints = apart, vcov = v, test = "HTZ")
  list(before = before, after = after, group = group, names = sort(names),
       means = unname(coef(fit)), se = unname(sqrt(diag(as.matrix(v)))),
       limits = lapply(sort(names), function(g) t.test(change[group == g])$conf.int[1:2]),
       apart = as.numeric(apart[1, ] %*% coef(fit)),
       se_apart = sqrt(as.numeric(apart[1, , drop = FALSE] %*% as.matrix(v) %*% apart[1, ])),
       f = w$Fstat, df = w$df_denom, p = w$p_val)
}
sets <- list(changes(70, c("a", "b"), c(.4, .6)), changes(120, c("x", "y", "z"), c(.2, .3, .5)))
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
writeLines(as_json(list(versions = versions, changes = sets)), "subgroups.json")
