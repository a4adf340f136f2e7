"""How large a number and how long a text LimeSurvey accepts, and what of that fits."""

from dataclasses import dataclass

from trede.questionnaires.composing import LARGEST
from trede.questionnaires.definition import Kind
from trede.questionnaires.exchange.limesurvey_survey import Item

# Unless the file says otherwise.
_LARGEST = 9999
_LONGEST = {Kind.TEXT: 200, Kind.LONG_TEXT: 2000}
# What the cells of a table of numbers offer unless something else is set.
_CELL = (1, 10)


@dataclass(frozen=True)
class Bounds:
    least: int
    most: int
    # Whether LimeSurvey accepts numbers that do not fit here.
    narrower: bool


def bounds_of(item: Item) -> Bounds:
    least, most = _set_bounds(item)
    if least is None and most is None and _offers_a_list(item):
        least, most = _CELL
    fits = [bound is not None and 0 <= bound <= LARGEST for bound in (least, most)]
    low = min(max(least or 0, 0), LARGEST)
    high = max(_LARGEST, low) if most is None else min(max(most, 0), LARGEST)
    return Bounds(
        least=min(low, high),
        most=max(low, high),
        narrower=not (all(fits) and _whole(item)),
    )


def longest_of(item: Item, kind: Kind) -> int:
    """As many signs as there, but never more than our own longest text."""
    most = _LONGEST[kind]
    there = _integer(item.attribute("maximum_chars"))
    return most if there is None or there < 1 else min(there, most)


def longest_kept(item: Item, otherwise: int | None) -> int | None:
    """A length that was set here, however long."""
    there = _integer(item.attribute("maximum_chars"))
    return there if there is not None and there > 0 else otherwise


def _set_bounds(item: Item) -> tuple[int | None, int | None]:
    if item.type == ":":
        names = ("multiflexible_min", "multiflexible_max")
    elif item.attribute("slider_layout") == "1":
        names = ("slider_min", "slider_max")
    else:
        names = ("min_num_value_n", "max_num_value_n")
    least, most = (_integer(item.attribute(name)) for name in names)
    return least, most


def _offers_a_list(item: Item) -> bool:
    return item.type == ":" and item.attribute("input_boxes") != "1"


def _whole(item: Item) -> bool:
    if item.type == ":":
        return item.attribute("multiflexible_step") in ("", "1")
    if item.attribute("slider_layout") == "1":
        return item.attribute("slider_accuracy") in ("", "1")
    return item.attribute("num_value_int_only") == "1"


def _integer(text: str) -> int | None:
    text = text.strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isdecimal() and len(digits) < 10 else None
