# Reference figures for trede.evaluation.change, made by R.
#
# Run in this folder:  Rscript change.R
# Writes change.json: the data, the results, and the versions that gave them. Where R has
# no function for a method, the figures are computed here by another road than Trede's
# (by brute force, by uniroot on the definition); each such place says so.
suppressPackageStartupMessages({
  library(coin)
  library(exactRankTests)
  library(effectsize)
  library(metafor)
  library(boot)
})
options(warn = 1)
set.seed(20210429)
clamp <- function(x, low, high) pmin(pmax(x, low), high)

# --- scores ------------------------------------------------------------------
j <- function(df) exp(lgamma(df / 2) - lgamma((df - 1) / 2) - log(df / 2) / 2)
ncp <- function(t, df) {
  # pt warns when its last digits are in doubt; they are far beyond the eighth.
  find <- function(below) suppressWarnings(uniroot(
    function(d) pt(t, df, d) - below, t + c(-10, 10) - c(abs(t), -abs(t)) / 2, tol = 1e-13
  )$root)
  c(find(.975), find(.025))
}
score <- function(before, after, flips = FALSE) {
  d <- after - before; n <- length(d)
  tt <- t.test(after, before, paired = TRUE)
  s_av <- sqrt((var(before) + var(after)) / 2)
  limits <- ncp(unname(tt$statistic), n - 1)
  dz <- cohens_d(after, before, paired = TRUE)
  gz <- hedges_g(after, before, paired = TRUE)
  smcc <- escalc(measure = "SMCC", m1i = mean(after), m2i = mean(before), sd1i = sd(after),
                 sd2i = sd(before), ni = n, ri = cor(before, after))
  found <- list(
    before = before, after = after, mean = mean(d), se = unname(tt$stderr),
    df = unname(tt$parameter), p = tt$p.value, ci = as.numeric(tt$conf.int),
    g_z = gz$Hedges_g, g_z_metafor = as.numeric(smcc$yi), d_z_ci = c(dz$CI_low, dz$CI_high),
    ncp = limits, g_av = j(n - 1) * mean(d) / s_av,
    # Algina and Keselman (2003): limits of the noncentrality times the ratio of sds.
    g_av_ci = limits * sd(d) / s_av / sqrt(n)
  )
  if (flips) found$flip_p <- perm.test(as.integer(after), as.integer(before),
                                       paired = TRUE, exact = TRUE)$p.value
  found
}
points <- function(n, rise) {
  well <- rnorm(n, 5.5, 1.6)
  list(clamp(round(well + rnorm(n, 0, 1)), 0, 10), clamp(round(well + rise + rnorm(n, 0, 1.2)), 0, 10))
}
a <- points(23, .8); b <- points(12, 1); c0 <- points(53, .1)
sums <- list(round(rnorm(62, 21, 6)), NULL); sums[[2]] <- sums[[1]] + round(rnorm(62, 1.5, 4))
fine <- list(rnorm(15, 10, 3), NULL); fine[[2]] <- fine[[1]] + rnorm(15, 1, 2)
scores <- list(score(a[[1]], a[[2]], TRUE), score(b[[1]], b[[2]], TRUE),
               score(c0[[1]], c0[[2]], TRUE), score(sums[[1]], sums[[2]], TRUE),
               score(fine[[1]], fine[[2]]))

# --- Hodges-Lehmann without ties -------------------------------------------------
untied <- lapply(c(6, 9, 15, 23, 49), function(n) {
  before <- rnorm(n, 10, 3); after <- before + rnorm(n, .8, 2)
  w <- wilcox.test(after, before, paired = TRUE, conf.int = TRUE, exact = TRUE)
  list(before = before, after = after, estimate = unname(w$estimate),
       ci = as.numeric(w$conf.int), p = w$p.value)
})

