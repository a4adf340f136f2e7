# Reference figures for trede.evaluation.comparison, made by R.
#
# Run in this folder:  Rscript comparison.R
# Writes comparison.json: the data, the results, and the versions that gave them. Where R
# has no function for a method the figures are computed here by another road than Trede's
# (refitting by lm, searching with optim and uniroot); each such place says so.
suppressPackageStartupMessages({
  library(sandwich)
  library(clubSandwich)
  library(effectsize)
  library(exactRankTests)
  library(coin)
  library(ordinal)
  library(brglm2)
})
options(warn = 1)
set.seed(20211122)
clamp <- function(x, low, high) pmin(pmax(x, low), high)
told <- function(value, se, df) {
  half <- qt(.975, df) * se
  list(value = value, se = se, df = df, ci = value + c(-half, half), p = 2 * pt(-abs(value / se), df))
}
by_hc3 <- function(fit, contrast) {
  told(sum(contrast * coef(fit)), sqrt(as.numeric(t(contrast) %*% vcovHC(fit, "HC3") %*% contrast)),
       fit$df.residual)
}
by_cr2 <- function(fit, cluster, contrast) {
  # The joint test of one contrast has Satterthwaite's df; linear_contrast of this
  # version stops on a model without inverse variances.
  v <- vcovCR(fit, cluster = cluster, type = "CR2")
  w <- Wald_test(fit, constraints = matrix(contrast, 1), vcov = v, test = "HTZ")
  told(sum(contrast * coef(fit)), sqrt(as.numeric(t(contrast) %*% as.matrix(v) %*% contrast)), w$df_denom)
}

# --- analysis of covariance ----------------------------------------------------
ancova <- function(n0, n1, coaches, weights = FALSE) {
  n <- n0 + n1
  arm <- rep(c(0, 1), c(n0, n1)); coach <- sample(coaches, n, TRUE)
  before <- clamp(round(rnorm(n, 5, 2)), 0, 10)
  after <- clamp(round(before * .5 + 2.5 + .7 * arm + rnorm(coaches)[coach] / 2 + rnorm(n, 0, 1.5)), 0, 10)
  w <- if (weights) round(runif(n, .2, 3), 2) else rep(1, n)
  # Pairs: the first of both arms belong together, the others lost their partner.
  pair <- c(seq_len(n0), seq_len(n1)); mid <- weighted.mean(before, w)
  x0 <- before - mid
  fit <- lm(after ~ arm + x0, weights = w); both <- lm(after ~ arm * x0, weights = w)
  change <- lm(I(after - before) ~ arm, weights = w)
  e <- c(0, 1, 0)
  s <- sqrt(sum(tapply(seq_len(n), arm, function(i)
    length(i) * weighted.mean((after[i] - weighted.mean(after[i], w[i]))^2, w[i]))) / (n - 2))
  wald <- Wald_test(both, constraints = constrain_zero(2:4), vcov = "CR2", cluster = coach, test = "HTZ")
  wald2 <- Wald_test(fit, constraints = constrain_zero(2:3), vcov = "CR2", cluster = pair, test = "HTZ")
  htz <- function(w) list(f = w$Fstat, df_between = w$df_num, df = w$df_denom, p = w$p_val)
  list(before = before, after = after, arm = arm, coach = coach, pair = pair, weights = w,
       hc3 = by_hc3(fit, e), cr2_coach = by_cr2(fit, coach, e), cr2_pair = by_cr2(fit, pair, e),
       slope_coach = by_cr2(fit, coach, c(0, 0, 1)), mean_hc3 = list(by_hc3(fit, c(1, 0, 0)), by_hc3(fit, c(1, 1, 0))),
       mean_coach = by_cr2(fit, coach, c(1, 1, 0)), lin_hc3 = by_hc3(both, c(0, 1, 0, 0)),
       lin_coach = by_cr2(both, coach, c(0, 1, 0, 0)), change_hc3 = by_hc3(change, c(0, 1)),
       htz_coach = htz(wald), htz_pair = htz(wald2), deviation = s,
       # HTZ is for clusters; here everybody is one.
       htz_alone = htz(Wald_test(both, constraints = constrain_zero(2:4), vcov = "CR2", cluster = seq_len(n), test = "HTZ")))
}
ancovas <- list(ancova(20, 20, 6), ancova(31, 18, 9), ancova(75, 75, 11), ancova(24, 30, 8, TRUE), ancova(5, 9, 4))

