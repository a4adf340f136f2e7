"""A target list comes in: uploaded, checked, adjusted, and then read in, part by part.

Nothing of the list reaches anybody's file until somebody confirms it. Reading in goes
in parts that each succeed or fail as a whole, so that a list whose reading in was
broken off goes on where it stopped, and confirming twice reads it in once.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.inflow import reading_in
from trede.inflow.checking import Check, Findings, read
from trede.inflow.comparing import compare
from trede.inflow.listed import Listed, put_away, taken_out
from trede.inflow.matching import in_parts
from trede.inflow.models import ListPart, ListUpload
from trede.inflow.reading.reasons import Refused as FileRefused
from trede.people import files
from trede.people.models import StoredFile
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

State = ListUpload.State
PART = 1_000
FEWEST_UNDO_DAYS = 1
Progress = Callable[[int, int], None]
ABOUT = ("format", "encoding", "sheet", "other_sheets", "header_row")


def upload(
    *,
    pilot: Pilot,
    name: str,
    content: bytes,
    reference_on: date,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> ListUpload:
    """Keep and check a file. Raises `Refused` when it is not a list, or known."""
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_known_file(pilot, sha256)
    check = _read(content, name, reference_on, {}, progress)
    previous = newest_confirmed(pilot)
    counts = _compared(check, pilot, reference_on, {}, previous)
    parts, findings = _parts(check.people), check.findings.put_away()
    del check  # a large list, and storing its file takes room as well
    with transaction.atomic():
        Pilot.objects.select_for_update().get(pk=pilot.pk)
        _refuse_known_file(pilot, sha256)
        new = ListUpload.objects.create(
            pilot=pilot,
            file=files.store(
                municipality=pilot.municipality,
                person=None,
                kind=StoredFile.Kind.UPLOAD,
                name=name,
                media_type=files.media_type_of(content),
                content=content,
                at=at,
            ),
            sha256=sha256,
            reference_on=reference_on,
            previous=previous,
            counts=counts,
            findings=findings,
            uploaded_by=by.staff,
            uploaded_at=at,
        )
        _put_parts(new, parts)
        record("uploaded a target list", by=by, at=at, on=new, purpose="guidance")
    return new


def adjust(
    *, upload: ListUpload, mapping: Mapping[str, str], by: Actor, at: datetime
) -> ListUpload:
    """Read the file again with other columns: field by column, empty for none."""
    content = bytes(upload.file.content)
    check = _read(content, upload.file.name, upload.reference_on, mapping, None)
    return _checked_again(
        upload,
        check,
        dict(mapping),
        upload.decisions,
        by,
        at,
        "chose columns of a target list",
    )


def decide(
    *, upload: ListUpload, row: int, person_id: int, by: Actor, at: datetime
) -> ListUpload:
    """The person of a row is this one who is known (0: nobody who is known)."""
    check = check_of(upload)
    perhaps = {one.row: one.people for one in check.findings.perhaps}
    if person_id and person_id not in perhaps.get(row, []):
        raise Refused(_("Choose one of the people that are shown with this row."))
    decisions = {**upload.decisions, str(row): person_id}
    return _checked_again(
        upload,
        check,
        upload.mapping,
        decisions,
        by,
        at,
        "decided who a row of a list is",
    )


def confirm(
    *,
    upload: ListUpload,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> ListUpload:
    """Read the whole list in; goes on where an earlier time was broken off."""
    begin(upload=upload, by=by, at=at)
    while not go_on(upload=upload):
        if progress:
            progress(*done_of(upload))
    upload.refresh_from_db()
    return upload


def begin(*, upload: ListUpload, by: Actor, at: datetime) -> None:
    """Decide that the list is read in. A second time it is decided already."""
    with transaction.atomic():
        now = locked_alone(upload)
        if now.state in (State.CONFIRMING, State.CONFIRMED):
            return
        _refuse_unless_checked(now)
        refuse_while_another_is_busy(now)
        if newest_confirmed(now.pilot) != now.previous:
            raise Refused(
                _(
                    "Another list was read in meanwhile, so the differences are other"
                    " ones. Look at the check again, and then read the list in."
                )
            )
        now.state, now.confirmed_at, now.confirmed_by = State.CONFIRMING, at, by.name
        now.save(update_fields=["state", "confirmed_at", "confirmed_by"])
        reading_in.rows_left_out(now, findings_of(now))
        record("read in a target list", by=by, at=at, on=now, purpose="guidance")


def go_on(*, upload: ListUpload) -> bool:
    """Read in the next part; whether the list is finished."""
    with transaction.atomic():
        now = locked(upload)
        if now.state != State.CONFIRMING:
            return True
        part = now.parts.filter(done_at=None).first()
        if part:
            reading_in.read_in(now, part, rules_of(now.pilot))
            return False
        reading_in.finish(now)
        now.state = State.CONFIRMED
        now.save(update_fields=["state", "counts"])
    return True


def drop(*, upload: ListUpload, by: Actor, at: datetime) -> None:
    """Do not read this list in. Its file is destroyed at once."""
    with transaction.atomic():
        now = locked(upload)
        if now.state == State.DROPPED:
            return
        _refuse_unless_checked(now)
        _drop(now, at)
        record("dropped a target list", by=by, at=at, on=now, purpose="guidance")


def check_again(*, upload: ListUpload, by: Actor, at: datetime) -> ListUpload:
    """Compare anew, after another list was read in or people changed."""
    check = check_of(upload)
    return _checked_again(
        upload,
        check,
        upload.mapping,
        upload.decisions,
        by,
        at,
        "compared a target list again",
    )


def destroy_old_uploads(*, by: Actor, at: datetime) -> int:
    """What the undo period was for is over: files, findings and old values go."""
    old = old_uploads(at)
    for one in old:
        with transaction.atomic():
            _forget(locked(one), at)
            record(
                "destroyed an old target list", by=by, at=at, on=one, purpose="guidance"
            )
    return len(old)


def old_uploads(at: datetime) -> list[ListUpload]:
    """Those that cannot be undone any more and still have their file."""
    kept = ListUpload.objects.filter(file__destroyed_at=None).exclude(
        state__in=(State.CONFIRMING, State.UNDOING)
    )
    return [
        one
        for one in kept.select_related("pilot")
        if at
        >= (one.undone_at or one.confirmed_at or one.uploaded_at)
        + timedelta(days=undo_days(one.pilot))
    ]


def undo_days(pilot: Pilot) -> int:
    return max(rules_of(pilot).retention.uploaded_list_days, FEWEST_UNDO_DAYS)


def undo_until(upload: ListUpload) -> date | None:
    """The last day on which a list that was read in can be undone."""
    if upload.confirmed_at is None:
        return None
    days = timedelta(days=undo_days(upload.pilot))
    return timezone.localdate(upload.confirmed_at + days)


def confirmed_at(upload: ListUpload) -> datetime:
    if upload.confirmed_at is None:
        raise ValueError(f"{upload} was not confirmed")
    return upload.confirmed_at


def newest_confirmed(pilot: Pilot) -> ListUpload | None:
    """The list that stands: the last one read in and not undone."""
    read_in = pilot.uploads.filter(state=State.CONFIRMED)
    return read_in.order_by("-confirmed_at", "-pk").first()


def done_of(upload: ListUpload) -> tuple[int, int]:
    """How many of how many people have been read in."""
    sizes = upload.parts.values_list("size", "done_at")
    return (
        sum(size for size, done_at in sizes if done_at),
        sum(size for size, _done_at in sizes),
    )


def check_of(upload: ListUpload) -> Check:
    """The check as it was put away; complete until the list is read in."""
    people = [
        one for part in upload.parts.all() for one in taken_out(bytes(part.content))
    ]
    counts = upload.counts
    about = {name: counts[name] for name in ABOUT}
    return Check(counts["rows"], people, findings_of(upload), about)


def findings_of(upload: ListUpload) -> Findings:
    return Findings.taken_out(bytes(upload.findings))


def _read(
    content: bytes,
    name: str,
    on: date,
    mapping: Mapping[str, str],
    progress: Progress | None,
) -> Check:
    try:
        return read(content, name, on, mapping or None, progress)
    except FileRefused as refusal:
        raise Refused(str(refusal), "file") from refusal


def _compared(
    check: Check,
    pilot: Pilot,
    on: date,
    decisions: Mapping[str, int],
    previous: ListUpload | None,
) -> dict[str, object]:
    return compare(
        check,
        pilot=pilot,
        rules=rules_of(pilot),
        on=on,
        decisions=decisions,
        previous=previous,
    )


def _checked_again(
    upload: ListUpload,
    check: Check,
    mapping: Mapping[str, str],
    decisions: Mapping[str, int],
    by: Actor,
    at: datetime,
    action: str,
) -> ListUpload:
    previous = newest_confirmed(upload.pilot)
    counts = _compared(check, upload.pilot, upload.reference_on, decisions, previous)
    with transaction.atomic():
        now = locked(upload)
        _refuse_unless_checked(now)
        now.mapping, now.decisions = dict(mapping), dict(decisions)
        now.previous, now.counts = previous, counts
        now.findings = check.findings.put_away()
        now.save()
        now.parts.all().delete()
        _put_parts(now, _parts(check.people))
        record(action, by=by, at=at, on=now, purpose="guidance")
    return now


def _parts(people: Sequence[Listed]) -> list[tuple[bytes, int]]:
    return [(put_away(some), len(some)) for some in in_parts(people, PART)]


def _put_parts(upload: ListUpload, parts: Sequence[tuple[bytes, int]]) -> None:
    for number, (content, size) in enumerate(parts, start=1):
        ListPart.objects.create(
            upload=upload, number=number, content=content, size=size
        )


def locked(upload: ListUpload) -> ListUpload:
    rows = ListUpload.objects.select_for_update(of=("self",))
    return rows.select_related("pilot__municipality", "previous").get(pk=upload.pk)


def locked_alone(upload: ListUpload) -> ListUpload:
    """Lists of one pilot are decided on one after the other."""
    Pilot.objects.select_for_update(no_key=True).get(pk=upload.pilot_id)
    return locked(upload)


def refuse_while_another_is_busy(upload: ListUpload) -> None:
    busy = upload.pilot.uploads.filter(state__in=(State.CONFIRMING, State.UNDOING))
    if busy.exclude(pk=upload.pk).exists():
        raise Refused(
            _(
                "Another list of this pilot is being read in or taken back. Wait until"
                " that is finished, and look at the check again."
            )
        )


def _refuse_known_file(pilot: Pilot, sha256: str) -> None:
    known = pilot.uploads.filter(sha256=sha256).exclude(
        state__in=(State.UNDONE, State.DROPPED)
    )
    earlier = known.first()
    if earlier:
        day = timezone.localdate(earlier.uploaded_at)
        raise Refused(
            _("This file was uploaded on %(day)s already. Open that list instead.")
            % {"day": f"{day:%d-%m-%Y}"},
            "file",
        )


def _refuse_unless_checked(upload: ListUpload) -> None:
    if upload.state != State.UPLOADED:
        raise Refused(
            _("This list is “%(state)s”: nothing can be changed in it any more.")
            % {"state": upload.get_state_display()}
        )


def _drop(upload: ListUpload, at: datetime) -> None:
    upload.state = State.DROPPED
    _forget(upload, at)


def _forget(upload: ListUpload, at: datetime) -> None:
    files.destroy(file=upload.file, at=at)
    if upload.state == State.UPLOADED:
        upload.state = State.DROPPED
    upload.findings, upload.decisions = b"", {}
    upload.save(update_fields=["state", "findings", "decisions"])
    upload.parts.all().delete()
    upload.rows.update(before="")