# --- ordered categories ----------------------------------------------------------
walsh <- function(d) { m <- outer(d, d, "+"); sign(m[upper.tri(m, diag = TRUE)]) }
biserial <- function(d) {  # by the ranks themselves
  r <- rank(abs(d)); up <- sum(r[d > 0]); down <- sum(r[d < 0]); (up - down) / (up + down)
}
jackknife <- function(d) {  # by leaving people out one by one
  n <- length(d); v <- biserial(d)
  one <- vapply(seq_len(n), function(i) biserial(d[-i]), 0)
  se <- sqrt((n - 1) / n * sum((one - mean(one))^2))
  tanh(atanh(v) + c(-1, 1) * qt(.975, n - 1) * se / (1 - v^2))
}
tango <- function(up, down, n) {
  # Profile: for each difference the share down that maximises the likelihood, found by
  # a search instead of Tango's quadratic; the score then has his variance.
  z <- function(delta) {
    low <- max(0, -delta); high <- (1 - delta) / 2
    slope <- function(q) (if (up) up / (q + delta) else 0) + (if (down) down / q else 0) -
      2 * (if (n - up - down) (n - up - down) / (1 - delta - 2 * q) else 0)
    e <- (high - low) * 1e-12
    q <- if (slope(low + e) <= 0) low else if (slope(high - e) >= 0) high else
      uniroot(slope, c(low + e, high - e), tol = 1e-15)$root
    (up - down - n * delta) / sqrt(n * (2 * q + delta - delta^2))
  }
  d <- (up - down) / n; k <- qnorm(.975)
  c(uniroot(function(x) z(x) - k, c(-1 + 1e-9, d - 1e-9), tol = 1e-13)$root,
    uniroot(function(x) z(x) + k, c(d + 1e-9, 1 - 1e-9), tol = 1e-13)$root)
}
ordered_change <- function(before, after, low, high) {
  d <- after - before
  exact <- wilcoxsign_test(after ~ before, distribution = "exact", zero.method = "Pratt")
  normal <- wilcoxsign_test(after ~ before, distribution = "asymptotic", zero.method = "Pratt")
  up <- sum(d > 0); down <- sum(d < 0)
  found <- list(
    before = before, after = after, pratt_p = as.numeric(pvalue(exact)),
    pratt_z = as.numeric(statistic(normal)), pratt_p_normal = as.numeric(pvalue(normal)),
    wilcoxon_p = as.numeric(pvalue(wilcoxsign_test(after ~ before, distribution = "exact",
                                                   zero.method = "Wilcoxon"))),
    sign_p = binom.test(up, up + down)$p.value, net = (up - down) / length(d),
    tango = tango(up, down, length(d)), biserial = biserial(d),
    biserial_walsh = sum(walsh(d)) / sum(rank(abs(d))[d != 0]), jackknife = jackknife(d)
  )
  moved <- d != 0
  found$without_zeros <- list(
    before = before[moved], after = after[moved],
    p = suppressWarnings(wilcox.exact(after[moved], before[moved], paired = TRUE, exact = TRUE)$p.value),
    biserial = suppressMessages(rank_biserial(after[moved], before[moved], paired = TRUE)$r_rank_biserial)
  )
  t2 <- table(factor(before, low:high), factor(after, low:high))
  found$table <- unclass(t2)
  used <- rowSums(t2) + colSums(t2) - 2 * diag(t2) > 0
  kept <- t2[used, used]
  mh <- mh_test(as.table(kept))
  found$stuart_maxwell <- as.numeric(statistic(mh)); found$stuart_maxwell_p <- as.numeric(pvalue(mh))
  found$stuart_maxwell_df <- mh@statistic@df
  # Bhapkar: the Wald test of the margins with the multinomial covariance as observed.
  k <- nrow(kept); n <- sum(t2); p <- as.vector(kept) / n
  a <- t(sapply(seq_len(k - 1), function(i) as.vector((row(kept) == i) - (col(kept) == i))))
  a <- matrix(a, nrow = k - 1)
  v <- (diag(p) - p %o% p) / n
  g <- a %*% p
  found$bhapkar <- as.numeric(t(g) %*% solve(a %*% v %*% t(a)) %*% g)
  found$bhapkar_p <- pchisq(found$bhapkar, k - 1, lower.tail = FALSE)
  pairs <- which(upper.tri(t2) & (t2 + t(t2) > 0), arr.ind = TRUE)
  found$bowker <- sum((t2[pairs] - t2[pairs[, 2:1]])^2 / (t2[pairs] + t2[pairs[, 2:1]]))
  found$bowker_df <- nrow(pairs)
  found$bowker_p <- pchisq(found$bowker, found$bowker_df, lower.tail = FALSE)
  found
}
likert <- function(n, rise, k = 5) {
  well <- rnorm(n, (k + 1) / 2, 1)
  list(clamp(round(well + rnorm(n, 0, .6)), 1, k), clamp(round(well + rise + rnorm(n, 0, .6)), 1, k))
}
l1 <- likert(23, .4); l2 <- likert(53, .2); l3 <- likert(150, .15); l4 <- likert(40, .5, 6); l5 <- likert(14, 0)
ordered_sets <- list(ordered_change(l1[[1]], l1[[2]], 1, 5), ordered_change(l2[[1]], l2[[2]], 1, 5),
                     ordered_change(l3[[1]], l3[[2]], 1, 5), ordered_change(l4[[1]], l4[[2]], 1, 6),
                     ordered_change(l5[[1]], l5[[2]], 1, 5))