# --- Hedges' g -----------------------------------------------------------------
ncp <- function(t, df) {
  find <- function(below) suppressWarnings(uniroot(
    function(d) pt(t, df, d) - below, t + c(-10, 10) - c(abs(t), -abs(t)) / 2, tol = 1e-13)$root)
  c(find(.975), find(.025))
}
sizes <- lapply(list(c(12, 15), c(40, 23)), function(n) {
  x <- rnorm(n[1], 5, 2); y <- rnorm(n[2], 6, 1.5)
  tt <- t.test(y, x, var.equal = TRUE)
  list(others = x, treated = y, g = hedges_g(y, x)$Hedges_g,
       ci = ncp(unname(tt$statistic), sum(n) - 2) * sqrt(sum(1 / n)))
})

# --- waiting list --------------------------------------------------------------
waiting <- lapply(list(c(9, 0), c(23, 4)), function(k) {
  pairs <- k[1]; lost <- k[2]
  before <- sample(0:10, 2 * pairs, TRUE)
  after <- clamp(before + sample(-2:3, 2 * pairs, TRUE) + rep(c(1, 0), each = pairs), 0, 12)
  d <- (after - before)[seq_len(pairs)] - (after - before)[pairs + seq_len(pairs)]
  if (lost) d <- d[-seq_len(lost)]
  tt <- t.test(d)
  list(before = before, after = after, pairs = pairs, lost = lost, difference = mean(d),
       ci = as.numeric(tt$conf.int), p = tt$p.value,
       flip_p = perm.test(as.integer(d), as.integer(d * 0), paired = TRUE, exact = TRUE)$p.value)
})

# --- wild bootstrap: every choice of signs refitted by lm --------------------------
wild <- function(n, g, half = FALSE) {
  cluster <- rep(seq_len(g), length.out = n)
  arm <- if (half) as.numeric(cluster <= g / 2) else rbinom(n, 1, .5)
  before <- round(rnorm(n, 5, 2), 1)
  after <- round(before * .4 + 3 + arm * .8 + rnorm(g)[cluster] + rnorm(n, 0, 1.5), 1)
  x <- cbind(one = 1, arm = arm, start = before - mean(before))
  t_of <- function(y, null) {
    b <- lm.fit(x, y); a <- solve(crossprod(x))
    m <- rowsum(x * b$residuals, cluster)
    (b$coefficients[2] - null) / sqrt((a %*% crossprod(m) %*% a)[2, 2])
  }
  signs <- as.matrix(expand.grid(rep(list(c(1, -1)), g)))
  p_of <- function(null) {
    r <- lm.fit(x[, -2], after - null * arm)
    there <- abs(t_of(after, null))
    ts <- apply(signs, 1, function(s) abs(t_of(null * arm + r$fitted.values + r$residuals * s[cluster], null)))
    mean(ts >= there * (1 - 1e-9))
  }
  fit <- lm(after ~ arm + before); b <- unname(coef(fit)[2])
  se <- sqrt(vcovHC(fit, "HC0")[2, 2])
  edge <- function(side) {  # the last value kept, by halving
    kept <- 0; gone <- 1
    while (p_of(b + side * gone * se) > .05 + 1e-12) { kept <- gone; gone <- 2 * gone }
    for (i in 1:32) { m <- (kept + gone) / 2; if (p_of(b + side * m * se) > .05 + 1e-12) kept <- m else gone <- m }
    b + side * kept * se
  }
  list(before = before, after = after, arm = arm, cluster = cluster, value = b, p = p_of(0), p_half = p_of(.5),
       ci = c(edge(-1), edge(1)))
}
wilds <- list(wild(30, 6), wild(41, 7), wild(36, 6, TRUE))

# --- propensity ----------------------------------------------------------------
propensity <- function(n, firth) {
  x <- cbind(round(rnorm(n), 2), rbinom(n, 1, .4), round(rnorm(n, 40, 9)))
  arm <- rbinom(n, 1, plogis(-.3 + .5 * x[, 1] + .6 * x[, 2]))
  fit <- glm(arm ~ x, family = binomial, method = if (firth) "brglmFit" else "glm.fit", epsilon = 1e-14, maxit = 500)
  e <- fitted(fit); w <- ifelse(arm == 1, 1, e / (1 - e)); t <- arm == 1
  smd <- function(v) apply(x, 2, function(k) (weighted.mean(k[t], v[t]) - weighted.mean(k[!t], v[!t])) / sd(k[t]))
  list(arm = arm, x = x, propensity = unname(e), weights = unname(w), before = smd(rep(1, n)), after = smd(w),
       effective = sum(w[!t])^2 / sum(w[!t]^2), firth = as.numeric(firth))
}
propensities <- list(propensity(200, FALSE), propensity(40, TRUE))

