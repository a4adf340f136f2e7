"""The design of the study changes on a day, with a reason, and says what that means.

Lots, waves and starting follow the design in the pilot's file, so the file must hold
the change too, on the same day: one that stood here only would change nothing.

For everybody it is stated which sitting is the baseline. The rule comes from that file:
for who had started and for who came later the first intake, for who was waiting the
renewed one. A renewed intake often comes after the change, so statements are added as
they become known; the newest counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.pilots import study_rules
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Design
from trede.questionnaires.models import Sitting
from trede.studies.baselines import INTAKE, answered_sittings
from trede.studies.models import Amendment, Baseline, Study
from trede.studies.rows import design_on
from trede.trajectories.models import Trajectory

Because = Baseline.Because
DAY = date.resolution


@dataclass(frozen=True)
class Planned:
    """A design of the pilot's file. `change` is how it came, None for the first."""

    design: Design
    change: study_rules.Amendment | None
    recorded: bool


def planned(study: Study, rules: Rules) -> list[Planned]:
    """Which design the file has from which day, and which changes still have to be
    recorded."""
    changes = {each.on: each for each in rules.amendments}
    recorded = set(study.amendments.values_list("on", flat=True))
    return [
        Planned(each, changes.get(each.from_on), each.from_on in recorded)
        for each in sorted(rules.designs, key=lambda design: design.from_on)
    ]


def to_record(plan: list[Planned]) -> study_rules.Amendment | None:
    """The first change of the file that has not been recorded."""
    return next((one.change for one in plan if one.change and not one.recorded), None)


def amend(
    *,
    study: Study,
    on: date,
    after: str,
    reason: str,
    baselines: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Amendment:
    """Record the change. `baselines` says for `started`, `waiting` and `new` whether
    the `first` or the `latest` intake counts; left out, the pilot's file says so."""
    rules = rules_of(study.pilot, on)
    staff = _staff(by)
    before = design_on(rules, on - DAY)
    if after not in {design.code for design in rules.designs}:
        raise Refused(_("The pilot's file has no such design."), "after")
    if after == before:
        raise Refused(_("This design is already in force on that day."), "after")
    if after != design_on(rules, on):
        raise Refused(_not_in_file(rules), "on")
    if not reason.strip():
        raise Refused(_("Say why the design changes."), "reason")
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        if study.amendments.filter(on=on).exists():
            raise Refused(_("A change on this day has been recorded already."), "on")
        amendment = Amendment.objects.create(
            study=study,
            on=on,
            before=before,
            after=after,
            reason=reason,
            recorded_at=at,
            recorded_by=staff,
        )
        stated = _state(amendment, baselines or _from_file(rules, on), at)
        record(
            "amended the study design",
            by=by,
            at=at,
            on=amendment,
            persons=sorted({one.person_id for one in stated}),
            purpose="research",
        )
    return amendment


def state_baselines(*, amendment: Amendment, by: Actor, at: datetime) -> list[Baseline]:
    """Add what has become known since: intakes that were renewed, people who came."""
    rules = rules_of(amendment.study.pilot, amendment.on)
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=amendment.study_id)
        added = _state(amendment, _from_file(rules, amendment.on), at)
        if added:
            record(
                "stated baselines",
                by=by,
                at=at,
                on=amendment,
                persons=sorted({one.person_id for one in added}),
                purpose="research",
            )
    return added


def _state(
    amendment: Amendment, which: Mapping[str, str], at: datetime
) -> list[Baseline]:
    pilot = amendment.study.pilot
    started = frozenset(
        Trajectory.objects.filter(pilot=pilot, started_on__lt=amendment.on).values_list(
            "person_id", flat=True
        )
    )
    intakes: dict[int, list[Sitting]] = {}
    for sitting in answered_sittings(pilot, timezone.localdate(at)):
        if sitting.wave == INTAKE:
            intakes.setdefault(sitting.person_id, []).append(sitting)
    known = set(amendment.baselines.values_list("person_id", "sitting_id"))
    added = []
    for person_id, sittings in sorted(intakes.items()):
        because = _because(sittings[0], person_id in started, amendment.on)
        place = -1 if which.get(because) == "latest" else 0
        sitting = sittings[place]
        if (person_id, sitting.pk) not in known:
            added.append(
                Baseline(
                    amendment=amendment,
                    person_id=person_id,
                    sitting=sitting,
                    because=because,
                    stated_at=at,
                )
            )
    return Baseline.objects.bulk_create(added)


def _because(first: Sitting, had_started: bool, on: date) -> Baseline.Because:
    if had_started:
        return Because.STARTED
    if timezone.localdate(first.prepared_at) < on:
        return Because.WAITING
    return Because.NEW


def _from_file(rules: Rules, on: date) -> Mapping[str, str]:
    planned: tuple[study_rules.Amendment, ...] = rules.amendments
    found = [each for each in planned if each.on == on]
    return {
        baseline.for_whom: baseline.sitting
        for each in found
        for baseline in each.baselines
        if baseline.wave == INTAKE
    }


def _not_in_file(rules: Rules) -> str:
    days = [each.on.strftime("%d-%m-%Y") for each in rules.amendments]
    if days:
        return _(
            "By the pilot's file the design changes on %(days)s. Choose that day, or"
            " have the file changed first: lots and measurements follow the file."
        ) % {"days": ", ".join(days)}
    return _(
        "The pilot's file has no change of the design. Have it put in the file first:"
        " lots and measurements follow the file."
    )


def _staff(by: Actor) -> Staff:
    if by.staff is None:
        raise Refused(_("Only a researcher can change the design of the study."))
    return by.staff
