"""One part of a confirmed list is read in: people, candidates, ledger, and the rows.

What the check showed is what happens. Only a BSN is looked up once more, because
somebody may have been referred since; they are the same person then.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F

from trede import many_rows
from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.inflow import ledger, stages
from trede.inflow.checking import Findings
from trede.inflow.comparing import READ_IN, Plan, plan_of, told_of
from trede.inflow.criteria import judge, prepare
from trede.inflow.differences import FACTS, before_of
from trede.inflow.listed import Listed, taken_out
from trede.inflow.matching import in_parts
from trede.inflow.models import (
    Candidate,
    CriterionOutcome,
    ListPart,
    ListRow,
    ListUpload,
    Stage,
    StageTransition,
)
from trede.people import searching
from trede.people.models import Person
from trede.people.registering import change_person, register_many
from trede.pilots.loading import file_of
from trede.pilots.rules import Rules

Outcome = ListRow.Outcome
BACK_ON_THE_LIST = "back_on_list"
NO_LONGER_LISTED = "not_on_list"
AT_A_TIME = 500


@dataclass
class Reading:
    """A row on its way in."""

    one: Listed
    person: Person | None
    candidate: Candidate | None
    plan: Plan
    outcome: Outcome


def actor_of(upload: ListUpload) -> Actor:
    """Who confirmed the list, also when reading it in goes on later."""
    kind, _, number = upload.confirmed_by.partition(":")
    staff = Staff.objects.get(pk=number) if kind == "staff" else None
    return Actor(upload.confirmed_by, upload.pilot.municipality_id, staff)


def rows_left_out(upload: ListUpload, findings: Findings) -> None:
    """The rows that are not people, or the same ones again: so the sum comes out."""
    unread = {one.row: Outcome.REJECTED for one in findings.to_check}
    repeats = {row: Outcome.DUPLICATE for row, _again in findings.repeats}
    many_rows.add(
        ListRow,
        ("row", "outcome"),
        ((row, outcome.value) for row, outcome in {**repeats, **unread}.items()),
        shared=ListRow(upload=upload),
    )


def read_in(upload: ListUpload, part: ListPart, rules: Rules) -> None:
    """Part of a rule that holds the lock on the upload."""
    by, people = actor_of(upload), taken_out(bytes(part.content))
    readings = _readings(upload, people)
    _register(upload, [one for one in readings if one.person is None], by)
    _change(upload, readings, by)
    read = [one for one in readings if one.outcome in READ_IN]
    _become_candidates(upload, read, rules, by)
    _judge(upload, read, rules, by)
    _write_rows(upload, people, read)
    part.content, part.done_at = b"", upload.confirmed_at
    part.save(update_fields=["content", "done_at"])


def finish(upload: ListUpload) -> None:
    """Who is no longer on the list steps aside, if nothing else happened with them."""
    by, at = actor_of(upload), _at(upload)
    again = upload.rows.filter(outcome__in=READ_IN)
    missing = set(Findings.taken_out(bytes(upload.findings)).gone) - set(
        again.values_list("candidate__person", flat=True)
    )
    gone: list[Candidate] = []
    for some in in_parts(sorted(missing)):
        still_listed = Candidate.objects.filter(
            pilot=upload.pilot, person__in=some, stage=Stage.LISTED, referrals=None
        )
        gone += stages.move_all(
            still_listed,
            after=Stage.LISTED,
            to=Stage.GONE,
            by=by,
            at=at,
            reason=NO_LONGER_LISTED,
        )
    ListRow.objects.bulk_create(
        (
            ListRow(upload=upload, row=0, outcome=Outcome.GONE, candidate=one)
            for one in gone
        ),
        batch_size=AT_A_TIME,
    )
    record(
        "finished reading in a target list",
        by=by,
        at=at,
        on=upload,
        persons=[one.person_id for one in gone],
        purpose="guidance",
    )
    upload.counts = {**upload.counts, **counted(upload), "gone_marked": len(gone)}


def counted(upload: ListUpload) -> dict[str, int]:
    """The sum as it came out."""
    outcomes = upload.rows.values_list("outcome").annotate(n=Count("pk"))
    found = dict(outcomes.values_list("outcome", "n"))
    return {
        "new": found.get(Outcome.NEW, 0),
        "same": found.get(Outcome.SAME, 0),
        "changed": found.get(Outcome.CHANGED, 0),
        "duplicate": found.get(Outcome.DUPLICATE, 0),
        "to_check": found.get(Outcome.REJECTED, 0),
    }


def _at(upload: ListUpload) -> datetime:
    if upload.confirmed_at is None:
        raise ValueError(f"{upload} was not confirmed")
    return upload.confirmed_at


def _readings(upload: ListUpload, people: Sequence[Listed]) -> list[Reading]:
    municipality = upload.pilot.municipality
    to_read = [one for one in people if one.outcome in READ_IN]
    numbers = searching.by_bsn(
        municipality=municipality,
        numbers=[one.details.bsn for one in to_read if one.details.bsn],
    )
    for one in to_read:
        one.known = one.known or numbers.get(one.details.bsn, 0)
    known = _standing_people([one.known for one in to_read])
    candidates = {
        one.person_id: one
        for one in Candidate.objects.select_for_update().filter(
            pilot=upload.pilot, person__in=list(known.values())
        )
    }
    before = told_of(upload.previous, [one.pk for one in known.values()])
    taken, readings = _taken(upload, known), []
    for one in to_read:
        person = known.get(one.known)
        if person and person.pk in taken:
            one.outcome = Outcome.DUPLICATE
            continue
        candidate = candidates.get(person.pk) if person else None
        told = before.get(person.pk, b"") if person else b""
        plan = plan_of(one, person, candidate, told, municipality.pk)
        if person:
            taken.add(person.pk)
        readings.append(Reading(one, person, candidate, plan, plan.outcome))
    return readings


def _standing_people(numbers: Sequence[int]) -> dict[int, Person]:
    """By number; who was merged meanwhile is found under the record that was kept."""
    known: dict[int, Person] = {}
    for some in in_parts([number for number in numbers if number]):
        known.update(Person.objects.select_for_update().in_bulk(some))
    for number, person in list(known.items()):
        while person.merged_into is not None:
            person = person.merged_into
        known[number] = person
    return {number: one for number, one in known.items() if one.erased_at is None}


def _taken(upload: ListUpload, known: Mapping[int, Person]) -> set[int]:
    """Who of these an earlier part of this list has read in."""
    rows = upload.rows.filter(
        candidate__person__in=list(known.values()), outcome__in=READ_IN
    )
    return set(rows.values_list("candidate__person", flat=True))


def _register(upload: ListUpload, readings: Sequence[Reading], by: Actor) -> None:
    if not readings:
        return
    people = register_many(
        municipality=upload.pilot.municipality,
        details=[one.one.details for one in readings],
        by=by,
        at=_at(upload),
    )
    for reading, person in zip(readings, people, strict=True):
        reading.person = person


def _change(upload: ListUpload, readings: Sequence[Reading], by: Actor) -> None:
    for one in readings:
        if not one.plan.of_person or one.person is None:
            continue
        changes = {change.field: change.becomes for change in one.plan.of_person}
        try:
            one.person = change_person(
                person=one.person,
                changes=changes,
                edition=one.person.edition,
                by=by,
                at=_at(upload),
            )
        except Refused:
            # What is known and what the list says cannot both be right.
            one.outcome = Outcome.REJECTED
            one.one.outcome = Outcome.REJECTED


def _become_candidates(
    upload: ListUpload, readings: Sequence[Reading], rules: Rules, by: Actor
) -> None:
    at = _at(upload)
    new = [one for one in readings if one.candidate is None]
    made = many_rows.create(
        [
            Candidate(
                person=one.person,
                pilot=upload.pilot,
                since_on=upload.reference_on,
                stage_since=at,
                **one.one.facts.told(),
            )
            for one in new
        ]
    )
    for reading, candidate in zip(new, made, strict=True):
        reading.candidate = candidate
    stages.enter(made, by=by, at=at)
    _learn([one for one in readings if one.plan.of_candidate])
    known = [one.candidate for one in readings if one.candidate]
    stages.move_all(
        _gone_without_leaving(known, rules),
        after=Stage.GONE,
        to=Stage.LISTED,
        by=by,
        at=at,
        reason=BACK_ON_THE_LIST,
    )


def _gone_without_leaving(
    known: Sequence[Candidate], rules: Rules
) -> Sequence[Candidate]:
    """A list brings back who went off by a list. Whoever stopped, moved or died, as a
    coach noted, is not called again because a list still names them, and stays in the
    report what they were; a referral brings them back."""
    gone = [one for one in known if one.stage == Stage.GONE]
    left = StageTransition.objects.filter(
        candidate__in=gone,
        stage=Stage.GONE,
        at=F("candidate__stage_since"),
        reason__in=[one.code for one in rules.reasons.no_longer],
    )
    noted = set(left.values_list("candidate_id", flat=True))
    return [one for one in gone if one.pk not in noted]


def _learn(readings: Sequence[Reading]) -> None:
    for reading in readings:
        for name, value in reading.one.facts.told().items():
            setattr(reading.candidate, name, value)
    candidates = [one.candidate for one in readings if one.candidate]
    if candidates:
        Candidate.objects.bulk_update(
            candidates, [*FACTS, "other_track_known"], batch_size=AT_A_TIME
        )


def _judge(
    upload: ListUpload, readings: Sequence[Reading], rules: Rules, by: Actor
) -> None:
    judges = prepare(ledger.list_rules(rules), on=upload.reference_on)
    known = [one.candidate for one in readings if one.candidate]
    before = ledger.standing(known)
    entry = ledger.Entry(
        source=CriterionOutcome.Source.LIST,
        reference_on=upload.reference_on,
        rules_number=file_of(upload.pilot).number,
        by=by,
        at=_at(upload),
        upload=upload,
    )
    ledger.append(
        (
            (one.candidate, outcome)
            for one in readings
            if one.candidate
            for outcome in judge(one.plan.facts, judges)
            if ledger.says_something_new(
                outcome, before[one.candidate.pk].get(outcome.code)
            )
        ),
        entry,
    )


def _write_rows(
    upload: ListUpload, people: Sequence[Listed], readings: Sequence[Reading]
) -> None:
    many_rows.add(
        ListRow,
        ("row", "outcome", "candidate", "told", "before"),
        (
            (
                one.one.row,
                one.outcome.value,
                one.candidate.pk if one.candidate else None,
                one.plan.told,
                _before(one.plan),
            )
            for one in readings
        ),
        shared=ListRow(upload=upload),
    )
    many_rows.add(
        ListRow,
        ("row", "outcome"),
        ((one.row, one.outcome) for one in people if one.outcome not in READ_IN),
        shared=ListRow(upload=upload),
    )
    record(
        "read in a part of a target list",
        by=actor_of(upload),
        at=_at(upload),
        on=upload,
        persons=[one.one.known for one in readings if one.one.known],
        purpose="guidance",
    )


def _before(plan: Plan) -> str:
    changed = before_of({"person": plan.of_person, "candidate": plan.of_candidate})
    return json.dumps(changed, ensure_ascii=False) if changed else ""
