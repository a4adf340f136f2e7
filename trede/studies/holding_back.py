"""Why a report does not show the evaluation (T1) yet: worked out from the data.

Two things can be wrong with it. Too few people have answered it, and they did so under
other circumstances than their intake, so that a difference may be the lockdown's. The
pilot's file says until which data it is held back; what is said of it is counted here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused
from trede.evaluation.norms import default_norms
from trede.pilots.circumstances import calendar
from trede.pilots.rules import Rules
from trede.questionnaires.models import Sitting
from trede.studies.baselines import INTAKE, sittings_that_count
from trede.studies.journeys import PARTICIPANTS, standings
from trede.studies.models import Study

EVALUATION = "T1"
# Our choice: while fewer than half of the participants were measured twice, those who
# were are the ones whose trajectory went quickly, and stand for nobody else.
ENOUGH = 0.5


@dataclass(frozen=True)
class HeldBack:
    """`otherwise` counts whose two measurements fell in different circumstances; a
    number is None where telling it would give somebody away."""

    wave: str
    evaluated: int | None
    participants: int | None
    otherwise: int | None
    too_few: bool
    other_circumstances: bool
    simulated: bool
    by_file: str

    @property
    def held_back(self) -> bool:
        hidden = self.evaluated is None
        return hidden or self.too_few or self.other_circumstances or bool(self.by_file)

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"held_back": self.held_back}


def evaluation_held_back(study: Study, rules: Rules, until: date) -> HeldBack:
    twice = measured_twice(study, rules, until)
    evaluated, otherwise = len(twice.evaluated), len(twice.otherwise)
    return HeldBack(
        wave=EVALUATION,
        evaluated=evaluated,
        participants=twice.participants,
        otherwise=otherwise,
        too_few=evaluated < ENOUGH * twice.participants,
        other_circumstances=2 * otherwise > evaluated,
        simulated=twice.simulated,
        by_file=next(
            (
                each.reason
                for each in rules.report.withheld
                if each.wave == EVALUATION and until <= each.until_on
            ),
            "",
        ),
    )


def refuse_while_held_back(study: Study, rules: Rules, until: date) -> None:
    """Nothing is compared before enough people were measured twice, in circumstances
    that allow it, and not before the pilot's file says so."""
    held = evaluation_held_back(study, rules, until)
    reasons = why_held_back(held)
    if reasons:
        raise Refused(
            _("There can be no final report on these data yet. %(reasons)s")
            % {"reasons": " ".join(reasons)}
        )


def why_held_back(held: HeldBack) -> list[str]:
    """Every reason in a sentence; for who may see the numbers."""
    if not held.evaluated:
        told = [_("Nobody was measured at the intake and at the evaluation.")]
        return [*told, held.by_file] if held.by_file else told
    numbers = {
        "n": held.evaluated,
        "of": held.participants,
        "otherwise": held.otherwise,
    }
    told = []
    if held.too_few:
        told.append(
            _("Of the %(of)d participants %(n)d were measured twice: fewer than half.")
            % numbers
        )
    if held.other_circumstances:
        told.append(
            _(
                "Of the %(n)d who were measured twice, %(otherwise)d were so in other"
                " circumstances: more than half."
            )
            % numbers
        )
    if held.by_file:
        told.append(held.by_file)
    return told


@dataclass(frozen=True)
class Twice:
    """Which participants held the evaluation too, and who of them `otherwise`."""

    participants: int
    evaluated: frozenset[int]
    otherwise: frozenset[int]
    simulated: bool


def measured_twice(study: Study, rules: Rules, until: date) -> Twice:
    chosen = sittings_that_count(study.pilot, until)
    standing = standings(study.pilot, rules, until)
    kinds = {period.code: period.kind for period in calendar(rules)}

    def kind(sitting: Sitting) -> str:
        return kinds.get(sitting.circumstance, sitting.circumstance)

    participants = {
        person_id
        for person_id, wave in chosen
        if wave == INTAKE
        and (person_id not in standing or standing[person_id].group == PARTICIPANTS)
    }
    after = {
        person_id: sitting
        for (person_id, wave), sitting in chosen.items()
        if wave == EVALUATION and person_id in participants
    }
    return Twice(
        len(participants),
        frozenset(after),
        frozenset(
            person_id
            for person_id, sitting in after.items()
            if kind(sitting) != kind(chosen[person_id, INTAKE])
        ),
        any(sitting.simulated for sitting in after.values()),
    )


def held_back_for_public(
    whole: HeldBack,
    withheld: frozenset[str] = frozenset(),
    before: Iterable[Mapping[str, object]] = (),
) -> HeldBack:
    """The same without a number from which one could work out a handful of people, and
    without what such a number would decide. `withheld`: what disclosure control hides
    beside that; `before`: what earlier editions told, as `as_json`."""
    norms = default_norms()
    sensitive = norms.sensitive
    evaluated, otherwise = whole.evaluated, whole.otherwise
    if evaluated is None or otherwise is None or whole.participants is None:
        return whole
    few = sensitive(evaluated) or sensitive(whole.participants - evaluated)
    if few or "evaluated" in withheld:
        return replace(
            whole,
            participants=None if sensitive(whole.participants) else whole.participants,
            evaluated=None,
            otherwise=None,
            too_few=False,
            other_circumstances=False,
        )
    few = sensitive(otherwise) or sensitive(evaluated - otherwise)
    few = few or norms.few_apart(_differences(evaluated, otherwise, before))
    if few or "otherwise" in withheld:
        return replace(whole, otherwise=None, other_circumstances=False)
    return whole


def _differences(
    evaluated: int, otherwise: int, before: Iterable[Mapping[str, object]]
) -> Iterator[int]:
    """How many more than an edition told were evaluated in other circumstances, and in
    the same."""
    for past in before:
        n, other = past["evaluated"], past["otherwise"]
        if isinstance(n, int) and isinstance(other, int):
            more = otherwise - other
            yield from (more, evaluated - n - more)
