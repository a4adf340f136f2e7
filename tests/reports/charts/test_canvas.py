"""Letters that fit, axes with round numbers, lines within the edges."""

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from trede.reports.charts.canvas import (
    Axis,
    marks,
    on_axis,
    round_steps,
    width_of,
    wrapped,
)
from trede.reports.wording import signed

MINUS = "\N{MINUS SIGN}"
finite = st.floats(-1e5, 1e5, allow_nan=False)


@given(finite, finite)
def test_round_steps_take_in_both_ends(one: float, other: float) -> None:
    low, high = sorted((one, other))
    steps = round_steps(low, high)
    slack = (high - low) * 1e-6 + 1e-6
    assert steps[0] <= low + slack and steps[-1] >= high - slack
    assert steps == sorted(set(steps)) and 2 <= len(steps) <= 12


@given(st.text("abcdef ", max_size=80), st.floats(30, 400))
def test_wrapped_text_keeps_its_words_in_order(text: str, width: float) -> None:
    lines = wrapped(text, width)
    assert " ".join(lines).split() == text.split()
    assert all(width_of(line) <= width or " " not in line for line in lines)


@given(finite, st.floats(0.1, 1e4), finite)
def test_nothing_is_drawn_outside_its_axis(low: float, size: float, at: float) -> None:
    axis = Axis(low, low + size, 20, 320)
    assert 20 <= axis.within(at) <= 320


def test_a_short_axis_has_fewer_marks() -> None:
    wide, narrow = Axis(-5, 5, 0, 400), Axis(-5, 5, 0, 60)
    assert len(marks(narrow)) < len(marks(wide))
    assert 0 in marks(narrow)


def test_numbers_are_written_the_dutch_way() -> None:
    with translation.override("nl"):
        assert on_axis(-0.5, 1) == f"{MINUS}0,5"
        assert (signed(0.44), signed(-0.44)) == ("+0,4", f"{MINUS}0,4")


def test_what_is_rounded_to_nothing_has_no_sign() -> None:
    assert (signed(0.01), signed(-0.01), signed(0)) == ("0.0", "0.0", "0.0")
