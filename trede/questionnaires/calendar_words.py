"""Names of days and months in the language of the buttons.

Django knows them in most languages; for the others they stand here.
"""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_DAYS = {
    "ti": ("ሰኑይ", "ሰሉስ", "ረቡዕ", "ሓሙስ", "ዓርቢ", "ቀዳም", "ሰንበት"),
    "so": ("Isniin", "Talaado", "Arbaco", "Khamiis", "Jimco", "Sabti", "Axad"),
    "": (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ),
}
_MONTHS = {
    "ti": (
        "ጥሪ",
        "ለካቲት",
        "መጋቢት",
        "ሚያዝያ",
        "ግንቦት",
        "ሰነ",
        "ሓምለ",
        "ነሓሰ",
        "መስከረም",
        "ጥቅምቲ",
        "ሕዳር",
        "ታሕሳስ",
    ),
    "so": (
        "Janaayo",
        "Febraayo",
        "Maarso",
        "Abriil",
        "Maajo",
        "Juun",
        "Luulyo",
        "Agoosto",
        "Sebteembar",
        "Oktoobar",
        "Nofembar",
        "Desembar",
    ),
    "": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def day_names() -> tuple[str, ...]:
    """From Monday to Sunday."""
    return _named(_DAYS)


def month_names() -> tuple[str, ...]:
    return _named(_MONTHS)


def _named(names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    own = names.get((get_language() or "").split("-")[0])
    return own or tuple(_(name) for name in names[""])
