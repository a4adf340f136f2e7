"""A pilot's criteria change: who would be judged otherwise, before it is done.

Applying appends: the new version of the pilot's file, and for everybody whose outcome
it changes a line on the ledger. Exceptions that somebody made with a reason stand.
Who has started already, or has left, is not judged again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.inflow import ledger
from trede.inflow.criteria import Judge, Outcome, Standing, judge, prepare
from trede.inflow.listed import facts_of, judged
from trede.inflow.matching import in_parts
from trede.inflow.models import Candidate, CriterionOutcome, Stage
from trede.pilots.loading import file_of, load_pilot, rules_of
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules
from trede.pilots.rules import Rules

Source = CriterionOutcome.Source
STILL_JUDGED = (
    Stage.LISTED,
    Stage.WAITING,
    Stage.RESTING,
    Stage.INTAKE,
    Stage.TO_START,
    Stage.PAIR_WAITING,
    Stage.INELIGIBLE,
)
Counting = dict[str, CriterionOutcome]


@dataclass(frozen=True)
class Flip:
    """Somebody who would be judged otherwise, and by which criteria."""

    candidate: Candidate
    was: Standing
    becomes: Standing
    because: tuple[str, ...]


@dataclass(frozen=True)
class Consequences:
    """What new rules would do. `outcomes` counts the lines they would add."""

    judged: int
    flips: tuple[Flip, ...]
    outcomes: int

    def counted(self) -> dict[tuple[Standing, Standing], int]:
        counts: dict[tuple[Standing, Standing], int] = {}
        for one in self.flips:
            key = (one.was, one.becomes)
            counts[key] = counts.get(key, 0) + 1
        return counts


def who_would_flip(*, pilot: Pilot, text: str, on: date) -> Consequences:
    """Raises `RulesRefused` when the text is not a pilot file. Changes nothing."""
    rules = _rules_for(pilot, text)
    judges = prepare(ledger.list_rules(rules), on=on)
    before, after = _codes(rules_of(pilot)), _codes(rules)
    flips, number, outcomes = [], 0, 0
    for some in in_parts(_still_judged(pilot)):
        for candidate, said, new in _judged_anew(some, judges):
            number, outcomes = number + 1, outcomes + len(new)
            flip = _flip(candidate, before, after, said, new)
            if flip:
                flips.append(flip)
    return Consequences(number, tuple(flips), outcomes)


def apply(
    *, pilot: Pilot, text: str, reason: str, by: Actor, at: datetime
) -> Consequences:
    """Load the file and write on the ledger what it changes; all or nothing."""
    if not reason.strip():
        raise Refused(_("Say why the rules change."), "reason")
    on = timezone.localdate(at)
    with transaction.atomic():
        Pilot.objects.select_for_update().get(pk=pilot.pk)
        consequences = who_would_flip(pilot=pilot, text=text, on=on)
        load_pilot(
            text=text, municipality=pilot.municipality, reason=reason, by=by, at=at
        )
        judges = prepare(ledger.list_rules(read_rules(text)), on=on)
        entry = ledger.Entry(
            source=Source.RULE,
            reference_on=on,
            rules_number=file_of(pilot).number,
            by=by,
            at=at,
        )
        persons: list[int] = []
        for some in in_parts(_still_judged(pilot)):
            for candidate, _said, new in _judged_anew(some, judges):
                ledger.append([(candidate, one) for one in new], entry)
                persons += [candidate.person_id] if new else []
        record(
            "applied changed rules",
            by=by,
            at=at,
            on=pilot,
            persons=persons,
            purpose="guidance",
        )
    return consequences


def _rules_for(pilot: Pilot, text: str) -> Rules:
    rules = read_rules(text)
    if rules.pilot.code != pilot.code:
        raise Refused(
            _("This file is of another pilot: %(code)s. Choose the file of this one.")
            % {"code": rules.pilot.code},
            "text",
        )
    return rules


def _still_judged(pilot: Pilot) -> list[Candidate]:
    rows = Candidate.objects.filter(pilot=pilot, stage__in=STILL_JUDGED)
    return list(rows.order_by("pk"))


def _judged_anew(
    candidates: Sequence[Candidate], judges: tuple[Judge, ...]
) -> Iterator[tuple[Candidate, Counting, list[Outcome]]]:
    """Each candidate with what counts now and what the rules say otherwise."""
    counting = ledger.standing(candidates)
    people = {
        one.pk: one
        for one in Candidate.objects.filter(
            pk__in=[one.pk for one in candidates]
        ).select_related("person")
    }
    for number, said in counting.items():
        candidate = people[number]
        facts = judged(
            facts_of(candidate),
            candidate.person.birth_date,
            candidate.person.birth_country,
        )
        new = [
            one
            for one in judge(facts, judges)
            if _is_otherwise(one, said.get(one.code))
        ]
        yield candidate, said, new


def _is_otherwise(outcome: Outcome, line: CriterionOutcome | None) -> bool:
    """A rule changes what a list or an earlier rule said; never what a person said."""
    if line is None:
        return True
    by_somebody = line.source in (Source.OVERRIDE, Source.COACH)
    return not by_somebody and line.outcome != outcome.result


def _flip(
    candidate: Candidate,
    before: list[str],
    after: list[str],
    said: Counting,
    new: list[Outcome],
) -> Flip | None:
    earlier = {code: line.outcome for code, line in said.items()}
    later = {**earlier, **{one.code: one.result for one in new}}
    was, becomes = _came_to(earlier, before), _came_to(later, after)
    if was == becomes:
        return None
    because = [
        code
        for code in dict.fromkeys((*after, *before))
        if (code in after) != (code in before) or earlier.get(code) != later.get(code)
    ]
    return Flip(candidate, was, becomes, tuple(because))


def _came_to(outcomes: dict[str, str], codes: list[str]) -> Standing:
    return ledger.came_to(outcomes.get(code, "unknown") for code in codes)


def _codes(rules: Rules) -> list[str]:
    return [one.code for one in ledger.criteria(rules, "list")]
