"""Names of days and months in the language of the buttons.

Django knows them in most languages; our own catalogues add Tigrinya and Somali.
"""

from django.utils.dates import MONTHS, WEEKDAYS


def day_names() -> tuple[str, ...]:
    """From Monday to Sunday."""
    return tuple(str(name) for _number, name in sorted(WEEKDAYS.items()))


def month_names() -> tuple[str, ...]:
    return tuple(str(name) for _number, name in sorted(MONTHS.items()))
