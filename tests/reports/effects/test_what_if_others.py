"""What the sentence above the ways of dealing with missing answers may claim."""

import pytest
from django.utils import translation

from trede.reports.effects.estimate_table import figures
from trede.reports.effects.names import Names
from trede.reports.effects.people_counted import (
    _same_sign,
    sensitivity_sections,
)
from trede.reports.effects.who_left import _leavers_lead


def ways(*estimates: float, bounds: tuple[float, float]) -> list[dict]:
    points = [{"estimate": value} for value in estimates]
    return [*points, {"estimate": None, "bounds": list(bounds)}]


@pytest.mark.parametrize(
    ("estimates", "bounds", "said"),
    [
        ((0.4, 0.3), (0.1, 0.9), "above zero, and the bounds are too"),
        ((0.4, 0.3), (-0.7, 1.4), "do not rule out zero or less"),
        ((-0.4, -0.3), (-0.9, -0.1), "below zero, and the bounds are too"),
        ((-0.4, -0.3), (-0.9, 0.2), "do not rule out zero or more"),
        ((-0.4, 0.3), (-0.9, 0.2), "not every estimate is on the same side"),
    ],
)
def test_the_sentence_claims_no_more_than_the_bounds(estimates, bounds, said) -> None:
    assert said in _same_sign(ways(*estimates, bounds=bounds), "Life")


def test_a_level_of_a_file_is_told_as_a_whole_number() -> None:
    assert Names().level("complaints", "1.0") == "1"
    assert Names(answers={"complaints": {"1": "Yes"}}).level("complaints", "1.0") == (
        "Yes"
    )


def supposing(way: str, **more) -> dict:
    found = {"outcome": "life", "contrast": "difference_1", "way": way}
    return found | {"method": way, "n": 40, "estimate": 0.4, "notes": []} | more


def test_each_kind_of_bounds_tells_what_it_supposes_and_whose_a_note_is() -> None:
    found = [supposing("ipw"), supposing("lee", notes=["not_weighted"])]
    with translation.override("en"):
        (section,) = sensitivity_sections({"sensitivity": found}, Names())
    told = "\n".join(section.method)
    assert "Lee's bounds suppose that taking part" in told
    assert "Bounds without" not in told and "suppose nothing" not in told
    assert "Lee's bounds: Not weighted towards the participants" in told


def test_degrees_of_freedom_are_printed_and_no_p_that_rests_on_few() -> None:
    many = supposing("complete_cases", df=31.24, p=0.02)
    filled, bounds = supposing("mi", df=2.9, p=0.2), supposing("manski", p=None)
    with translation.override("en"):
        (section,) = sensitivity_sections(
            {"sensitivity": [many, filled, bounds]}, Names()
        )
    assert section.grid.heads[3:] == ("df", "p")
    cells = [[one.text for one in line.figures[3:]] for line in section.grid.lines]
    assert cells == [["31.2", "0.02"], ["2.9", "–"], ["–", "–"]]
    told = " ".join(section.method)
    assert "Barnard and Rubin" in told and "fewer than 4 degrees" in told


def test_of_nobody_it_is_not_said_that_what_they_are_like_is_hidden() -> None:
    with translation.override("en"):
        assert _leavers_lead({"n_left": 0, "groups": [{}, {}]}) == "Nobody left."


def test_who_left_is_said_to_be_of_the_participants_unless_lots_made_groups() -> None:
    one, two = {"n_left": 23, "groups": [{}]}, {"n_left": 23, "groups": [{}, {}]}
    with translation.override("en"):
        assert _leavers_lead(one).startswith("23 participants left.")
        assert _leavers_lead(two).startswith("23 people left, of both groups")


def test_people_without_hours_are_not_counted_as_missing_of_those_with() -> None:
    some = {"method": "mean_of_any_before", "n": 42, "n_missing": 7, "estimate": 3.0}
    assert [f.text for f in figures(some, adjusted=False)[:2]] == ["42", "–"]
