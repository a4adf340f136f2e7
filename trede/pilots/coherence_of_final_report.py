"""Does what the final report will estimate fit together?

A research question has one primary outcome of its own, and an outcome is corrected in
one family only: otherwise one could choose, after the answers are in, which of two
figures to show.
"""

from collections.abc import Callable, Iterable, Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trede.pilots.mistakes import Complaint
from trede.pilots.positions import Path
from trede.pilots.rules import Rules
from trede.pilots.shape import Words
from trede.pilots.shaping import nearest

HERE = "final_report"
Named = tuple[Path, str]


def one_primary_each(rules: Rules) -> Iterator[Complaint]:
    asked: list[Named] = []
    for place, question in enumerate(rules.final_report.questions):
        here: Path = (HERE, "questions", place)
        asked.append(((*here, "primary"), question.primary))
        asked += _within((*here, "outcomes"), question.outcomes)
    yield from _once(asked, _answers_already)


def one_family_each(rules: Rules) -> Iterator[Complaint]:
    corrected = [
        named
        for place, family in enumerate(rules.final_report.families)
        for named in _within((HERE, "families", place, "outcomes"), family.outcomes)
    ]
    yield from _once(corrected, _corrected_already)


def what_is_named_is_estimated(rules: Rules) -> Iterator[Complaint]:
    """Where the file lists the outcomes, nothing outside the list is asked about."""
    plan = rules.final_report
    if not plan.outcomes:
        return
    named: list[Named] = _within((HERE, "lower_is_better"), plan.lower_is_better)
    for place, question in enumerate(plan.questions):
        here: Path = (HERE, "questions", place)
        named.append(((*here, "primary"), question.primary))
        named += _within((*here, "outcomes"), question.outcomes)
    for place, family in enumerate(plan.families):
        named += _within((HERE, "families", place, "outcomes"), family.outcomes)
    for path, code in named:
        if code not in plan.outcomes:
            yield Complaint(
                path,
                format_lazy(_("“{code}” is not among the outcomes."), code=code),
                nearest(code, plan.outcomes),
                rests_on=((HERE, "outcomes"),),
            )


def scales_have_items(rules: Rules) -> Iterator[Complaint]:
    for place, scale in enumerate(rules.final_report.scales):
        here: Path = (HERE, "scales", place)
        if len(scale.items) < 2:
            yield Complaint(
                (*here, "items"),
                _("One item is no scale."),
                _("Name at least two items."),
            )


def scores_have_their_items(rules: Rules) -> Iterator[Complaint]:
    """A score is told beside the items that it is made of."""
    plan = rules.final_report
    for place, scale in enumerate(plan.scales):
        if scale.code not in plan.outcomes:
            continue
        for path, code in _within((HERE, "scales", place, "items"), scale.items):
            if code not in plan.outcomes:
                yield Complaint(
                    path,
                    format_lazy(
                        _("“{scale}” is an outcome, and its item “{code}” is not."),
                        scale=scale.code,
                        code=code,
                    ),
                    _("Name the item among the outcomes too."),
                    rests_on=((HERE, "outcomes"),),
                )


def _within(path: Path, codes: Iterable[str]) -> list[Named]:
    return [((*path, spot), code) for spot, code in enumerate(codes)]


def _answers_already(code: str) -> Words:
    return format_lazy(
        _("“{code}” answers another research question already."), code=code
    )


def _corrected_already(code: str) -> Words:
    return format_lazy(_("“{code}” is in another family already."), code=code)


def _once(named: Iterable[Named], what: Callable[[str], Words]) -> Iterator[Complaint]:
    seen: dict[str, Path] = {}
    for path, code in named:
        if code in seen:
            yield Complaint(
                path,
                what(code),
                _("Name it in one place only."),
                rests_on=(seen[code],),
            )
        seen.setdefault(code, path)


CHECKS = (
    one_primary_each,
    one_family_each,
    what_is_named_is_estimated,
    scales_have_items,
    scores_have_their_items,
)
