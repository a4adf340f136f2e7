"""Many questions at once: adjusted as R does it, and never in someone's favour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trede.evaluation.adjusting import benjamini_hochberg, holm

ASKED = (0.01, 0.04, 0.03, 0.005, 0.9, 0.5, 0.04)
CHANCES = st.lists(st.floats(0, 1), max_size=30)


def test_holm_is_what_r_gives():
    # R 4.2.2: p.adjust(p, "holm")
    expected = (0.06, 0.16, 0.15, 0.035, 1.0, 1.0, 0.16)
    assert holm(ASKED) == pytest.approx(expected, abs=1e-12)


def test_benjamini_hochberg_is_what_r_gives():
    # R 4.2.2: p.adjust(p, "BH")
    expected = (0.035, 0.056, 0.056, 0.035, 0.9, 0.583333333333333, 0.056)
    assert benjamini_hochberg(ASKED) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_what_was_not_tested_is_no_question(adjust):
    assert adjust((0.01, None, 0.04)) == (*adjust((0.01, 0.04))[:1], None, 0.04)
    assert adjust((None,)) == (None,) and adjust(()) == ()


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_what_is_no_chance_is_refused(adjust, wrong):
    with pytest.raises(ValueError, match="between 0 and 1"):
        adjust((0.5, wrong))


@given(CHANCES)
def test_adjusting_never_makes_a_finding_stronger_nor_changes_the_order(p):
    for adjust in (holm, benjamini_hochberg):
        found = adjust(p)
        assert all(before <= after <= 1 for before, after in zip(p, found, strict=True))
        by_p = sorted(range(len(p)), key=lambda place: p[place])
        in_order = [found[place] for place in by_p]
        assert in_order == sorted(in_order)


@given(CHANCES)
def test_holm_is_the_stricter_of_the_two(p):
    for strict, lenient in zip(holm(p), benjamini_hochberg(p), strict=True):
        assert strict >= lenient - 1e-12


@given(st.permutations(list(ASKED)))
def test_the_order_of_asking_makes_no_difference(p):
    as_asked = dict(zip(ASKED, holm(ASKED), strict=True))
    assert holm(p) == tuple(as_asked[one] for one in p)
