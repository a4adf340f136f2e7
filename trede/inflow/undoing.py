"""A list that was read in is taken back: by adding, never by deleting.

Who came in by this list goes off it, changed fields become what they were, who went
off comes back, and the ledger says again what it said before. Not for somebody with
whom something happened since: they are named, and stay as they are. It goes in parts,
as reading in does, and goes on where it was broken off.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.contact.models import ContactMoment
from trede.inflow import importing, stages
from trede.inflow.comparing import READ_IN
from trede.inflow.differences import NO_TRACK
from trede.inflow.models import (
    Candidate,
    CriterionOutcome,
    ListRow,
    ListUpload,
    Stage,
    StageTransition,
)
from trede.inflow.reading_in import BACK_ON_THE_LIST
from trede.people.models import Person
from trede.people.registering import change_person

State, Outcome, Undone = ListUpload.State, ListRow.Outcome, ListRow.Undone
LIST_UNDONE = "list_undone"
PART = 500
Changed = Mapping[str, list[str]]


def undo(*, upload: ListUpload, by: Actor, at: datetime) -> ListUpload:
    begin(upload=upload, by=by, at=at)
    while not go_on(upload=upload, by=by, at=at):
        pass
    upload.refresh_from_db()
    return upload


def begin(*, upload: ListUpload, by: Actor, at: datetime) -> None:
    """Decide to take the list back. A second time it is decided already."""
    with transaction.atomic():
        now = importing.locked_alone(upload)
        if now.state in (State.UNDOING, State.UNDONE):
            return
        importing.refuse_while_another_is_busy(now)
        _refuse_what_cannot_be_undone(now, at)
        now.state, now.undone_at = State.UNDOING, at
        now.save(update_fields=["state", "undone_at"])
        record("undid a target list", by=by, at=at, on=now, purpose="guidance")


def go_on(*, upload: ListUpload, by: Actor, at: datetime) -> bool:
    """Take the next part back; whether everything has been."""
    with transaction.atomic():
        now = importing.locked(upload)
        if now.state != State.UNDOING:
            return True
        rows = now.rows.filter(undone="", candidate__isnull=False).order_by("pk")
        some = list(rows.select_related("candidate__person")[:PART])
        if not some:
            now.state = State.UNDONE
            now.save(update_fields=["state"])
            return True
        _take_back(now, some, by, now.undone_at or at)
    return False


def left(upload: ListUpload) -> tuple[int, int]:
    """How many of how many people have been taken back."""
    rows = upload.rows.filter(candidate__isnull=False)
    return rows.exclude(undone="").count(), rows.count()


def stayed(upload: ListUpload) -> list[Candidate]:
    """With whom something happened since, so that they stayed as they are."""
    rows = upload.rows.filter(undone=Undone.KEPT).select_related("candidate__person")
    return [one.candidate for one in rows if one.candidate]


def _refuse_what_cannot_be_undone(upload: ListUpload, at: datetime) -> None:
    if upload.state != State.CONFIRMED:
        raise Refused(_("Only a list that was read in can be undone."))
    until = importing.undo_until(upload)
    if until is None or timezone.localdate(at) > until:
        raise Refused(
            _("This list could be undone until %(day)s; the file is gone since then.")
            % {"day": f"{until:%d-%m-%Y}" if until else "-"}
        )
    if importing.newest_confirmed(upload.pilot) != upload:
        raise Refused(
            _("A later list was read in after this one. Undo that one first.")
        )


def _take_back(
    upload: ListUpload, rows: Sequence[ListRow], by: Actor, at: datetime
) -> None:
    moved_on = _moved_on(upload, rows)
    still = [one for one in rows if one.candidate_id not in moved_on]
    _off_the_list(upload, still, by, at)
    _back_on_the_list(still, by, at)
    kept = {one.pk for one in still if not _restore(one, by, at)}
    _say_again(upload, still, by, at)
    for one in rows:
        stays = one.candidate_id in moved_on or one.pk in kept
        one.undone = Undone.KEPT if stays else Undone.BACK
    ListRow.objects.bulk_update(rows, ["undone"])
    record(
        "took back a part of a target list",
        by=by,
        at=at,
        on=upload,
        persons=[one.candidate.person_id for one in rows if one.candidate],
        purpose="guidance",
    )


def _moved_on(upload: ListUpload, rows: Sequence[ListRow]) -> set[int]:
    """Candidates with whom something happened after the list was read in."""
    moment = importing.confirmed_at(upload)
    numbers = [one.candidate_id for one in rows if one.candidate_id]
    later = StageTransition.objects.filter(candidate=OuterRef("pk"), at__gt=moment)
    said = CriterionOutcome.objects.filter(
        candidate=OuterRef("pk"),
        source__in=(
            CriterionOutcome.Source.COACH,
            CriterionOutcome.Source.OVERRIDE,
        ),
        at__gt=moment,
    )
    spoken = ContactMoment.objects.filter(
        person=OuterRef("person"), pilot=OuterRef("pilot"), at__gt=moment
    )
    elsewhere = ~Q(stage__in=(Stage.LISTED, Stage.GONE))
    referred = Q(referrals__at__gt=moment)
    moved = Candidate.objects.filter(pk__in=numbers).filter(
        Exists(later.exclude(reason=LIST_UNDONE))
        | Exists(said)
        | Exists(spoken)
        | elsewhere
        | referred
    )
    return set(moved.values_list("pk", flat=True))


def _off_the_list(
    upload: ListUpload, rows: Sequence[ListRow], by: Actor, at: datetime
) -> None:
    """Who came in, or came back, by this list."""
    came_back = StageTransition.objects.filter(
        candidate__in=[one.candidate_id for one in rows if one.candidate_id],
        at=importing.confirmed_at(upload),
        reason=BACK_ON_THE_LIST,
    ).values_list("candidate", flat=True)
    back = set(came_back)
    stages.move_all(
        [
            one.candidate
            for one in rows
            if one.candidate
            and (one.outcome == Outcome.NEW or one.candidate_id in back)
        ],
        after=Stage.LISTED,
        to=Stage.GONE,
        by=by,
        at=at,
        reason=LIST_UNDONE,
    )


def _back_on_the_list(rows: Sequence[ListRow], by: Actor, at: datetime) -> None:
    stages.move_all(
        [
            one.candidate
            for one in rows
            if one.candidate and one.outcome == Outcome.GONE
        ],
        after=Stage.GONE,
        to=Stage.LISTED,
        by=by,
        at=at,
        reason=LIST_UNDONE,
    )


def _restore(row: ListRow, by: Actor, at: datetime) -> bool:
    """Put changed fields back where they still are what the list made of them."""
    if not row.before or row.candidate is None:
        return True
    before = json.loads(row.before)
    person, candidate = row.candidate.person, row.candidate
    _restore_candidate(candidate, before.get("candidate", {}))
    return _restore_person(person, before.get("person", {}), by, at)


def _restore_person(person: Person, changed: Changed, by: Actor, at: datetime) -> bool:
    changes = {
        name: was
        for name, (was, became) in changed.items()
        if getattr(person, name) == became
    }
    if not changes:
        return not changed
    try:
        change_person(
            person=person, changes=changes, edition=person.edition, by=by, at=at
        )
    except Refused:
        # What it was cannot stand any more; the person is named as left as they are.
        return False
    return len(changes) == len(changed)


def _restore_candidate(candidate: Candidate, changed: Changed) -> None:
    for name, (was, _became) in changed.items():
        if name == "status_approach":
            candidate.status_approach = None if was == "" else was == "1"
        elif name == "other_track":
            candidate.other_track = "" if was == NO_TRACK else was
            candidate.other_track_known = was != ""
        else:
            setattr(candidate, name, was)
    if changed:
        candidate.save()


def _say_again(
    upload: ListUpload, rows: Sequence[ListRow], by: Actor, at: datetime
) -> None:
    """What this list said on the ledger gives way to what was said before it."""
    numbers = [one.candidate_id for one in rows if one.outcome in READ_IN]
    lines = CriterionOutcome.objects.filter(candidate__in=numbers)
    said: dict[tuple[int, str], list[CriterionOutcome]] = {}
    for line in lines.order_by("at", "pk"):
        said.setdefault((line.candidate_id, line.criterion), []).append(line)
    CriterionOutcome.objects.bulk_create(
        CriterionOutcome(
            candidate_id=candidate_id,
            criterion=criterion,
            outcome=earlier[-2].outcome,
            value=earlier[-2].value,
            source=earlier[-2].source,
            reference_on=earlier[-2].reference_on,
            reason=earlier[-2].reason,
            rules_number=earlier[-2].rules_number,
            at=at,
            by=by.name,
        )
        for (candidate_id, criterion), earlier in said.items()
        if len(earlier) > 1 and earlier[-1].upload_id == upload.pk
    )
