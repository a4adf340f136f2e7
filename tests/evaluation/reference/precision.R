# Reference figures for trede.evaluation.precision, made by R.
#
# Run in this folder:  Rscript precision.R
# Writes precision.json: the data, the results, and the versions that gave them. Where R
# has no function for a method the figures are computed here by another road than Trede's;
# each such place says so.
suppressPackageStartupMessages(library(boot))
options(warn = 1)
set.seed(20211123)

# --- smallest mean change ------------------------------------------------------
detect <- function(n, power) list(n = n, power = power,
  change = power.t.test(n = n, sd = 1, power = power, type = "paired", strict = TRUE, tol = 1e-14)$delta)
detectable <- unlist(lapply(c(4, 12, 23, 53, 62, 150, 1000), function(n)
  lapply(c(.5, .8, .9), function(p) detect(n, p))), recursive = FALSE)
need <- function(change, power) list(change = change, power = power,
  n = ceiling(power.t.test(delta = change, sd = 1, power = power, type = "paired", strict = TRUE, tol = 1e-10)$n))
needed <- unlist(lapply(c(.15, .3, .5, .9), function(d) lapply(c(.8, .9), function(p) need(d, p))), recursive = FALSE)
powers <- lapply(list(c(.2, 10), c(.39, 53), c(.1, 400), c(1.5, 5.5)), function(x) list(change = x[1], n = x[2],
  power = power.t.test(n = x[2], delta = x[1], sd = 1, type = "paired", strict = TRUE)$power))

# --- change in a share: every outcome of up, down and stay, one by one ----------
mid <- function(up, down) {
  m <- up + down
  if (m == 0) return(1)
  k <- min(up, down)
  if (2 * k == m) 1 - dbinom(k, m, .5) / 2 else 2 * pbinom(k, m, .5) - dbinom(k, m, .5)
}
share_power <- function(up, down, n) {
  total <- 0
  for (u in 0:n) for (d in 0:(n - u)) if (mid(u, d) <= .05)
    total <- total + dmultinom(c(u, d, n - u - d), prob = c(up, down, 1 - up - down))
  list(up = up, down = down, n = n, power = total)
}
shares <- list(share_power(.25, .05, 40), share_power(.1, .2, 53), share_power(.4, 0, 15), share_power(.3, .3, 30),
               share_power(.5, .5, 20))

# --- half the width of Wilson's interval ---------------------------------------
width <- function(k, n) { ci <- prop.test(k, n, correct = FALSE)$conf.int; list(k = k, n = n, half = diff(ci) / 2) }
widths <- list(width(20, 40), width(13, 53), width(0, 9), width(75, 150))

# --- design effect: the variance of a mean with everybody's correlations laid out -
effect <- function(sizes, icc) {
  coach <- rep(seq_along(sizes), sizes)
  r <- outer(coach, coach, function(a, b) ifelse(a == b, icc, 0)); diag(r) <- 1
  list(sizes = sizes, icc = icc, effect = mean(r) * length(coach))
}
effects <- list(effect(c(10, 12, 15, 9, 14, 11, 13), .05), effect(c(1, 2, 30), .2), effect(c(8, 8, 8, 8), .1),
                effect(rep(1, 6), .4))

# --- cost per step: the ratios that a t-test does not reject -------------------
cost_set <- function(n, rise, r) {
  steps <- sample(-1:3, n, TRUE, c(.1, .3, .3, .2, .1) + c(0, 0, rise, 0, 0))
  cost <- round(rgamma(n, 3, .1) + 8 * pmax(steps, 0), 1)
  ratio <- mean(cost) / mean(steps)
  short <- function(theta) abs(t.test(cost - theta * steps)$statistic) - qt(.975, n - 1)
  side <- function(far) uniroot(short, sort(c(ratio, far)), tol = 1e-13, extendInt = "no")$root
  # Far below: 0 spent per step. Far above: doubled until the test rejects.
  far <- ratio * 2; while (short(far) < 0) far <- far * 2
  d <- data.frame(cost, steps)
  found <- boot(d, function(x, i) sum(x$cost[i]) / sum(x$steps[i]), r)
  influence <- (cost - ratio * steps) / mean(steps)
  list(cost = cost, steps = steps, ratio = ratio, fieller = c(side(0), side(far)), replicates = as.numeric(found$t),
       bca = as.numeric(boot.ci(found, type = "bca", L = influence)$bca[4:5]))
}
costs <- list(cost_set(53, 0, 999), cost_set(150, .2, 1499))

# --- two groups ------------------------------------------------------------------
# Of equal size R has it; else the power is the mean, over all spreads that may be
# found, of the chance that the normal distribution gives.
two_means <- function(n, m, d, r = 0) {
  df <- n + m - 2 - (r != 0); reach <- qt(.975, df); shift <- d / sqrt((1 - r^2) * (1 / n + 1 / m))
  at <- function(s) (pnorm(shift - reach * s) + pnorm(-shift - reach * s)) * 2 * df * s * dchisq(df * s^2, df)
  found <- integrate(at, 0, 1, rel.tol = 1e-12)$value + integrate(at, 1, 5, rel.tol = 1e-12)$value
  list(treated = n, others = m, difference = d, correlation = r, power = found)
}
two_groups <- list(
  equal = lapply(list(c(20, .5), c(62, .4), c(134, .2), c(8, 1.4)), function(x) list(n = x[1], difference = x[2],
    power = power.t.test(n = x[1], delta = x[2], sd = 1, strict = TRUE)$power)),
  unequal = list(two_means(134, 200, .3), two_means(30, 90, .5), two_means(53, 53, .4, .6), two_means(40, 10, .9, .3)),
  detectable = lapply(c(20, 53, 150), function(n) list(n = n,
    difference = power.t.test(n = n, sd = 1, power = .8, strict = TRUE, tol = 1e-14)$delta)),
  needed = lapply(c(.2, .5, .8), function(d) list(difference = d,
    n = ceiling(power.t.test(delta = d, sd = 1, power = .8, strict = TRUE, tol = 1e-10)$n))),
  shares = lapply(list(c(50, .3, .5), c(134, .2, .3), c(30, .5, .9)), function(x) list(n = x[1], other = x[2],
    share = x[3], power = power.prop.test(n = x[1], p1 = x[2], p2 = x[3], strict = TRUE)$power)),
  shares_needed = lapply(list(c(.3, .5), c(.1, .2)), function(x) list(other = x[1], share = x[2],
    n = ceiling(power.prop.test(p1 = x[1], p2 = x[2], power = .8, strict = TRUE, tol = 1e-10)$n))))

versions <- c(R = R.version$version.string, boot = as.character(packageVersion("boot")))
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
writeLines(as_json(list(
  versions = versions, detectable = detectable, needed = needed, powers = powers, shares = shares, widths = widths,
  effects = effects, costs = costs, two_groups = two_groups
)), "precision.json")
