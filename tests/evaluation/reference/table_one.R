# Reference figures for trede.evaluation.table_one, made by R.
#
# Run in this folder:  Rscript table_one.R
# Writes table_one.json: the data, the results, and the version that gave them. The
# distances are worked out here as their definition says; R itself has no function.
set.seed(20221103)
n <- 83
arm <- sample(c("in", "out"), n, TRUE, c(.35, .65))
age <- ifelse(runif(n) < .1, NA, round(rnorm(n, 45, 9), 1))
steps <- sample(c(0:6, NA), n, TRUE)
works <- sample(c(0, 1, NA), n, TRUE, c(.6, .35, .05))
town <- sample(c("a", "b", "c", "d", NA), n, TRUE, c(.4, .3, .2, .05, .05))

number <- function(x) {
  side <- function(y) { k <- y[!is.na(y)]
    list(n = length(k), missing = sum(is.na(y)), mean = mean(k), sd = sd(k),
         quartiles = unname(quantile(k, c(.25, .5, .75), type = 7))) }
  one <- x[arm == "in"]; other <- x[arm == "out"]
  apart <- (mean(one, na.rm = TRUE) - mean(other, na.rm = TRUE)) /
    sqrt((var(one, na.rm = TRUE) + var(other, na.rm = TRUE)) / 2)
  list(everybody = side(x), one = side(one), other = side(other), difference = apart)
}
share <- function(x) {
  p <- tapply(x, arm, mean, na.rm = TRUE)
  list(shares = unname(p), difference = unname((p[1] - p[2]) / sqrt(sum(p * (1 - p)) / 2)))
}
category <- function(x) {
  counts <- table(arm, x); p <- prop.table(counts, 1)[, -1]
  gap <- p[1, ] - p[2, ]
  spread <- (diag(p[1, ]) - p[1, ] %o% p[1, ] + diag(p[2, ]) - p[2, ] %o% p[2, ]) / 2
  list(one = unname(counts[1, ]), other = unname(counts[2, ]),
       difference = sqrt(sum(gap * solve(spread, gap))))
}

as_json <- function(x) {
  inside <- function(parts, open, close) paste0(open, paste(parts, collapse = ","), close)
  if (!is.null(names(x))) {
    parts <- mapply(function(k, v) paste0('"', k, '":', as_json(v)), names(x), as.list(x))
    return(inside(parts, "{", "}"))
  }
  if (is.list(x)) return(inside(vapply(x, as_json, ""), "[", "]"))
  one <- ifelse(is.na(x), "null", if (is.character(x)) paste0('"', x, '"') else sprintf("%.17g", as.numeric(x)))
  if (length(one) == 1) one else inside(one, "[", "]")
}
writeLines(as_json(list(versions = list(R = R.version$version.string),
  data = list(arm = arm, age = age, steps = steps, works = works, town = town),
  age = number(age), steps = number(steps), works = share(works), town = category(town))), "table_one.json")
