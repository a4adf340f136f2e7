"""What a hidden figure is called, without saying what it is.

Disclosure control lists its decisions by codes. Here they become words that a
researcher recognises in the report: the table and the row, or the outcome and the way
in which it was estimated. Reasons why something could not be estimated, rows that were
joined and numbers on the way from list to evaluation are no figures to decide on.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from trede.reports.effects.methods_told import method_told
from trede.reports.effects.names import Names
from trede.reports.effects.people_counted import WAYS
from trede.reports.figures_json import Json
from trede.reports.wording import (
    CLAIMS,
    DECISIONS,
    GROUPS,
    KEYS,
    MEASURES,
    Wording,
    Words,
)
from trede.studies.protecting import IN_ANALYSIS, IN_TEXT, SHOWN_ALL_THE_SAME

PIECES: Words = {
    "sizes": pgettext_lazy("hidden figure", "how many people answered"),
    "distribution": pgettext_lazy("hidden figure", "how many gave which answer"),
    "cells": pgettext_lazy("hidden figure", "from which answer to which"),
    "moments": pgettext_lazy("hidden figure", "means and deviations"),
    "shares": pgettext_lazy("hidden figure", "the shares before and after"),
    "direction": pgettext_lazy("hidden figure", "how many rose, stayed and fell"),
    "floor": pgettext_lazy("hidden figure", "how many stood lowest"),
    "ceiling": pgettext_lazy("hidden figure", "how many stood highest"),
}
ASKED: Words = {
    "floor": pgettext_lazy("hidden figure", "the share with the lowest answer"),
    "ceiling": pgettext_lazy("hidden figure", "the share with the highest answer"),
    "nonresponse": pgettext_lazy("hidden figure", "the share without an answer"),
}


@dataclass(frozen=True)
class HiddenFigure:
    """`number` is its place among the decisions of the edition."""

    number: int
    about: str
    words: str
    reason: str


def hidden_figures(
    decisions: list[Json], wording: Wording, names: Names
) -> Iterator[HiddenFigure]:
    """Those that people may decide to show, in the order of the report."""
    for number, place in enumerate(decisions):
        reason = str(place["reason"])
        called = _called(place, wording, names)
        if called is not None and reason != SHOWN_ALL_THE_SAME:
            yield HiddenFigure(number, *called, str(DECISIONS[reason]))


def called(place: Json, wording: Wording, names: Names) -> str:
    """One hidden figure in words."""
    found = _called(place, wording, names)
    return ": ".join(found) if found else str(place["row"])


def _called(place: Json, wording: Wording, names: Names) -> tuple[str, str] | None:
    """What it is about, and which figure of that; None for what is no figure."""
    if place["table"] == IN_ANALYSIS:
        return _of_analysis(str(place["row"]), names)
    if place["table"] == IN_TEXT:
        words = CLAIMS.get(str(place["row"]))
        return (_("Single figures"), str(words)) if words else None
    return _of_table(place, wording) if place["kind"] != "row" else None


def _of_table(place: Json, wording: Wording) -> tuple[str, str]:
    told = {key: str(value) for key, value in place.items() if value}
    table = told["table"]
    words = [wording.item(told["item"])] if "item" in told else []
    words += [wording.row(table, row) for row in told["row"].split("/")]
    for key, known in (("group", GROUPS), ("measure", MEASURES)):
        if key in told:
            words.append(str(known[told[key]]).lower())
    if told["kind"] in KEYS:
        words.append(str(KEYS[told["kind"]]).lower())
    return wording.title(table), ", ".join(words)


def _of_analysis(name: str, names: Names) -> tuple[str, str] | None:
    section, *rest = name.split("|")
    say = _SAID.get(section)
    return say(rest, names) if say else None


def _estimate(rest: list[str], names: Names) -> tuple[str, str]:
    outcome, contrast, method, *test = rest
    words = [method_told(method), names.contrast(contrast)]
    if test:
        words.append(pgettext("hidden figure", "only the test"))
    return names.outcome(outcome), ", ".join(words)


def _outcome(rest: list[str], names: Names) -> tuple[str, str]:
    outcome, contrast, piece = rest
    return names.outcome(outcome), f"{PIECES[piece]}, {names.contrast(contrast)}"


def _instrument(rest: list[str], names: Names) -> tuple[str, str]:
    scale, outcome, kind, moment, level, method = rest
    said = ASKED.get(kind)
    words = [str(said) if said else method_told(method or kind)]
    words += [names.wave(moment)] if moment else []
    words += [names.level(kind, level)] if level else []
    return names.outcome(outcome or scale), ", ".join(words)


def _precision(rest: list[str], names: Names) -> tuple[str, str]:
    told = pgettext("hidden figure", "the smallest change that could be seen")
    return names.outcome(rest[0]), f"{told}, {names.contrast(rest[1])}"


def _sensitivity(rest: list[str], names: Names) -> tuple[str, str]:
    outcome, contrast, way = rest
    told = str(WAYS.get(way, way))
    return names.outcome(outcome), f"{told}, {names.contrast(contrast)}"


def _subgroup(rest: list[str], names: Names) -> tuple[str, str]:
    subgroup, outcome, contrast = rest
    told = pgettext("hidden figure", "the change by %(what)s")
    told %= {"what": names.covariate(subgroup)}
    return names.outcome(outcome), f"{told}, {names.contrast(contrast)}"


def _time(rest: list[str], names: Names) -> tuple[str, str]:
    told = pgettext("hidden figure", "the time until it happened")
    return names.outcome(rest[0]), f"{told}, {names.group(rest[1])}"


def _exits(rest: list[str], names: Names) -> tuple[str, str]:
    told = pgettext("hidden figure", "the ways in which people left")
    return names.outcome(rest[0]), f"{told}, {names.group(rest[1])}"


def _attrition(rest: list[str], names: Names) -> tuple[str, str]:
    about = pgettext("hidden figure", "Who left beside who stayed")
    if rest[0] == "sizes":
        return about, str(PIECES["sizes"])
    words = [names.covariate(rest[0])]
    words += [names.wave(one) for one in rest[1:] if one]
    return about, ", ".join(words)


def _reached(rest: list[str], names: Names) -> tuple[str, str]:
    about = pgettext("hidden figure", "Who was reached beside the whole list")
    if rest[0] == "sizes":
        return about, pgettext("hidden figure", "how many people were reached")
    return about, names.of_list(rest[0])


def _asked_in(rest: list[str], names: Names) -> tuple[str, str]:
    about = pgettext("hidden figure", "In which circumstances people were asked")
    return about, f"{names.wave(rest[0])}, {names.period(rest[1])}"


def _by_circumstance(rest: list[str], names: Names) -> tuple[str, str]:
    told = pgettext("hidden figure", "the change by circumstances")
    return names.outcome(rest[0]), f"{told}, {names.contrast(rest[1])}"


def _ladder(rest: list[str], names: Names) -> tuple[str, str]:
    told = pgettext("hidden figure", "small steps: %(domain)s")
    return _("The ladder"), told % {"domain": rest[-1]}


def _flow(rest: list[str], names: Names) -> tuple[str, str]:
    about = pgettext("hidden figure", "Who was measured")
    if rest[0] == "measured":
        return about, names.contrast(rest[-1])
    return about, pgettext("hidden figure", "who stayed, left or did not belong")


def _balance(_rest: list[str], _names: Names) -> tuple[str, str]:
    about = pgettext("hidden figure", "The groups beside each other")
    return about, pgettext("hidden figure", "how alike they were at the start")


Say = Callable[[list[str], Names], tuple[str, str]]
_SAID: dict[str, Say] = {
    "estimate": _estimate,
    "outcome": _outcome,
    "instrument": _instrument,
    "precision": _precision,
    "sensitivity": _sensitivity,
    "subgroup": _subgroup,
    "time": _time,
    "exits": _exits,
    "attrition": _attrition,
    "reached": _reached,
    "asked_in": _asked_in,
    "by_circumstance": _by_circumstance,
    "ladder": _ladder,
    "flow": _flow,
    "balance": _balance,
}


def told_by_decision(
    shown: list[Json], wording: Wording, names: Names
) -> Iterator[str]:
    """Each figure that is shown by decision, with the day and the reason."""
    for one in shown:
        yield _("%(figure)s. Released by decision of %(day)s: %(why)s") % {
            "figure": called(cast(Json, one["place"]), wording, names),
            "day": "-".join(reversed(str(one["on"]).split("-"))),
            "why": one["why"],
        }
