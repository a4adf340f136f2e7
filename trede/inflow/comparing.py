"""What will become of each row of a list: new, the same, changed, double or to check.

Compares the list with who is known and with the list before, and judges everybody by
the pilot's criteria. The sum always comes out: rows = new + same + changed + double +
to check. A row that may be somebody who is known already is to check until somebody
has decided that.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from trede.accounts.models import Municipality
from trede.inflow import differences
from trede.inflow.checking import Check, Difference, Findings, Perhaps
from trede.inflow.criteria import CriterionRule, Judge, judge, prepare, standing
from trede.inflow.differences import Change
from trede.inflow.ledger import list_rules
from trede.inflow.listed import (
    KnownFacts,
    Listed,
    ListFacts,
    facts_of,
    judged,
    together,
)
from trede.inflow.matching import Match, in_parts, match
from trede.inflow.models import Candidate, ListRow, ListUpload, Stage
from trede.inflow.reading.values import fold
from trede.people.models import Person
from trede.people.naming import joined_name
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules

Outcome = ListRow.Outcome
READ_IN = (Outcome.NEW, Outcome.SAME, Outcome.CHANGED)
RESULTS = ("met", "not_met", "unknown")
# What the list before told of each person, as digests.
Before = Mapping[int, bytes]


@dataclass(frozen=True)
class Plan:
    """What reading in one row comes down to."""

    outcome: Outcome
    of_person: list[Change]
    of_candidate: list[Change]
    told: bytes
    facts: KnownFacts


@dataclass
class _Tally:
    standings: Counter[str] = field(default_factory=Counter)
    results: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, facts: KnownFacts, judges: Sequence[Judge]) -> None:
        outcomes = judge(facts, judges)
        self.standings[standing(outcomes)] += 1
        self.results.update((one.code, one.result) for one in outcomes)

    def as_counts(self, rules: Sequence[CriterionRule]) -> dict[str, object]:
        by_criterion = {
            one.code: {result: self.results[one.code, result] for result in RESULTS}
            for one in rules
        }
        names = ("eligible", "ineligible", "undecided")
        standings = {name: self.standings[name] for name in names}
        return {**standings, "by_criterion": by_criterion}


def compare(
    check: Check,
    *,
    pilot: Pilot,
    rules: Rules,
    on: date,
    decisions: Mapping[str, int],
    previous: ListUpload | None,
) -> dict[str, object]:
    """Decide of each row what will become of it, and count. Changes nothing."""
    findings = check.findings
    findings.perhaps, findings.differences, findings.gone = [], [], []
    _recognise(check, pilot.municipality, decisions)
    before, criteria, tally = told_of(previous), list_rules(rules), _Tally()
    judges = prepare(criteria, on=on)
    for some in in_parts([one for one in check.people if not one.outcome]):
        for one, person, plan in planned(some, pilot, before):
            one.outcome = plan.outcome
            findings.differences += _shown(person, plan)
            tally.add(plan.facts, judges)
    met_again = {one.known for one in check.people if one.outcome in READ_IN}
    missing = before.keys() - met_again
    in_doubt = _in_doubt(findings, missing)
    findings.gone = sorted(missing - in_doubt)
    counts = _counts(check, before=len(before), in_doubt=len(in_doubt))
    return {**counts, **tally.as_counts(criteria), **check.about}


def told_of(
    previous: ListUpload | None, people: Sequence[int] | None = None
) -> dict[int, bytes]:
    """Who (of these people) were on the list before, with what it told of them."""
    if previous is None:
        return {}
    rows = previous.rows.filter(outcome__in=READ_IN)
    if people is not None:
        rows = rows.filter(candidate__person__in=people)
    told = rows.values_list("candidate__person", "told")
    return {person: bytes(digests) for person, digests in told.iterator()}


def planned(
    people: Sequence[Listed], pilot: Pilot, before: Before
) -> list[tuple[Listed, Person | None, Plan]]:
    """The plan for some rows at once, with the person where one is known."""
    numbers = [one.known for one in people if one.known]
    known = Person.objects.in_bulk(numbers)
    candidates = {
        one.person_id: one
        for one in Candidate.objects.filter(pilot=pilot, person__in=numbers)
    }
    return [
        (
            one,
            known.get(one.known),
            plan_of(
                one,
                known.get(one.known),
                candidates.get(one.known),
                before.get(one.known, b""),
                pilot.municipality_id,
                must_tell=False,
            ),
        )
        for one in people
    ]


def plan_of(
    one: Listed,
    person: Person | None,
    candidate: Candidate | None,
    before: bytes,
    municipality_id: int,
    *,
    must_tell: bool = True,
) -> Plan:
    told = differences.told(one, municipality_id) if person or must_tell else b""
    of_person = (
        differences.changes_of_person(one, person, before, told) if person else []
    )
    of_candidate = differences.changes_of_candidate(one, candidate) if candidate else []
    earlier = facts_of(candidate) if candidate else ListFacts()
    facts = judged(
        together(earlier, one.facts),
        one.details.birth_date or (person.birth_date if person else ""),
        one.details.birth_country or (person.birth_country if person else ""),
    )
    outcome = Outcome.NEW
    if candidate:
        changed = of_person or of_candidate or candidate.stage == Stage.GONE
        outcome = Outcome.CHANGED if changed else Outcome.SAME
    return Plan(outcome, of_person, of_candidate, told, facts)


def _recognise(
    check: Check, municipality: Municipality, decisions: Mapping[str, int]
) -> None:
    taken: set[int] = set()
    matches = match(municipality, check.people)
    for one, found in zip(check.people, matches, strict=True):
        known, sure = _decided(one, found, decisions)
        one.known, one.outcome = known, ""
        if not sure:
            one.outcome = Outcome.REJECTED
            check.findings.perhaps.append(_perhaps(one, found))
        elif known in taken:
            one.outcome = Outcome.DUPLICATE
        elif known:
            taken.add(known)


def _decided(
    one: Listed, found: Match, decisions: Mapping[str, int]
) -> tuple[int, bool]:
    decision = decisions.get(str(one.row))
    if found.known or not found.perhaps:
        return found.known, True
    if decision == 0 or decision in found.perhaps:
        return decision, True
    return 0, False


def _perhaps(one: Listed, found: Match) -> Perhaps:
    details = one.details
    name = joined_name(details.given_names, details.name_prefix, details.surname)
    return Perhaps(one.row, name, details.birth_date, list(found.perhaps))


def _shown(person: Person | None, plan: Plan) -> list[Difference]:
    if person is None:
        return []
    return [
        Difference(person.pk, one.field, one.was, one.becomes)
        for one in (*plan.of_person, *plan.of_candidate)
    ]


def _in_doubt(findings: Findings, missing: Set[int]) -> set[int]:
    """Who is missing, but seems to stand in a row that waits to be checked."""
    found = {one for row in findings.perhaps for one in row.people} & missing
    digits = {row.digits for row in findings.unread if row.digits}
    words = [set(row.words) for row in findings.unread]
    for some in in_parts(sorted(missing) if findings.unread else []):
        for person in Person.objects.in_bulk(some).values():
            surname = set(fold(person.surname).split())
            first = set(fold(person.given_names).split()[:1])
            alike = surname and any(surname | first <= row for row in words)
            if alike or person.bsn.lstrip("0") in digits or person.bsn in digits:
                found.add(person.pk)
    return found


def _counts(check: Check, *, before: int, in_doubt: int) -> dict[str, object]:
    findings: Findings = check.findings
    outcomes = Counter(one.outcome for one in check.people)
    unread = {one.row for one in findings.to_check}
    return {
        "rows": check.rows,
        "new": outcomes[Outcome.NEW],
        "same": outcomes[Outcome.SAME],
        "changed": outcomes[Outcome.CHANGED],
        "duplicate": outcomes[Outcome.DUPLICATE] + len(findings.repeats),
        "to_check": outcomes[Outcome.REJECTED] + len(unread),
        "gone": len(findings.gone),
        "before": before,
        "in_doubt": in_doubt,
        "again": before - len(findings.gone) - in_doubt,
    }
