"""On which days is a municipality at work: no weekend, no public holiday?

The holidays are those of the national government. Good Friday is an ordinary day, and
Liberation Day is free every year, as it is for civil servants.
"""

from datetime import date, timedelta

DAY = timedelta(days=1)
WEEKEND = (5, 6)
# After Easter Sunday: Easter Monday, Ascension Day, Whit Sunday and Whit Monday.
AROUND_EASTER = (0, 1, 39, 49, 50)
FIXED = ((1, 1), (5, 5), (12, 25), (12, 26))


def is_working_day(day: date) -> bool:
    return day.weekday() not in WEEKEND and not is_public_holiday(day)


def is_public_holiday(day: date) -> bool:
    if (day.month, day.day) in FIXED or day == _kings_day(day.year):
        return True
    easter = easter_sunday(day.year)
    return any(day == easter + timedelta(days=days) for days in AROUND_EASTER)


def first_working_day(day: date) -> date:
    """The day itself, or the first one after it on which work is done."""
    while not is_working_day(day):
        day += DAY
    return day


def easter_sunday(year: int) -> date:
    """By the reckoning of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l_ = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * l_) // 433
    month = (h + l_ - 7 * m + 90) // 25
    return date(year, month, (h + l_ - 7 * m + 33 * month + 19) % 32)


def _kings_day(year: int) -> date:
    """27 April; the day before when that is a Sunday."""
    day = date(year, 4, 27)
    return day - DAY if day.weekday() == 6 else day
