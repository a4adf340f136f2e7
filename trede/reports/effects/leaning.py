"""Which way ordered answers lean, before and after: the bars of all such questions.

Questions with the same answers stand in one picture, each with a bar for both moments
of the same people. Right of the line are the higher answers; where higher is less good,
that stands behind the name of the question. A question of which nothing may be shown
has no bars, and is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
Alike = tuple[str, tuple[str, ...]]


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
            if told is not None and _can_be_drawn(told.answers):
                kind = one.get("group", ""), tuple(each.label for each in told.answers)
                alike.setdefault(kind, []).append(_asked(one, told, names))
        hidden = len(found) - sum(map(len, alike.values()))
        for place, ((group, answers), items) in enumerate(alike.items()):
            data = likert.Likert(
                _leaning(items, answers),
                answers,
                capital(names.first),
                capital(names.second),
                tuple(items),
            )
            yield Section(
                f"leaning-{contrast}-{place}",
                _question(group, answers, names)
                + which_difference(analysis, contrast, names),
                data.title,
                picture=likert.likert(data),
                grid=replace(likert.grid(data), caption=_how_many()),
                points=[] if place else _not_drawn(hidden),
                method=[] if place else list(_method()),
            )


def _can_be_drawn(answers: Sequence[Answered]) -> bool:
    given = any(each.before for each in answers), any(each.after for each in answers)
    return 2 <= len(answers) <= MOST and all(given)


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
        return _("From “%(low)s” to “%(high)s”: what did the %(group)s answer?") % words
    return _("From “%(low)s” to “%(high)s”: which way do the answers lean?") % words


def _leaning(items: Sequence[likert.Asked], answers: Sequence[str]) -> str:
    """The sentence over the bars; nothing of questions with a hidden answer."""
    known = [
        (item.label, before, after)
        for item in items
        if (before := _higher(item.before)) is not None
        and (after := _higher(item.after)) is not None
    ]
    words = {"answers": _upper(answers), "all": number(len(known))}
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


def _upper(answers: Sequence[str]) -> str:
    """The answers above the middle."""
    low, *_between, high = (*answers[(len(answers) + 1) // 2 :], answers[-1])
    if low == high:
        return f"“{high}”"
    return _("“%(low)s” up to “%(high)s”") % {"low": low, "high": high}


def _how_many() -> str:
    return _("How many gave each answer, at both moments.")


def _higher(counts: Counts | None) -> float | None:
    """The share with an answer above the middle."""
    if counts is None or None in counts or not any(counts):
        return None
    told = [count or 0 for count in counts]
    return sum(told[(len(told) + 1) // 2 :]) / sum(told)


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


def _method() -> Iterator[str]:
    yield _(
        "Both bars are of the same people. Right of the line are the higher answers, an"
        " answer in the middle lies half on either side. That one bar reaches further"
        " than the other can be chance: how sure a change is stands in the table of"
        " the headlines."
    )
