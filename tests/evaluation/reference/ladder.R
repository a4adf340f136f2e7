# Reference figures for trede.evaluation.ladder, made by R.
#
# Run in this folder:  Rscript ladder.R
# Writes ladder.json: the data, the results, and the versions that gave them. Wilson's
# interval is prop.test without correction. First, last and first rise are looked up by
# sorting, which Trede does not do.
suppressPackageStartupMessages(library(survival))
options(warn = 1)
set.seed(20220622)

wilson <- function(x, n) as.numeric(suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int)
told <- function(x, n) list(n = x, of = n, value = x / n, ci = wilson(x, n))

moved <- function(before, after, k) {
  all <- seq_len(k)
  counts <- table(factor(before, all), factor(after, all))
  shares <- prop.table(counts, 1)
  shares[is.nan(shares)] <- -1
  d <- after - before; n <- length(d)
  tt <- t.test(after, before, paired = TRUE)
  part <- function(keep) {
    if (sum(keep) < 4 || all(keep)) return(list(n = sum(keep)))
    t <- t.test(d[keep])
    list(n = sum(keep), mean = mean(d[keep]), ci = as.numeric(t$conf.int), p = t$p.value,
         up = told(sum(d[keep] > 0), sum(keep)))
  }
  list(before = before, after = after, treads = k, counts = unclass(counts), shares = unclass(shares),
       up = told(sum(d > 0), n), same = told(sum(d == 0), n), down = told(sum(d < 0), n),
       mean = mean(d), ci = as.numeric(tt$conf.int), p = tt$p.value, se = unname(tt$stderr),
       floor = told(sum(before == 1), n), ceiling = told(sum(before == k), n),
       floor_now = told(sum(after == 1), n), ceiling_now = told(sum(after == k), n),
       up_could = told(sum(d > 0), sum(before < k)), down_could = told(sum(d < 0), sum(before > 1)),
       without_ceiling = part(before < k), without_floor = part(before > 1),
       without_ends = part(before > 1 & before < k))
}
people <- function(n, k, chances) {
  before <- sample(seq_len(k), n, TRUE, chances)
  list(before, pmin(k, pmax(1, before + sample(-1:2, n, TRUE, c(.12, .5, .28, .1)))))
}
a <- people(62, 6, c(.3, .35, .15, .1, .05, .05)); b <- people(150, 6, c(1, 2, 2, 2, 1, 2))
c5 <- people(40, 5, c(3, 2, 2, 1, 1))
tables <- list(moved(a[[1]], a[[2]], 6), moved(b[[1]], b[[2]], 6), moved(c5[[1]], c5[[2]], 5))

# --- a register -----------------------------------------------------------------
register <- local({
  rows <- 420
  r <- data.frame(person = sample(120, rows, TRUE), day = sample(0:700, rows, TRUE),
                  tread = sample(6, rows, TRUE, c(4, 4, 3, 2, 1, 1)))
  r$row <- seq_len(rows)
  # Some corrections: the same person on the same day, another tread.
  again <- r[sample(rows, 40), ]; again$tread <- sample(6, 40, TRUE); again$row <- rows + 1:40
  r <- rbind(r, again)
  held <- r[order(r$person, r$day, r$row), ]
  held <- held[!duplicated(held[, c("person", "day")], fromLast = TRUE), ]
  first <- held[!duplicated(held$person), ]
  last <- held[!duplicated(held$person, fromLast = TRUE), ]
  twice <- last$day > first$day
  all <- 1:6
  cross <- function(x, y) unclass(table(factor(x, all), factor(y, all)))
  on <- function(from, to) {
    inside <- held[held$day >= from & held$day <= to, ]
    inside[!duplicated(inside$person, fromLast = TRUE), ]
  }
  both <- merge(on(0, 350), on(351, 700), by = "person")
  either <- length(unique(held$person))
  rise <- do.call(rbind, lapply(split(held, held$person), function(h) {
    later <- h[h$day > h$day[1], ]
    up <- later[later$tread > h$tread[1], ]
    data.frame(start = h$tread[1], once = nrow(later) == 0, event = as.integer(nrow(up) > 0),
               days = (if (nrow(up)) up$day[1] else h$day[nrow(h)]) - h$day[1])
  }))
  could <- rise[rise$start < 6 & !rise$once, ]
  fit <- survfit(Surv(days, event) ~ 1, could, conf.type = "log-log")
  list(person = r$person, day = r$day, tread = r$tread,
       first_to_last = cross(first$tread[twice], last$tread[twice]), once = sum(!twice),
       between = cross(both$tread.x, both$tread.y), between_missing = either - nrow(both),
       at_ceiling = sum(rise$start == 6), rise_once = sum(rise$start < 6 & rise$once),
       time = fit$time, n_risk = fit$n.risk, surv = fit$surv,
       median = unname(quantile(fit, .5)$quantile))
})

versions <- c(R = R.version$version.string, survival = as.character(packageVersion("survival")))
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
writeLines(as_json(list(versions = versions, tables = tables, register = register)), "ladder.json")