# --- yes or no -----------------------------------------------------------------
standardised <- function(fit, x, inverse) {  # difference and its gradient
  one <- x; one[, 2] <- 1; none <- x; none[, 2] <- 0; b <- coef(fit)
  d <- function(b) mean(inverse(one %*% b)) - mean(inverse(none %*% b))
  h <- 1e-5
  gradient <- vapply(seq_along(b), function(i) {
    e <- replace(numeric(length(b)), i, h)
    (8 * (d(b + e) - d(b - e)) - (d(b + 2 * e) - d(b - 2 * e))) / (12 * h)
  }, 0)
  list(value = d(b), gradient = gradient)
}
normal <- function(value, se) list(value = value, se = se, ci = value + c(-1, 1) * qnorm(.975) * se, p = 2 * pnorm(-abs(value / se)))
tight <- glm.control(epsilon = 1e-15, maxit = 200)
binary <- function(n, coaches) {
  arm <- rep(0:1, length.out = n); coach <- sample(coaches, n, TRUE)
  before <- rbinom(n, 1, .5); after <- rbinom(n, 1, plogis(-.8 + .9 * arm + before))
  x <- cbind(one = 1, arm = arm, start = before - mean(before))
  logit <- glm(after ~ x - 1, family = binomial, control = tight)
  log_model <- glm(after ~ x - 1, family = poisson, control = tight)
  g <- standardised(logit, x, plogis)
  list(arm = arm, before = before, after = after, coach = coach,
       difference = normal(g$value, sqrt(as.numeric(t(g$gradient) %*% vcov(logit) %*% g$gradient))),
       odds = normal(unname(coef(logit)[2]), sqrt(vcov(logit)[2, 2])),
       difference_coach_se = by_cr2(logit, coach, g$gradient)[c("se", "df")], difference_value = g$value,
       ratio_alone = by_cr2(log_model, seq_len(n), c(0, 1, 0)), ratio_coach = by_cr2(log_model, coach, c(0, 1, 0)),
       fisher = fisher.test(table(after, arm))$p.value)
}
# Weights that count people: the supposed variance stays that of one person.
weighted <- function(n, coaches) {
  arm <- rep(0:1, length.out = n); coach <- sample(coaches, n, TRUE); w <- round(runif(n, .2, 3), 2)
  before <- rbinom(n, 1, .5); after <- rbinom(n, 1, plogis(-.5 + .7 * arm + before))
  x <- cbind(one = 1, arm = arm, start = before - weighted.mean(before, w))
  one <- function(family, cluster) {
    fit <- glm(after ~ x - 1, family = family, weights = w, control = tight)
    v <- vcovCR(fit, cluster = cluster, type = "CR2", target = family$variance(fitted(fit)), inverse_var = FALSE)
    test <- Wald_test(fit, constraints = matrix(c(0, 1, 0), 1), vcov = v, test = "HTZ")
    told(unname(coef(fit)[2]), sqrt(as.matrix(v)[2, 2]), test$df_denom)
  }
  list(arm = arm, before = before, after = after, coach = coach, weights = w,
       logit_coach = one(quasibinomial(), coach), logit_alone = one(quasibinomial(), seq_len(n)),
       ratio_coach = one(quasipoisson(), coach), ratio_alone = one(quasipoisson(), seq_len(n)))
}
binaries <- list(binary(80, 9), binary(151, 12))

