# Reference figures for trede.evaluation.missing_people, made by R.
#
# Run in this folder:  Rscript missing_people.R
# Writes missing_people.json: the data, the results, and the versions that gave them.
# Debian has no package for bounds and for distances between categories: these are
# computed here by another road than Trede's (mahalanobis(), writing out every answer as
# many times as needed to cut between people, uniroot).
suppressPackageStartupMessages({
  library(effectsize)
  library(sandwich)
  library(clubSandwich)
  library(brglm2)
  library(mice)
})
options(warn = 1)
set.seed(20211123)
clamp <- function(x, low, high) pmin(pmax(x, low), high)

# --- how far apart --------------------------------------------------------------
d_limits <- function(d, n1, n2) d + c(-1, 1) * qnorm(.975) * sqrt(1 / n1 + 1 / n2 + d^2 / (2 * (n1 + n2)))
apart <- function(n1, n2) {
  age <- round(c(rnorm(n1, 42, 9), rnorm(n2, 46, 12))); left <- rep(c(1, 0), c(n1, n2))
  yes <- rbinom(n1 + n2, 1, ifelse(left == 1, .3, .5))
  kind <- c(sample(4, n1, TRUE, c(4, 3, 2, 1)), sample(4, n2, TRUE, c(2, 2, 3, 3)))
  d <- cohens_d(age[left == 1], age[left == 0], pooled_sd = FALSE)$Cohens_d
  p <- tapply(yes, left, mean); b <- as.numeric((p["1"] - p["0"]) / sqrt(mean(p * (1 - p))))
  shares <- prop.table(table(left, kind), 1)[, -1]
  s <- function(p) diag(p) - outer(p, p)
  k <- sqrt(mahalanobis(shares["1", ], shares["0", ], (s(shares["1", ]) + s(shares["0", ])) / 2))
  all <- prop.table(table(kind))[-1]
  # Beside everybody: the difference with everybody, in the spread of everybody.
  f <- n2 / (n1 + n2); da <- (mean(age[left == 1]) - mean(age)) / sd(age)
  ka <- sqrt(mahalanobis(shares["1", ], all, s(as.numeric(all))))
  list(left = left, age = age, yes = yes, kind = kind,
       numeric = d, numeric_ci = d_limits(d, n1, n2), binary = b, binary_ci = d_limits(b, n1, n2),
       category = k, category_ci = pmax(0, d_limits(k, n1, n2)),
       everyone = da, everyone_ci = f * d_limits(da / f, n1, n2), category_everyone = ka,
       fisher = fisher.test(table(left, yes))$p.value, halton = fisher.test(table(left, kind))$p.value)
}
aparts <- list(apart(9, 53), apart(40, 60))

# --- weights ----------------------------------------------------------------------
weighted <- function(n, firth = FALSE) {
  x <- round(cbind(rnorm(n), rnorm(n)), 3); coach <- sample(8, n, TRUE)
  answered <- rbinom(n, 1, plogis((if (firth) 2.5 else 1) - .8 * x[, 1] + .4 * x[, 2]))
  before <- clamp(round(rnorm(n, 5, 2)), 0, 10); after <- clamp(round(before + .5 + x[, 1] + rnorm(n)), 0, 10)
  fit <- if (firth) glm(answered ~ x, binomial, method = "brglmFit", type = "AS_mean", epsilon = 1e-12, maxit = 1000)
         else glm(answered ~ x, binomial, control = list(epsilon = 1e-14))
  chance <- fitted(fit); there <- answered == 1
  raw <- mean(answered) / chance[there]; lim <- quantile(raw, c(.01, .99)); w <- clamp(raw, lim[1], lim[2])
  change <- (after - before)[there]
  l <- lm(change ~ 1, weights = w)
  told <- function(se, df) list(value = unname(coef(l)), se = se, df = df,
    ci = unname(coef(l)) + c(-1, 1) * qt(.975, df) * se, p = unname(2 * pt(-abs(coef(l) / se), df)))
  r <- coef_test(l, vcov = "CR2", cluster = coach[there])
  list(x = x, coach = coach, answered = answered, before = before, after = after, firth = firth,
       coefficients = unname(coef(fit)), chance = unname(chance), weights = unname(w), untrimmed = max(raw),
       effective = sum(w)^2 / sum(w^2), hc3 = told(sqrt(vcovHC(l, "HC3")[1, 1]), l$df.residual),
       cr2 = told(r$SE, if (is.null(r$df_Satt)) r$df else r$df_Satt))
}
weights <- list(weighted(120), weighted(60, TRUE))

