"""The ladder as it is drawn: what each tread was to somebody, and when."""

from datetime import date

import pytest

from trede.trajectories.ladder import SIX_TREADS
from trede.trajectories.models import LadderAssessment
from trede.trajectories.treads import Tread, treads_of

VERSION = "vng_six_treads"
JANUARY, MARCH, MAY, JULY = (date(2020, month, 1) for month in (1, 3, 5, 7))
Drawn = dict[int, tuple[str, str, date | None]]


def found(tread: int, on: date, growth: int | None = None) -> LadderAssessment:
    return LadderAssessment(tread=tread, reference_on=on, growth_potential=growth)


def drawn(*standing: LadderAssessment) -> Drawn:
    """Of the treads that say anything."""
    every = treads_of(standing, VERSION)
    return {
        one.number: (one.state, one.note, one.on)
        for one in every
        if (one.state, one.note, one.on) != ("", "", None)
    }


def test_the_highest_tread_is_on_top():
    every = treads_of([], VERSION)
    assert [one.number for one in every] == [6, 5, 4, 3, 2, 1]
    assert every[-1] == Tread(1, str(SIX_TREADS.treads[1]), "")


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        ([], {}),
        ([found(2, MARCH)], {2: ("now", "Now, since", MARCH)}),
        # Found again on the same tread: since the first time.
        (
            [found(2, JANUARY), found(2, MARCH), found(2, MAY)],
            {2: ("now", "Now, since", JANUARY)},
        ),
        # Where one was, the last day that counts; back again, since they came back.
        (
            [found(1, JANUARY), found(1, MARCH), found(3, MAY)],
            {1: ("was", "", MARCH), 3: ("now", "Now, since", MAY)},
        ),
        (
            [found(2, JANUARY), found(3, MARCH), found(2, MAY), found(2, JULY)],
            {2: ("now", "Now, since", MAY), 3: ("was", "", MARCH)},
        ),
        # What is within reach, of the newest judgement only.
        (
            [found(2, MARCH, growth=4)],
            {2: ("now", "Now, since", MARCH), 4: ("may", "Growth potential", None)},
        ),
        (
            [found(4, JANUARY), found(2, MARCH, growth=4)],
            {
                2: ("now", "Now, since", MARCH),
                4: ("was", "Growth potential", JANUARY),
            },
        ),
        (
            [found(1, JANUARY, growth=5), found(2, MARCH)],
            {1: ("was", "", JANUARY), 2: ("now", "Now, since", MARCH)},
        ),
        ([found(2, MARCH, growth=2)], {2: ("now", "Now, since", MARCH)}),
    ],
)
def test_what_each_tread_was(standing: list[LadderAssessment], expected: Drawn):
    assert drawn(*standing) == expected