# Firth: coefficients by brglm2; the profile by a search of the penalised likelihood.
firth <- function(arm, before, after) {
  x <- cbind(one = 1, arm = arm, start = before - mean(before))
  fit <- glm(after ~ x - 1, family = binomial, method = "brglmFit", type = "AS_mean", epsilon = 1e-14, maxit = 1000)
  penalised <- function(b) {
    p <- plogis(x %*% b)
    found <- sum(after * plogis(x %*% b, log.p = TRUE) + (1 - after) * plogis(-x %*% b, log.p = TRUE)) +
      as.numeric(determinant(crossprod(x * sqrt(as.numeric(p * (1 - p)))))$modulus) / 2
    if (is.finite(found)) found else -1e6
  }
  full <- penalised(coef(fit))
  held <- function(at) {
    # The simplex never leaves for infinity; BFGS then polishes.
    start <- coef(fit)[-2]; cost <- function(b) -penalised(c(b[1], at, b[2]))
    for (i in 1:4) start <- optim(start, cost, control = list(reltol = 1e-16, maxit = 2000))$par
    for (i in 1:2) start <- optim(start, cost, method = "BFGS", control = list(reltol = 1e-16, maxit = 500))$par
    penalised(c(start[1], at, start[2]))
  }
  drop <- function(at) 2 * (full - held(at)) - qchisq(.95, 1)
  b <- unname(coef(fit)[2])
  until <- function(side) { at <- b; while (drop(at) < 0) at <- at + side / 2; sort(c(at, at - side / 2)) }
  list(arm = arm, before = before, after = after, coefficients = unname(coef(fit)), covariance = unname(vcov(fit)),
       ci = c(uniroot(drop, until(-1), tol = 1e-10)$root, uniroot(drop, until(1), tol = 1e-10)$root),
       p = pchisq(2 * (full - held(0)), 1, lower.tail = FALSE))
}
firths <- list(
  firth(rep(0:1, each = 12), rep(0:1, 12), c(rep(c(0, 1, 0, 0, 0, 0), 2), rep(c(0, 1, 1, 1, 0, 1), 2))),
  firth(rep(0:1, each = 10), rep(c(0, 1), c(7, 13)), c(rep(0, 10), 0, 1, 0, 1, 1, 0, 1, 0, 1, 1))
)

# --- hours ---------------------------------------------------------------------
hours <- function(n, coaches) {
  arm <- rep(0:1, length.out = n); coach <- sample(coaches, n, TRUE)
  before <- rbinom(n, 1, .4) * rpois(n, 12); after <- rbinom(n, 1, .35 + .2 * arm) * rpois(n, 15)
  x0 <- log1p(before); x <- cbind(one = 1, arm = arm, start = x0 - mean(x0))
  fit <- glm(after ~ x - 1, family = poisson, control = tight); g <- standardised(fit, x, exp)
  some <- after > 0
  list(arm = arm, before = before, after = after, coach = coach, difference = g$value,
       alone = by_cr2(fit, seq_len(n), g$gradient)[c("se", "df")], by_coach = by_cr2(fit, coach, g$gradient)[c("se", "df")],
       ratio = by_cr2(fit, seq_len(n), c(0, 1, 0)),
       of_any = by_hc3(lm(after[some] ~ arm[some] + before[some]), c(0, 1, 0)), any = sum(some))
}
hour_sets <- list(hours(60, 7), hours(110, 10))

# --- answers in order ----------------------------------------------------------
ordered_answers <- function(n, k, rise) {
  arm <- rep(0:1, length.out = n); well <- rnorm(n)
  cut_up <- function(x) as.numeric(cut(x, c(-Inf, quantile(x, seq_len(k - 1) / k), Inf)))
  before <- cut_up(well + rnorm(n)); after <- cut_up(well + rnorm(n) + rise * arm)
  y <- factor(after); b <- factor(before)
  control <- clm.control(gradTol = 1e-10, maxIter = 300)
  # nominal_test looks for the data where the script runs.
  people <<- data.frame(y, arm, b)
  fit <- clm(y ~ arm + b, control = control)
  plain <- clm(y ~ arm + b, data = people)
  with_offset <- function(at) as.numeric(logLik(clm(y ~ b + offset(at * arm), control = control)))
  top <- as.numeric(logLik(fit)); drop <- function(at) 2 * (top - with_offset(at)) - qchisq(.95, 1)
  v <- unname(coef(fit)["arm"])
  test <- as.data.frame(nominal_test(plain))["arm", ]
  # The clm of the test itself, to more digits than its table keeps.
  apart <- clm(y ~ b, nominal = ~arm, control = control)
  parameters <- unname(coef(fit)); xb <- model.matrix(~b)[, -1, drop = FALSE]
  shares <- function(p, a) {
    below <- vapply(seq_len(k - 1), function(j) plogis(p[j] - p[k] * a - xb %*% p[-seq_len(k)]), numeric(n))
    colMeans(cbind(below, 1) - cbind(0, below))
  }
  d <- function(p) shares(p, 1) - shares(p, 0)
  h <- 1e-5
  jac <- vapply(seq_along(parameters), function(i) {
    e <- replace(numeric(length(parameters)), i, h)
    (8 * (d(parameters + e) - d(parameters - e)) - (d(parameters + 2 * e) - d(parameters - 2 * e))) / (12 * h)
  }, numeric(k))
  mw <- wilcox_test(after ~ factor(arm), distribution = "exact")
  list(arm = arm, before = before, after = after, coefficient = v, se = unname(sqrt(diag(vcov(fit)))["arm"]),
       ci = c(uniroot(drop, c(v - 4, v), tol = 1e-11)$root, uniroot(drop, c(v, v + 4), tol = 1e-11)$root),
       p = pchisq(2 * (top - with_offset(0)), 1, lower.tail = FALSE), likelihood = top,
       nominal = 2 * (as.numeric(logLik(apart)) - top), nominal_printed = test$LRT, nominal_df = test$Df,
       shares = d(parameters), shares_se = sqrt(diag(jac %*% vcov(fit) %*% t(jac))),
       mann_whitney = as.numeric(pvalue(mw)),
       mann_whitney_normal = as.numeric(pvalue(wilcox_test(after ~ factor(arm), distribution = "asymptotic"))),
       delta = mean(sign(outer(after[arm == 1], after[arm == 0], "-"))),
       freeman_halton = fisher.test(table(after, arm), workspace = 2e7)$p.value)
}
ordered_sets <- list(ordered_answers(60, 5, .8), ordered_answers(101, 4, .3), ordered_answers(48, 3, 1))