# Many zeros and ties: where a table of untied ranks gives .0014 (scipy 1.17, "exact").
trap <- list(before = c(4, 4, 4, 4, 4, 3, 4, 3, 2, 2, 3, 3, 4, 2, 3, 2, 3, 2, 4, 4, 4, 3, 3, 2),
             after = c(4, 4, 4, 4, 4, 2, 4, 3, 2, 2, 2, 3, 5, 2, 3, 2, 3, 2, 4, 4, 4, 4, 2, 1))
trap_p <- function(zeros) as.numeric(pvalue(wilcoxsign_test(
  trap$after ~ trap$before, distribution = "exact", zero.method = zeros)))
trap$pratt_p <- trap_p("Pratt"); trap$wilcoxon_p <- trap_p("Wilcoxon")

# Full tables, so that R's own symmetry test can be compared without its NaN.
full <- matrix(c(20, 9, 4, 3, 5, 25, 8, 2, 6, 3, 18, 7, 1, 4, 5, 16), 4, byrow = TRUE)
mc <- mcnemar.test(full, correct = FALSE)
full_table <- list(table = full, bowker = unname(mc$statistic), df = unname(mc$parameter), p = mc$p.value)

# --- yes or no -------------------------------------------------------------------
binary <- function(both, up, down, neither) {
  x <- binom.test(up, up + down); n <- both + up + down + neither
  least <- min(up, down); m <- up + down
  mid <- if (up == down) 1 - dbinom(up, m, .5) / 2 else
    2 * (pbinom(least - 1, m, .5) + dbinom(least, m, .5) / 2)
  wilson <- function(k) as.numeric(prop.test(k, n, correct = FALSE)$conf.int)
  p1 <- (both + down) / n; p2 <- (both + up) / n
  w1 <- wilson(both + down); w2 <- wilson(both + up)
  e <- both * neither - up * down
  e <- if (e > 0) max(0, e - n / 2) else e
  phi <- e / sqrt(as.numeric(both + down) * (up + neither) * (both + up) * (down + neither))
  if (is.nan(phi)) phi <- 0
  am <- c(both, up, down, neither) + .5
  s <- (am[2] - am[3]) / sum(am)
  half <- qnorm(.975) * sqrt((am[2] + am[3]) / sum(am)^2 - s^2 / sum(am))
  list(counts = c(both, up, down, neither), p = x$p.value, mid_p = mid, difference = p2 - p1,
       newcombe = c(p2 - p1 - sqrt((p2 - w2[1])^2 - 2 * phi * (p2 - w2[1]) * (w1[2] - p1) + (w1[2] - p1)^2),
                    p2 - p1 + sqrt((w2[2] - p2)^2 - 2 * phi * (w2[2] - p2) * (p1 - w1[1]) + (p1 - w1[1])^2)),
       agresti_min = s + c(-half, half),
       odds = up / down, odds_ci = as.numeric(x$conf.int / (1 - x$conf.int)))
}
binaries <- list(binary(1, 7, 1, 12), binary(59, 16, 6, 80), binary(20, 5, 5, 23), binary(0, 3, 2, 18),
                 binary(14, 9, 2, 0), binary(30, 30, 12, 81))

# --- hours -----------------------------------------------------------------------
hours <- function(n) {
  some <- rbinom(n, 1, .4)
  list(some * rpois(n, 9), clamp(rbinom(n, 1, .5) * rpois(n, 11) * (1 + rbinom(n, 1, .1) * 3), 0, 168))
}
bootstrapped <- function(n, r) {
  d <- rgamma(n, 1.2, .2) - 3
  found <- boot(d, function(x, i) mean(x[i]), r)
  influence <- d - mean(d)
  list(change = d, replicates = as.numeric(found$t), mean = found$t0,
       bca = as.numeric(boot.ci(found, type = "bca", L = influence)$bca[4:5]),
       acceleration = sum(influence^3) / (6 * sum(influence^2)^1.5))
}
boots <- list(bootstrapped(23, 999), bootstrapped(60, 1499))
hour_sets <- lapply(c(12, 40), function(n) {
  h <- hours(n); d <- sort(h[[2]] - h[[1]])
  k <- qbinom(.025, n, .5)
  list(before = h[[1]], after = h[[2]], mean = mean(h[[2]] - h[[1]]), median = median(d),
       median_ci = c(d[k], d[n + 1 - k]),
       flip_p = perm.test(as.integer(h[[2]]), as.integer(h[[1]]), paired = TRUE, exact = TRUE)$p.value)
})

versions <- c(R = R.version$version.string,
              sapply(c("coin", "exactRankTests", "effectsize", "metafor", "boot"),
                     function(p) as.character(packageVersion(p))))
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
  versions = versions, scores = scores, untied = untied, ordered = ordered_sets,
  trap = trap, full_table = full_table, binary = binaries, bootstrap = boots, hours = hour_sets
)), "change.json")
