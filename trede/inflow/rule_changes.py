"""A pilot's criteria change: who would be judged otherwise, before it is done.

Applying appends: the new version of the pilot's file, and for everybody whose outcome
it changes a line on the ledger. Exceptions that somebody made with a reason stand.
Who has started already, or has left, is not judged again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.inflow import ledger
from trede.inflow.criteria import Judge, Outcome, Standing, judge, prepare
from trede.inflow.listed import KnownFacts, facts_of, judged
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


@dataclass(frozen=True)
class Anew:
    """A candidate, what counts now, and what the rules say otherwise."""

    candidate: Candidate
    reference_on: date
    said: Counting
    new: list[Outcome]


def who_would_flip(*, pilot: Pilot, text: str, on: date) -> Consequences:
    """Raises `RulesRefused` when the text is not a pilot file. Changes nothing.

    Everybody is judged on the reference date of what is on the ledger, so that only
    the rules make the difference; on `on` who was not judged before.
    """
    rules = _rules_for(pilot, text)
    before, after = _codes(rules_of(pilot)), _codes(rules)
    flips, number, outcomes = [], 0, 0
    for one in _judged_anew(pilot, rules, on):
        number, outcomes = number + 1, outcomes + len(one.new)
        flip = _flip(one, before, after)
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
        persons = []
        changed = [one for one in _judged_anew(pilot, read_rules(text), on) if one.new]
        for one in changed:
            entry = ledger.Entry(
                source=Source.RULE,
                reference_on=one.reference_on,
                rules_number=file_of(pilot).number,
                by=by,
                at=at,
            )
            ledger.append([(one.candidate, outcome) for outcome in one.new], entry)
            persons.append(one.candidate.person_id)
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


def _judged_anew(pilot: Pilot, rules: Rules, on: date) -> Iterator[Anew]:
    criteria = ledger.list_rules(rules)
    judges: dict[date, tuple[Judge, ...]] = {}
    rows = Candidate.objects.filter(
        pilot=pilot,
        stage__in=STILL_JUDGED,
        person__merged_into=None,
        person__erased_at=None,
    )
    for numbers in in_parts(list(rows.order_by("pk").values_list("pk", flat=True))):
        some = list(rows.filter(pk__in=numbers).select_related("person").order_by("pk"))
        counting = ledger.standing(some)
        for candidate in some:
            said = counting[candidate.pk]
            then = _reference_date(said, on)
            if then not in judges:
                judges[then] = prepare(criteria, on=then)
            outcomes = judge(_facts(candidate), judges[then])
            new = [one for one in outcomes if _is_otherwise(one, said.get(one.code))]
            yield Anew(candidate, then, said, new)


def _facts(candidate: Candidate) -> KnownFacts:
    person = candidate.person
    return judged(facts_of(candidate), person.birth_date, person.birth_country)


def _reference_date(said: Counting, on: date) -> date:
    """Of the newest list or rule that judged somebody."""
    days = [
        line.reference_on
        for line in said.values()
        if line.source in (Source.LIST, Source.RULE)
    ]
    return max(days, default=on)


def _is_otherwise(outcome: Outcome, line: CriterionOutcome | None) -> bool:
    """A rule changes what a list or an earlier rule said; never what a person said."""
    if line is None:
        return True
    by_somebody = line.source in (Source.OVERRIDE, Source.COACH)
    return not by_somebody and line.outcome != outcome.result


def _flip(one: Anew, before: list[str], after: list[str]) -> Flip | None:
    earlier = {code: line.outcome for code, line in one.said.items()}
    later = {**earlier, **{new.code: new.result for new in one.new}}
    was, becomes = _came_to(earlier, before), _came_to(later, after)
    if was == becomes:
        return None
    because = [
        code
        for code in dict.fromkeys((*after, *before))
        if (code in after) != (code in before) or earlier.get(code) != later.get(code)
    ]
    return Flip(one.candidate, was, becomes, tuple(because))


def _came_to(outcomes: dict[str, str], codes: list[str]) -> Standing:
    return ledger.came_to(outcomes.get(code, "unknown") for code in codes)


def _codes(rules: Rules) -> list[str]:
    return [one.code for one in ledger.criteria(rules, "list")]