# --- coaches -------------------------------------------------------------------
icc <- function(sizes) {
  cluster <- rep(seq_along(sizes), sizes); y <- rnorm(length(sizes))[cluster] * .7 + rnorm(length(cluster))
  a <- anova(lm(y ~ factor(cluster))); ms <- a$`Mean Sq`; k <- length(sizes); n <- sum(sizes)
  n0 <- (n - sum(sizes^2) / n) / (k - 1)
  nh <- k / sum(1 / sizes); f <- nh * var(tapply(y, cluster, mean)) / ms[2]
  limit <- function(q) { r <- f / qf(q, k - 1, n - k); (r - 1) / (r + nh - 1) }
  list(cluster = cluster, y = y, icc = (ms[1] - ms[2]) / (ms[1] + (n0 - 1) * ms[2]), ci = c(limit(.975), limit(.025)))
}
iccs <- list(icc(rep(6, 10)), icc(c(3, 9, 12, 5, 7, 8, 2, 14, 6, 4, 10)))

# --- subgroups -----------------------------------------------------------------
subgroups <- function(n, names) {
  arm <- rep(0:1, length.out = n); group <- sample(names, n, TRUE); coach <- sample(8, n, TRUE)
  before <- round(rnorm(n, 5, 2)); after <- round(before * .5 + 3 + arm * match(group, names) / 2 + rnorm(n, 0, 1.5))
  fit <- lm(after ~ 0 + group + group:arm + before)
  q <- length(names); effects <- q + 1 + seq_len(q)
  apart <- matrix(0, q - 1, 2 * q + 1)
  for (i in seq_len(q - 1)) { apart[i, effects[1]] <- -1; apart[i, effects[i + 1]] <- 1 }
  w <- Wald_test(fit, constraints = apart, vcov = "CR2", cluster = coach, test = "HTZ")
  a <- Wald_test(fit, constraints = apart, vcov = "CR2", cluster = seq_len(n), test = "HTZ")
  unit <- function(i) replace(numeric(2 * q + 1), i, 1)
  list(arm = arm, before = before, after = after, group = group, coach = coach, names = sort(names),
       f = w$Fstat, df = w$df_denom, p = w$p_val, f_alone = a$Fstat, df_alone = a$df_denom, p_alone = a$p_val,
       effects = lapply(effects, function(i) by_cr2(fit, coach, unit(i))))
}
subgroup_sets <- list(subgroups(90, c("a", "b")), subgroups(120, c("x", "y", "z")))

weighted_sets <- list(weighted(70, 8), weighted(121, 11))

versions <- c(R = R.version$version.string,
              sapply(c("sandwich", "clubSandwich", "effectsize", "exactRankTests", "coin", "ordinal", "brglm2"),
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
  versions = versions, ancova = ancovas, sizes = sizes, waiting = waiting, wild = wilds, propensity = propensities,
  binary = binaries, weighted = weighted_sets, firth = firths, hours = hour_sets, ordered = ordered_sets, icc = iccs, subgroups = subgroup_sets
)), "comparison.json")
