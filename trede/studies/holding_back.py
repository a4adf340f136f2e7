"""Why a report does not show the evaluation (T1) yet: worked out from the data.

Two things can be wrong with it. Too few people have answered it, and they did so under
other circumstances than their intake, so that a difference may be the lockdown's. The
pilot's file says until which data it is held back; what is said of it is counted here.
"""

from dataclasses import asdict, dataclass
from datetime import date

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
    participants: int
    otherwise: int | None
    too_few: bool
    other_circumstances: bool
    simulated: bool
    by_file: str

    @property
    def held_back(self) -> bool:
        return self.too_few or self.other_circumstances or bool(self.by_file)

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"held_back": self.held_back}


def evaluation_held_back(study: Study, rules: Rules, until: date) -> HeldBack:
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
    otherwise = sum(
        kind(sitting) != kind(chosen[person_id, INTAKE])
        for person_id, sitting in after.items()
    )
    return HeldBack(
        wave=EVALUATION,
        evaluated=len(after),
        participants=len(participants),
        otherwise=otherwise,
        too_few=len(after) < ENOUGH * len(participants),
        other_circumstances=2 * otherwise > len(after),
        simulated=any(sitting.simulated for sitting in after.values()),
        by_file=next(
            (
                each.reason
                for each in rules.report.withheld
                if each.wave == EVALUATION and until <= each.until_on
            ),
            "",
        ),
    )


def held_back_for_public(whole: HeldBack) -> HeldBack:
    """The same without a number from which one could work out a handful of people."""
    sensitive = default_norms().sensitive
    evaluated, otherwise = whole.evaluated, whole.otherwise
    if evaluated is None or otherwise is None:
        return whole
    if sensitive(evaluated) or sensitive(whole.participants - evaluated):
        evaluated, otherwise = None, None
    elif sensitive(otherwise) or sensitive(evaluated - otherwise):
        otherwise = None
    return HeldBack(**asdict(whole) | {"evaluated": evaluated, "otherwise": otherwise})
