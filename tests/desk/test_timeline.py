"""One line of time: newest first, everything once, each filter its own."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trede.desk.timeline import Entry, Kind, chips, compose, only

BEGIN = datetime(2021, 1, 1, tzinfo=UTC)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    at = BEGIN + timedelta(hours=draw(st.integers(0, 5000)))
    kind = draw(st.sampled_from(list(Kind)))
    return Entry(kind, at.date(), at, "note", draw(st.text(max_size=5)))


parts = st.lists(st.lists(entries(), max_size=6), max_size=5)


@given(parts)
def test_the_newest_stands_first(some):
    days = [(entry.on, entry.at) for entry in compose(*some)]
    assert days == sorted(days, reverse=True)


@given(parts)
def test_nothing_is_lost_and_nothing_stands_there_twice(some):
    every = [entry for part in some for entry in part]
    assert sorted(map(repr, compose(*some))) == sorted(map(repr, every))


@given(parts)
def test_the_filters_divide_the_whole(some):
    line = compose(*some)
    everything, *kinds = chips(line, "")
    assert everything.count == len(line) == sum(chip.count for chip in kinds)
    assert [entry for kind in Kind for entry in only(line, kind)] == sorted(
        line, key=lambda entry: list(Kind).index(entry.kind)
    )


@given(parts, st.sampled_from(list(Kind)))
def test_a_filter_keeps_the_order_and_gives_as_many_as_it_says(some, kind):
    line = compose(*some)
    kept = only(line, kind)
    assert kept == [entry for entry in line if entry.kind == kind]
    chosen = next(chip for chip in chips(line, kind) if chip.current)
    assert chosen.count == len(kept)


def test_of_one_moment_what_was_noted_later_comes_first():
    first = Entry(Kind.NOTE, BEGIN.date(), BEGIN, "note", "first")
    later = Entry(Kind.NOTE, BEGIN.date(), BEGIN, "note", "later")
    assert compose([first, later]) == [later, first]


def test_a_filter_that_does_not_exist_shows_everything():
    line = [Entry(Kind.NOTE, BEGIN.date(), BEGIN, "note", "a")]
    assert only(line, "<script>") == line
    assert chips(line, "<script>")[0].current
