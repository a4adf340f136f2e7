# Reference figures for the same answers counted another way, made by base R.
#
# Run in this folder:  Rscript counted_otherwise.R
# Writes counted_otherwise.json: the data, the results and the version that gave them.
# Agresti and Min's interval and the standardised difference are computed here from
# their formulas; the rest is R's own.
options(warn = 2, digits = 17)
set.seed(20211123)
n <- 80
clamp <- function(x, low, high) pmin(pmax(x, low), high)
missing_at <- function(x, share) { x[runif(length(x)) < share] <- NA; x }

# --- an agreement on five answers, of two groups; some do not know ----------------
trait <- rnorm(n)
arm <- rep(c(1, 0), each = n / 2)
item <- function(way, rise) clamp(round(3 + way * trait + rise * arm + rnorm(n, 0, .8)), 1, 5)
before <- item(1, 0); after <- item(1, .6)
unknown <- function(x) { x[sample(n, 8)] <- NA; x }
before <- unknown(before); after <- unknown(after)
# Of those without an answer the first six did not know, the others skipped it.
why <- function(x) ifelse(is.na(x), ifelse(cumsum(is.na(x)) <= 6, "dont_know", "skipped"), "")
why_before <- why(before); why_after <- why(after)
yes <- function(x, why) ifelse(is.na(x), ifelse(why == "dont_know", 0, NA), x >= 4)
never <- rep("", n)

paired <- function(y0, y1) {
  there <- !is.na(y0) & !is.na(y1)
  up <- sum(y0[there] == 0 & y1[there] == 1); down <- sum(y0[there] == 1 & y1[there] == 0)
  m <- sum(there) + 2; b <- up + .5; c <- down + .5
  half <- qnorm(.975) * sqrt(b + c - (b - c)^2 / m) / m
  list(n = sum(there), value = (up - down) / sum(there),
       ci = (b - c) / m + c(-half, half), p = binom.test(up, up + down)$p.value)
}
beside <- function(y0, y1, arm) {
  there <- !is.na(y0) & !is.na(y1)
  d <- data.frame(y = y1[there], y0 = y0[there], arm = arm[there])
  fit <- glm(y ~ arm + y0, binomial, d, control = list(epsilon = 1e-14, maxit = 100))
  x <- function(a) cbind(1, a, d$y0)
  chance <- function(a) plogis(x(a) %*% coef(fit))
  slope <- function(a) colMeans(as.vector(chance(a) * (1 - chance(a))) * x(a))
  value <- mean(chance(1)) - mean(chance(0)); g <- slope(1) - slope(0)
  se <- sqrt(as.numeric(t(g) %*% vcov(fit) %*% g))
  list(n = nrow(d), value = value, se = se, ci = value + c(-1, 1) * qnorm(.975) * se)
}
agreement <- list(
  without = paired(yes(before, never), yes(after, never)),
  with = paired(yes(before, why_before), yes(after, why_after)),
  without_beside = beside(yes(before, never), yes(after, never), arm),
  with_beside = beside(yes(before, why_before), yes(after, why_after), arm)
)

# --- a scale of four items, the second reversed; scored from half of them -----------
items <- function(rise) lapply(c(1, -1, 1, 1), function(way) missing_at(item(way, way * rise), .2))
scale_before <- items(0); scale_after <- items(.4)
score <- function(items) {
  x <- do.call(cbind, items); x[, 2] <- 6 - x[, 2]
  ifelse(rowSums(!is.na(x)) >= 2, rowMeans(x, na.rm = TRUE), NA)
}
s0 <- score(scale_before); s1 <- score(scale_after)
tt <- t.test(s1, s0, paired = TRUE)
scale <- list(before = s0, after = s1, n = sum(!is.na(s1 - s0)), value = mean(s1 - s0, na.rm = TRUE),
              ci = as.numeric(tt$conf.int), p = tt$p.value)

# --- hours, of which ninety and more are hard to believe --------------------------
hours_before <- rbinom(n, 1, .7) * rpois(n, 20); hours_before[1:7] <- 90 + 11 * (0:6)
hours_after <- rbinom(n, 1, .7) * rpois(n, 24); hours_after[c(3, 5, 11:16)] <- 120
out <- function(x) ifelse(x >= 90, NA, x)
left <- out(hours_after) - out(hours_before)
lowered <- pmin(hours_after, 90) - pmin(hours_before, 90)
hours <- list(left_out = list(n = sum(!is.na(left)), value = mean(left, na.rm = TRUE)),
              lowered = list(n = n, value = mean(lowered)))

# --- written as JSON, with all digits ---------------------------------------------
json <- function(x) {
  if (is.list(x) && !is.null(names(x)))
    return(paste0("{", paste0('"', names(x), '": ', sapply(x, json), collapse = ",\n"), "}"))
  if (is.list(x)) return(paste0("[", paste(sapply(x, json), collapse = ", "), "]"))
  one <- if (is.character(x)) paste0('"', x, '"') else ifelse(is.na(x), "null", sprintf("%.17g", x))
  if (length(x) == 1) one else paste0("[", paste(one, collapse = ", "), "]")
}
writeLines(json(list(
  versions = list(R = R.version.string),
  data = list(arm = arm, before = before, after = after, why_before = why_before,
              why_after = why_after, scale_before = scale_before, scale_after = scale_after,
              hours_before = hours_before, hours_after = hours_after),
  agreement = agreement, scale = scale, hours = hours
)), "counted_otherwise.json")
