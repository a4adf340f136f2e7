"""Whether a final report can be made today, and what it will lack: said beforehand.

Nobody should find out from a finished report that no research question was laid down,
or that a wave was hardly held.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from trede.pilots.loading import rules_of
from trede.pilots.study_rules import FinalReport
from trede.studies.holding_back import (
    HeldBack,
    evaluation_held_back,
    why_held_back,
)
from trede.studies.models import Study


@dataclass(frozen=True)
class Ready:
    """`why_not` is empty when it can be made; `to_know` is what it will lack."""

    why_not: list[str]
    to_know: list[str]


def ready_for_final(study: Study, today: date) -> Ready:
    rules = rules_of(study.pilot, today)
    held = evaluation_held_back(study, rules, today)
    return Ready(
        why_held_back(held),
        [*_measured(held), *_not_laid_down(rules.final_report)],
    )


def _measured(held: HeldBack) -> Iterator[str]:
    if held.evaluated and not held.too_few:
        yield _("%(n)d of the %(of)d participants were measured twice.") % {
            "n": held.evaluated,
            "of": held.participants,
        }
    if held.otherwise and not held.other_circumstances:
        yield _("%(n)d of them were so under other circumstances.") % {
            "n": held.otherwise
        }
    if held.simulated:
        yield _("The answers of the evaluation are simulated.")


def _not_laid_down(plan: FinalReport) -> Iterator[str]:
    if not plan.questions:
        yield _(
            "The pilot's file names no research question, so that no outcome is"
            " primary."
        )
    if not plan.covariates:
        yield _(
            "The pilot's file names nothing by which who is missing can be compared"
            " with who is not."
        )
    if not plan.subgroups:
        yield _("The pilot's file names no groups to look at apart.")
