# Reference figures for trede.evaluation.instrument, made by R.
#
# Run in this folder:  Rscript instrument.R
# Writes instrument.json: the data, the results, and the versions that gave them.
# psych stops its search for loadings early; they are searched on from there with optim,
# and checked against psych to 1e-3.
suppressPackageStartupMessages({
  library(psych)
  library(boot)
  library(effectsize)
})
options(warn = 1)
set.seed(20211124)
clamp <- function(x, low, high) pmin(pmax(x, low), high)

alpha_of <- function(x) { v <- cov(x); k <- ncol(x); k / (k - 1) * (1 - sum(diag(v)) / sum(v)) }
minres <- function(r) {
  own <- as.numeric(fa(r, nfactors = 1, fm = "minres")$loadings)
  off <- function(l) { e <- r - outer(l, l); diag(e) <- 0; e }
  found <- optim(own, function(l) sum(off(l)^2), function(l) as.numeric(-4 * off(l) %*% l), method = "BFGS",
                 control = list(reltol = 1e-16, maxit = 5000))$par
  # A few steps of Newton, by numbers, to the last digits.
  gradient <- function(l) as.numeric(-4 * off(l) %*% l)
  for (i in 1:5) {
    h <- sapply(seq_along(found), function(j) { e <- replace(0 * found, j, 1e-6)
                                               (gradient(found + e) - gradient(found - e)) / 2e-6 })
    found <- found - solve(h, gradient(found))
  }
  found <- found * sign(sum(found))
  stopifnot(max(abs(found - own * sign(sum(own)))) < 1e-3)
  found
}
omega_of <- function(x) {
  l <- minres(cor(x)) * apply(x, 2, sd); u <- apply(x, 2, var) - l^2
  sum(l)^2 / (sum(l)^2 + sum(u))
}
scale_set <- function(n, loading, points, r) {
  k <- length(loading); f <- rnorm(n)
  x <- sapply(loading, function(l) clamp(round((points + 1) / 2 + 1.2 * (l * f + sqrt(1 - l^2) * rnorm(n))), 1, points))
  colnames(x) <- letters[1:k]
  found <- suppressWarnings(suppressMessages(psych::alpha(as.data.frame(x), check.keys = FALSE)))
  value <- alpha_of(x)
  feldt <- psych::alpha.ci(value, n, k, digits = 12)
  drawn <- boot(x, function(d, i) alpha_of(d[i, ]), r)
  left <- (n - 1) * (value - sapply(1:n, function(i) alpha_of(x[-i, ])))
  rest <- sapply(1:k, function(j) cor(x[, j], rowSums(x[, -j])))
  stopifnot(abs(found$total$raw_alpha - value) < 1e-12, max(abs(found$item.stats$r.drop - rest)) < 1e-12)
  list(answers = x, alpha = value, feldt = c(feldt$lower.ci, feldt$upper.ci), replicates = as.numeric(drawn$t),
       bca = as.numeric(boot.ci(drawn, type = "bca", L = left - mean(left))$bca[4:5]), item_rest = rest,
       item_rest_ci = t(sapply(1:k, function(j) as.numeric(cor.test(x[, j], rowSums(x[, -j]))$conf.int))),
       alpha_without = as.numeric(found$alpha.drop$raw_alpha), loadings = minres(cor(x)), omega = omega_of(x))
}
scales <- list(scale_set(53, c(.7, .8, .6, .5), 5, 999), scale_set(120, c(.9, .4, .6, .3, .7, .5), 11, 999),
               scale_set(40, c(.7, .7, .6), 5, 499))

difference <- function(x, y) {
  t <- t.test(x, y); g <- hedges_g(x, y, pooled_sd = TRUE); d <- cohens_d(x, y, pooled_sd = TRUE)
  list(one = x, other = y, value = mean(x) - mean(y), df = as.numeric(t$parameter), welch = as.numeric(t$conf.int),
       g = g$Hedges_g, d_interval = c(d$CI_low, d$CI_high))
}
differences <- list(difference(round(rnorm(14, 5, 2)), round(rnorm(39, 6, 1.5))),
                    difference(round(rnorm(30, 5, 2)), round(rnorm(30, 5, 2))))

versions <- c(R = R.version$version.string,
              sapply(c("psych", "boot", "effectsize"), function(p) as.character(packageVersion(p))))
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
writeLines(as_json(list(versions = versions, scales = scales, differences = differences)), "instrument.json")
