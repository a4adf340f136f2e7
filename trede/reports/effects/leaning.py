"""Which way ordered answers lean, before and after: the bars of all such questions.

Questions with the same answers stand in one picture, each with a bar for both moments
of the same people. Right of the line are the answers above the middle of the scale;
where higher is less good, that stands behind the name of the question. Answers told
together stand where their own middle lies. A question of which nothing may be shown has
no bars, and is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.reports.charts import likert
from trede.reports.charts.distribution import Answered, Distribution
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    Counts,
    OutcomeJson,
    main_contrasts,
)
from trede.reports.effects.figures import capital
from trede.reports.effects.names import Names
from trede.reports.effects.primary import distribution_of, which_difference
from trede.reports.sections import Section
from trede.reports.wording import number, percent

MOST = 7  # answers that can be told apart in a bar
SIDE = 3  # and at one side of the line
Alike = tuple[str, tuple[str, ...], "Sides"]


class Sides(NamedTuple):
    """How many answers lie below and above the middle of the scale."""

    below: int
    above: int


def leaning_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    """One for each set of answers, of each group of people that there is."""
    for contrast in main_contrasts(analysis):
        found = [
            one
            for one in analysis.get("outcomes") or ()
            if one["contrast"] == contrast and one.get("type") == "likert"
        ]
        alike: dict[Alike, list[likert.Asked]] = {}
        for one in found:
            told = distribution_of(one, names)
            sides = _sides(one)
            if told is not None and _can_be_drawn(told.answers, sides):
                labels = tuple(each.label for each in told.answers)
                kind = one.get("group", ""), labels, sides
                alike.setdefault(kind, []).append(_asked(one, told, names))
        hidden = len(found) - sum(map(len, alike.values()))
        joined = any(one.get("bands") for one in found)
        for place, ((group, answers, sides), items) in enumerate(alike.items()):
            data = likert.Likert(
                _leaning(items, answers, sides),
                answers,
                capital(names.first),
                capital(names.second),
                tuple(items),
                *sides,
            )
            yield Section(
                f"leaning-{contrast}-{place}",
                _question(group, answers, names)
                + which_difference(analysis, contrast, names),
                data.title,
                picture=likert.likert(data),
                grid=replace(likert.grid(data), caption=_how_many()),
                points=[] if place else _not_drawn(hidden),
                method=[] if place else list(_method(joined=joined)),
            )


def _sides(levels: OutcomeJson) -> Sides:
    """The middle of the scale, and of each answer or of the answers told together."""
    alone = [(value, value) for value in levels.get("values") or ()]
    bands = [(band[0], band[-1]) for band in levels.get("bands") or alone]
    if not bands:
        return Sides(0, 0)
    middle = bands[0][0] + bands[-1][1]
    return Sides(
        sum(low + high < middle for low, high in bands),
        sum(low + high > middle for low, high in bands),
    )


def _can_be_drawn(answers: Sequence[Answered], sides: Sides) -> bool:
    given = any(each.before for each in answers), any(each.after for each in answers)
    return 2 <= len(answers) <= MOST and max(sides) <= SIDE and all(given)


def _asked(one: OutcomeJson, told: Distribution, names: Names) -> likert.Asked:
    return likert.Asked(
        names.outcome(one["outcome"]),
        tuple(each.before for each in told.answers),
        tuple(each.after for each in told.answers),
        one.get("n"),
    )


def _question(group: str, answers: Sequence[str], names: Names) -> str:
    words = {"low": answers[0], "high": answers[-1], "group": names.group(group)}
    if group:
        asked = _("%(group)s, from “%(low)s” to “%(high)s”: which way do they lean?")
        return capital(asked % words)
    return _("From “%(low)s” to “%(high)s”: which way do the answers lean?") % words


def _leaning(
    items: Sequence[likert.Asked], answers: Sequence[str], sides: Sides
) -> str:
    """The sentence over the bars; nothing of questions with a hidden answer."""
    known = [
        (item.label, before, after)
        for item in items
        if (before := _higher(item.before, sides)) is not None
        and (after := _higher(item.after, sides)) is not None
    ]
    words = {"answers": _upper(answers, sides), "all": number(len(known))}
    if not known:
        return _how_many()
    if len(known) == 1:
        ((label, before, after),) = known
        return _(
            "%(outcome)s: %(before)s said %(answers)s before, %(after)s after."
        ) % {
            **words,
            "outcome": label,
            "before": percent(100 * before),
            "after": percent(100 * after),
        }
    more = sum(after > before for _label, before, after in known)
    return _("Of %(all)s questions %(n)s had more people with %(answers)s after.") % {
        **words,
        "n": number(more),
    }


def _upper(answers: Sequence[str], sides: Sides) -> str:
    """The answers above the middle."""
    low, high = answers[len(answers) - sides.above], answers[-1]
    if low == high:
        return f"“{high}”"
    return _("“%(low)s” up to “%(high)s”") % {"low": low, "high": high}


def _how_many() -> str:
    return _("How many gave each answer, at both moments.")


def _higher(counts: Counts | None, sides: Sides) -> float | None:
    """The share with an answer above the middle."""
    if counts is None or None in counts or not any(counts):
        return None
    told = [count or 0 for count in counts]
    return sum(told[len(told) - sides.above :]) / sum(told)


def _not_drawn(hidden: int) -> list[str]:
    if not hidden:
        return []
    return [
        ngettext(
            "%(n)s question with answers in order is not drawn: too few people gave"
            " one of the answers, or it has more than seven.",
            "%(n)s questions with answers in order are not drawn: too few people gave"
            " one of the answers, or they have more than seven.",
            hidden,
        )
        % {"n": number(hidden)}
    ]


def _method(*, joined: bool) -> Iterator[str]:
    if joined:
        yield _(
            "Answers that were joined stand at the side where most of them lie, also"
            " where the middle answer is among them."
        )
    yield _(
        "Both bars are of the same people. Right of the line are the higher answers, an"
        " answer in the middle lies half on either side. That one bar reaches further"
        " than the other can be chance: how sure a change is stands in the table of"
        " the headlines."
    )
