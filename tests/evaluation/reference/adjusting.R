# Reference figures for trede.evaluation.adjusting, made by R.
#
# Run in this folder:  Rscript adjusting.R
# Writes adjusting.json: the p-values, the adjusted ones, and the version that gave them.
options(warn = 1)
set.seed(20211125)
family <- function(p) list(p = p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH"))
# NA is a question that was not tested: it does not count.
families <- list(family(runif(40)), family(round(rbeta(40, .5, 2), 3)), family(c(.04, NA, .01, .04, NA, 1, 0)),
                 family(rep(.03, 6)), family(c(.2, NA)))
versions <- c(R = R.version$version.string, stats = as.character(packageVersion("stats")))
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
writeLines(as_json(list(versions = versions, families = families)), "adjusting.json")
