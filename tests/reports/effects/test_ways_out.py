"""Which way people left, as a reader reads it."""

import pytest
from django.utils import translation

from tests.reports.effects.reading import changes
from trede.reports.effects.chapters import effect_chapters
from trede.reports.effects.names import Names
from trede.reports.sections import Section

WAYS = [
    {"kinds": ["completed"], "n": 12, "estimate": 0.412, "ci": [0.22, 0.6]},
    {"kinds": ["other", "moved_house"], "n": 6, "estimate": 0.2, "ci": None},
]
CURVE = {"outcome": "exit", "group": "", "n": 31, "events": 18, "horizon": 270}
NAMES = Names(outcomes={"exit": "End of the trajectory"})


def found(language: str = "en", **told: object) -> Section:
    ways = {"outcome": "exit", "group": "", "n": 31, "horizon": 270, "ways": WAYS}
    analysis = changes() | {"times": [CURVE], "exits": [ways | told]}
    with translation.override(language):
        (section,) = (
            section
            for chapter in effect_chapters(analysis, NAMES)
            for section in chapter.sections
            if section.id.startswith("ways-out")
        )
    return section


def test_it_says_which_share_is_gone_by_each_way():
    section = found()
    assert section.question == "End of the trajectory: which way did people go?"
    assert section.lead == (
        "Gone by day 270, of 31 people: completed: 41.2%;"
        " ended for another reason, or Moved house: 20.0%."
    )


def test_the_table_gives_numbers_shares_and_intervals():
    lines = found().grid.lines
    assert [(one.label, *(f.text for f in one.figures)) for one in lines] == [
        ("Completed", "12", "41.2%", "22.0% to 60.0%"),
        ("Ended for another reason, or Moved house", "6", "20.0%", "–"),
    ]


def test_a_share_in_the_picture_has_no_sign():
    told = found().picture.told
    assert "41.2% (22.0% to 60.0%)" in told
    assert "+" not in told


def test_it_is_in_dutch_with_dutch_numbers():
    assert "afgerond: 41,2%" in found("nl").lead


@pytest.mark.parametrize("group", ["Arnhem", "treated"])
def test_each_group_has_a_section_with_its_name(group):
    section = found(group=group)
    assert section.id == f"ways-out-exit-{group}"
    assert NAMES.group(group) in section.question


def test_what_is_withheld_says_so():
    section = found(ways=[], n=None, suppressed="withheld")
    assert section.lead == "This is not shown: too few people stand behind it."
    assert section.picture is None
