"""Whatever somebody does to the trail behind our back is found."""

from pathlib import Path

import pytest
from django.db import Error, connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast import AT
from trede.audit import append_only, trail
from trede.audit.models import Head, Line, Mention
from trede.audit.verifying import verify

LENGTH = 8
anywhere = st.integers(1, LENGTH)
often = pace(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

Commit = DjangoCaptureOnCommitCallbacks


def write(count: int, commit: Commit) -> None:
    for number in range(count):
        with commit(execute=True):
            trail.record(
                actor="staff:1",
                action="closed a trajectory",
                purpose="guidance",
                at=AT,
                municipality_id=1,
                object_type="trajectories.trajectory",
                object_id=number,
                persons=[number + 1, number + 2],
                fields=["reason", "closed_on"],
            )


@pytest.fixture
def commit(
    db: None, django_capture_on_commit_callbacks: Commit, head_file: Path
) -> Commit:
    return django_capture_on_commit_callbacks


def begin_anew(commit: Commit, head_file: Path) -> None:
    """Hypothesis runs many examples inside one test: each on a trail of its own."""
    Mention.objects.all().delete()
    Line.objects.all().delete()
    Head.objects.all().delete()
    head_file.unlink(missing_ok=True)
    write(LENGTH, commit)
    assert verify().fault is None


def test_an_empty_trail_is_whole(db: None) -> None:
    assert verify().fault is None


def test_an_untouched_trail_is_whole(commit: Commit) -> None:
    write(LENGTH, commit)
    assert verify().fault is None
    assert verify().lines == LENGTH


@often
@given(
    at=anywhere,
    change=st.sampled_from(
        [
            {"actor": "staff:2"},
            {"action": "looked at a person"},
            {"municipality_id": 2},
            {"municipality_id": None},
            {"kind": "read"},
            {"purpose": "research"},
            {"object_type": "people.person"},
            {"object_id": "99"},
            {"fields": ["reason"]},
            {"mac": "0" * 64},
            {"at": AT.replace(year=2019)},
        ]
    ),
)
def test_an_edited_line_is_found(
    at: int, change: dict[str, object], commit: Commit, head_file: Path
) -> None:
    begin_anew(commit, head_file)
    Line.objects.filter(sequence=at).update(**change)
    assert verify().fault == "this line was changed or moved"
    assert verify().at_sequence == at


@often
@given(at=st.integers(1, LENGTH - 1))
def test_a_removed_line_is_found(at: int, commit: Commit, head_file: Path) -> None:
    begin_anew(commit, head_file)
    Mention.objects.filter(line__sequence=at).delete()
    Line.objects.filter(sequence=at).delete()
    assert verify().fault == "a line is missing before this one"


@often
@given(at=st.integers(1, LENGTH - 1))
def test_a_removed_line_is_found_when_the_rest_is_renumbered(
    at: int, commit: Commit, head_file: Path
) -> None:
    begin_anew(commit, head_file)
    Mention.objects.filter(line__sequence=at).delete()
    Line.objects.filter(sequence=at).delete()
    for line in Line.objects.filter(sequence__gt=at).order_by("sequence"):
        Line.objects.filter(pk=line.pk).update(sequence=line.sequence - 1)
    assert verify().fault == "this line was changed or moved"


@often
@given(one=anywhere, other=anywhere)
def test_two_lines_that_changed_places_are_found(
    one: int, other: int, commit: Commit, head_file: Path
) -> None:
    begin_anew(commit, head_file)
    Line.objects.filter(sequence=one).update(sequence=1000)
    Line.objects.filter(sequence=other).update(sequence=one)
    Line.objects.filter(sequence=1000).update(sequence=other)
    assert (verify().fault is None) == (one == other)


@often
@given(at=anywhere, act=st.sampled_from(["add", "remove", "change"]))
def test_a_changed_mention_of_a_person_is_found(
    at: int, act: str, commit: Commit, head_file: Path
) -> None:
    begin_anew(commit, head_file)
    mentions = Mention.objects.filter(line__sequence=at)
    if act == "add":
        line = Line.objects.get(sequence=at)
        Mention.objects.create(line=line, person_id=77)
    elif act == "remove":
        mentions.filter(person_id=at).delete()
    else:
        mentions.filter(person_id=at).update(person_id=F("person_id") + 50)
    assert verify().fault == "this line was changed or moved"


def test_a_line_added_by_hand_is_found(commit: Commit) -> None:
    write(LENGTH, commit)
    Line.objects.create(
        sequence=LENGTH + 1,
        at=AT,
        actor="staff:9",
        kind=Line.Kind.WRITE,
        action="forged",
        purpose="guidance",
        mac="f" * 64,
    )
    assert verify().fault == "this line was changed or moved"


def cut_tail(keep: int) -> None:
    """As an attacker would: the head in the database is put back too."""
    Mention.objects.filter(line__sequence__gt=keep).delete()
    Line.objects.filter(sequence__gt=keep).delete()
    last = Line.objects.filter(sequence=keep).first()
    Head.objects.update(sequence=keep, mac=last.mac if last else "")


@often
@given(keep=st.integers(0, LENGTH - 1))
def test_a_cut_tail_is_found(keep: int, commit: Commit, head_file: Path) -> None:
    begin_anew(commit, head_file)
    cut_tail(keep)
    assert verify().fault == "lines that the head kept outside vouches for are gone"


@often
@given(keep=st.integers(0, LENGTH - 1), more=st.integers(1, LENGTH + 4))
def test_a_cut_tail_is_still_found_after_more_was_written(
    keep: int, more: int, commit: Commit, head_file: Path
) -> None:
    begin_anew(commit, head_file)
    cut_tail(keep)
    with commit(execute=True):
        trail.record(actor="staff:9", action="other", purpose="guidance", at=AT)
    write(more, commit)
    assert verify().fault == "lines that the head kept outside vouches for are gone"


def test_a_replaced_database_is_found(commit: Commit, head_file: Path) -> None:
    write(3, commit)
    vouched = head_file.read_text()
    cut_tail(0)
    Head.objects.all().delete()
    with commit(execute=True):
        trail.record(actor="staff:9", action="other", purpose="guidance", at=AT)
    write(5, commit)
    assert verify().fault == "lines that the head kept outside vouches for are gone"
    assert head_file.read_text() == vouched


def test_a_missing_head_outside_is_found(commit: Commit, head_file: Path) -> None:
    write(2, commit)
    head_file.unlink()
    assert verify().fault == "the head kept outside the database is missing"


def test_an_unreadable_head_outside_is_found_and_left_alone(
    commit: Commit, head_file: Path
) -> None:
    write(2, commit)
    head_file.write_text("\x00nonsense")
    write(1, commit)
    assert verify().fault == "the head kept outside the database cannot be read"
    assert head_file.read_text() == "\x00nonsense"


def test_a_changed_head_in_the_database_is_found(commit: Commit) -> None:
    write(2, commit)
    Head.objects.update(mac="0" * 64)
    assert verify().fault == "the end differs from the head kept in the database"


def test_a_crash_before_the_file_was_written_is_no_fault(
    commit: Commit, head_file: Path
) -> None:
    write(2, commit)
    with commit(execute=False):
        trail.record(actor="system", action="lost", purpose="guidance", at=AT)
    assert verify().fault is None
    write(1, commit)
    assert head_file.read_text().startswith("4 ")
    assert verify().fault is None


def test_what_is_rolled_back_leaves_no_trace(commit: Commit, head_file: Path) -> None:
    write(1, commit)
    before = head_file.read_text()
    with pytest.raises(RuntimeError), commit(execute=True):
        fail_after_recording()
    assert Line.objects.count() == 1
    assert head_file.read_text() == before


def fail_after_recording() -> None:
    with transaction.atomic():
        trail.record(actor="system", action="undone", purpose="guidance", at=AT)
        raise RuntimeError


@pytest.mark.parametrize("table", append_only.TABLES)
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_the_trail(
    table: str, act: str, commit: Commit
) -> None:
    write(1, commit)
    append_only.guard(connection)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        connection.cursor().execute(act.format(table))
    write(1, commit)
    append_only.release(connection)
    assert verify().lines == 2