# --- pooling ------------------------------------------------------------------------
pooled <- function(n, m, fmi = 1) {
  # The last column of data is complete; answers are missing by what came before.
  x <- rnorm(n); arm <- rep(0:1, length.out = n); y <- 1 + .5 * x + .4 * arm + rnorm(n)
  y[runif(n) < plogis(-1 + x)] <- NA
  imputed <- mice(data.frame(x, arm, y), m = m, method = "norm", printFlag = FALSE)
  fits <- with(imputed, lm(y ~ arm + x)); p <- summary(pool(fits), conf.int = TRUE); full <- pool(fits)$pooled
  q <- t(sapply(fits$analyses, coef)); u <- lapply(fits$analyses, vcov)
  scalar <- pool.scalar(q[, 2], sapply(u, function(v) v[2, 2]), n = Inf)
  none <- with(imputed, lm(y ~ 1))
  d1 <- D1(fits, none, dfcom = n - 3)$result; dinf <- mitml::testModels(mice:::as.mitml.result(fits), mice:::as.mitml.result(none), method = "D1")$test
  list(n = n, estimates = q, covariances = unlist(lapply(u, c)),
       value = full$estimate, se = p$std.error, df = full$df, p = p$p.value, low = p$`2.5 %`, high = p$`97.5 %`,
       increase = full$riv, lost = full$fmi, between = full$b, within = full$ubar,
       large = list(df = scalar$df, lost = scalar$fmi),
       d1 = as.numeric(d1[1:4]), d1_large = as.numeric(dinf[1:4]))
}
pools <- list(pooled(40, 20), pooled(150, 25))

# --- filling in: the distribution over many data sets --------------------------------
filled <- function(n, m) {
  x <- round(rnorm(n), 3); z <- rbinom(n, 1, plogis(x)); before <- clamp(round(5 + x + rnorm(n)), 0, 10)
  after <- clamp(round(2 + .6 * before + .8 * x - z + rnorm(n)), 0, 10)
  after[runif(n) < plogis(-1 + x)] <- NA; z[runif(n) < .15] <- NA; before[runif(n) < .08] <- NA
  data <- data.frame(before, after, x, z = factor(z))
  imputed <- mice(data, m = m, maxit = 10, method = c("pmm", "pmm", "", "logreg"), printFlag = FALSE)
  means <- sapply(seq_len(m), function(i) { d <- complete(imputed, i)
    c(mean(d$before), mean(d$after), mean(d$z == 1), mean(d$after * (d$z == 1)), var(d$after)) })
  list(before = before, after = after, x = x, z = z, mean = rowMeans(means), sd = apply(means, 1, sd), m = m)
}
fills <- list(filled(150, 400))

# --- bounds -----------------------------------------------------------------------------
between <- function(low, high, sl, sh) {
  f <- function(c) pnorm(c + (high - low) / max(sl, sh)) - pnorm(-c) - .95
  c <- uniroot(f, c(0, 3), tol = 1e-14)$root
  c(low - c * sl, high + c * sh)
}
manski <- function(n) {
  before <- sample(0:10, n, TRUE); after <- clamp(before + sample(-2:3, n, TRUE), 0, 10)
  before[sample(n, 3)] <- NA; after[sample(n, n %/% 4)] <- NA
  fill <- function(x, v) ifelse(is.na(x), v, x)
  low <- fill(after, 0) - fill(before, 10); high <- fill(after, 10) - fill(before, 0)
  se <- c(sd(low), sd(high)) / sqrt(n)
  list(before = before, after = after, low = mean(low), high = mean(high), se = se,
       ci = between(mean(low), mean(high), se[1], se[2]))
}
lee <- function(n1, r1, n0, r0) {
  y <- c(round(rnorm(n1, 1, 2)), round(rnorm(n0, 0, 2))); arm <- rep(1:0, c(n1, n0))
  y[sample(n1, n1 - r1)] <- NA; y[n1 + sample(n0, n0 - r0)] <- NA
  # Everybody of the arm that answers more is written out n0 times: keep r0 * n1 of them.
  y1 <- sort(rep(y[arm == 1 & !is.na(y)], each = n0)); y0 <- y[arm == 0 & !is.na(y)]
  keep <- r0 * n1; share <- 1 - keep / length(y1); left <- r1 * (1 - share)
  rates <- (1 - r1 / n1) / r1 + (1 - r0 / n0) / r0
  one <- function(v) { k <- v[seq_len(keep)]; m <- mean(k); cut <- v[keep]
    c(m - mean(y0), sqrt(mean((k - m)^2) / (left - 1) + (cut - m)^2 * share / left + (cut - m)^2 * rates + var(y0) / r0)) }
  low <- one(y1); high <- one(rev(y1))
  list(outcome = y, arm = arm, low = low[1], high = high[1], se = c(low[2], high[2]),
       ci = between(low[1], high[1], low[2], high[2]))
}
manskis <- list(manski(24), manski(90))
lees <- list(lee(40, 36, 40, 29), lee(30, 27, 45, 31))

versions <- c(R = R.version$version.string,
              sapply(c("effectsize", "sandwich", "clubSandwich", "brglm2", "mice", "mitml"),
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
  one <- if (is.character(x)) paste0('"', x, '"') else ifelse(is.na(x), "null", sprintf("%.17g", as.numeric(x)))
  if (length(one) == 1) one else inside(one, "[", "]")
}
writeLines(as_json(list(
  versions = versions, apart = aparts, weights = weights, pool = pools, fill = fills, manski = manskis, lee = lees
)), "missing_people.json")
