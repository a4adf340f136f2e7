"""A change or an effect in two sentences that a councillor reads once.

How much, among how many, and between which ends it may lie; and whether the ends leave
room for no difference at all. Never a verdict, and never the word effect without a
group to compare with.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.reports.book.figures import in_its_units
from trede.reports.book.headlines import Headline
from trede.reports.wording import number


@dataclass(frozen=True)
class Told:
    """`about` is the outcome, `hidden` when its figures may not be shown."""

    about: str
    sentences: tuple[str, ...]
    hidden: bool = False


def told(one: Headline, about: str) -> Told:
    if one.hidden:
        return Told(about, (_("Not shown: too few people."),), hidden=True)
    if one.value is None:
        return Told(about, (_("This cannot be told in one number; see the report."),))
    return Told(about, (_how_much(one), *_between(one)))


def _how_much(one: Headline) -> str:
    size = _amount(one, abs(one.value or 0))
    n = one.n or 0
    if one.compared:
        sentence = _beside(one) % {"size": size}
        return f"{sentence} {_of_people(n)}"
    if one.before is not None and one.after is not None:
        sentence = _("On average from %(before)s to %(after)s: %(direction)s.") % {
            "before": _amount(one, one.before),
            "after": _amount(one, one.after),
            "direction": _direction(one) % {"size": size},
        }
    else:
        sentence = _direction(one) % {"size": size}
        sentence = f"{sentence[:1].upper()}{sentence[1:]}."
    return f"{sentence} {_of_people(n)}"


def _direction(one: Headline) -> str:
    if _is_nothing(one):
        return _("no change")
    return _("%(size)s up") if (one.value or 0) > 0 else _("%(size)s down")


def _beside(one: Headline) -> str:
    if _is_nothing(one):
        return _("No difference from who did not have the guidance.")
    if (one.value or 0) > 0:
        return _("%(size)s higher than of who did not have the guidance.")
    return _("%(size)s lower than of who did not have the guidance.")


def _is_nothing(one: Headline) -> bool:
    return not float(in_its_units(one, one.value).replace(",", "."))


def _of_people(n: int) -> str:
    told = ngettext("Of %(n)s person.", "Of %(n)s people.", n)
    return told % {"n": number(n)}


def _between(one: Headline) -> list[str]:
    low, high = one.low, one.high
    if low is None or high is None:
        return []
    ends = {"low": _signed(one, low), "high": _signed(one, high)}
    sentence = _("With this many people it may be anything from %(low)s to %(high)s.")
    if one.undone:
        left = _("When coaches are counted with, no difference may be among that.")
    elif low <= 0 <= high:
        left = _("No difference at all is among that.")
    else:
        left = _("No difference at all is not among that.")
    return [sentence % ends, left]


def _signed(one: Headline, value: float) -> str:
    text = in_its_units(one, abs(value))
    return f"\N{MINUS SIGN}{text}" if value < 0 else f"+{text}"


def _amount(one: Headline, value: float) -> str:
    text = in_its_units(one, value)
    return f"{text}%" if one.is_share else text
