"""Names, numbers and addresses of people who do not exist.

Numbers that cannot be somebody's: a BSN begins with 0000, a range kept for tests that
is never issued; its fifth digit is 1 to 8, so that none is that of an official test
person (those begin with 00000 or 9). A telephone number begins with 06 0000, which no
provider has. Surnames mean "example" or "imaginary", and the streets do not exist.
"""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np

from trede.demo.margins import FOLDER

# Room for this many people in one series; two series share no number.
SERIES = 1000
BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)

_NAMES = tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))
# A child of people from elsewhere, born here, has a name from there.
_PARENTS_FROM = ("turkish", "moroccan", "surinamese")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to a register, apart from dates."""

    bsn: str
    given_names: str
    prefix: str
    surname: str
    street: str
    house_number: str
    postcode: str
    quarter: str
    telephone: str
    email: str
    language: str
    language_name: str


def _completed(eight: str) -> str | None:
    """The ninth digit makes a BSN pass its test; for some there is none.

    The test's sum must be above zero, which only very low numbers do not reach.
    """
    weighed = zip(eight, BSN_WEIGHTS, strict=True)
    total = sum(int(digit) * weight for digit, weight in weighed)
    return None if total < 11 or total % 11 == 10 else f"{eight}{total % 11}"


@cache
def numbers_for_tests(series: int) -> tuple[str, ...]:
    """The BSNs of one series, in order."""
    numbers = (_completed(f"0000{rest}") for rest in range(1000, 9000))
    valid = [number for number in numbers if number]
    return tuple(valid[series * SERIES : (series + 1) * SERIES])


def country_name(country: str) -> str:
    """The Dutch name of a country, or that it is not known."""
    return str(_NAMES["countries"][country]["name"]) if country else "Onbekend"


def countries(kind: str) -> list[str]:
    """Countries to draw from, as often as people come from them."""
    return list(_NAMES["origins"][kind])


def running_tracks() -> list[str]:
    """Tracks that somebody on the list may be in."""
    return list(_NAMES["origins"]["tracks"])


def list_shares() -> dict[tuple[str, str], float]:
    """The share of people on the list by criterion and outcome that differs."""
    shares = dict(_NAMES["list"])
    drawn = {("", "met"): float(shares.pop("eligible"))}
    for criterion, outcomes in shares.items():
        drawn |= {(criterion, outcome): share for outcome, share in outcomes.items()}
    return drawn


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(sign for sign in plain.lower() if sign.isalpha())


def draw_identity(
    *,
    bsn: str,
    place: int,
    country: str,
    sex: str,
    rng: np.random.Generator,
    parents_abroad: bool = False,
) -> Identity:
    """Somebody with a name from that country; `place` makes the telephone unique."""
    own_group = _NAMES["countries"][country or "TR"]["group"]
    group = _NAMES["groups"][rng.choice(_PARENTS_FROM) if parents_abroad else own_group]
    languages = _NAMES["groups"][own_group]["languages"]
    chances = np.array([4.0, *[1.0] * (len(languages) - 1)])
    language = str(rng.choice(list(languages), p=chances / chances.sum()))
    given = rng.choice(
        group["men" if sex == "man" else "women"],
        size=1 + int(rng.random() < 0.25),
        replace=False,
    )
    surname = f"{rng.choice(group['stems'])}{rng.choice(group['endings'])}"
    quarter = str(rng.choice(list(_NAMES["quarters"])))
    where = _NAMES["quarters"][quarter]
    letters = "".join(rng.choice(list("BGHKLNPRTVWXZ"), size=2))
    reached = rng.random()
    return Identity(
        bsn=bsn,
        given_names=" ".join(given),
        prefix=str(rng.choice(group["prefixes"])),
        surname=surname,
        street=str(rng.choice(where["streets"])),
        house_number=str(int(rng.integers(1, 240))),
        postcode=f"{where['digits']} {letters}",
        quarter=quarter,
        telephone=f"06 0000 {place:04d}" if reached < 0.92 else "",
        email=f"{_ascii(given[0])}.{_ascii(surname)}{place}@example.org"
        if reached < 0.3
        else "",
        language=language,
        language_name=languages[language],
    )
