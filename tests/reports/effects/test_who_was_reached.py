"""Who was reached beside the whole list, as a reader reads it."""

import pytest
from django.utils import translation

from tests.reports.effects.reading import changes, everything
from trede.reports.effects.chapters import effect_chapters
from trede.reports.effects.names import Names
from trede.reports.effects.people_counted import people_sections
from trede.reports.sections import Section

LEVELS = [
    {"names": ["man"], "listed": 100, "reached": 20, "smd": -0.5, "ci": [-0.8, -0.2]},
    {"names": ["woman"], "listed": 60, "reached": 45, "smd": 0.45, "ci": [0.2, 0.7]},
    {
        "names": ["", "other"],
        "listed": 40,
        "reached": 15,
        "smd": 0.0,
        "ci": [-0.3, 0.3],
    },
]
NAMES = Names(
    listed={"sex": "Sex", "years": "Years on benefit"},
    list_levels={"sex": {"man": "man", "woman": "woman", "other": "another"}},
    reached_is="Reached is: spoken to at least once.",
)


def reached(**changed) -> dict:
    row = {"name": "sex", "levels": LEVELS, "distance": 0.6, "suppressed": None}
    found = {"listed": 200, "reached": 80, "characteristics": [row], "refused": []}
    return found | {"suppressed": None} | changed


def section(found: dict, names: Names = NAMES) -> Section:
    (one,) = people_sections({"reached": found, "flow": {}}, names)
    return one


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_the_lead_says_how_many_and_in_which_groups_they_differ():
    assert section(reached()).lead == (
        "80 of the 200 people on the list were reached (40.0%). More often reached than"
        " the list as a whole: Sex: woman. Less often: Sex: man."
    )


def test_each_group_has_its_numbers_its_share_and_its_difference():
    grid = section(reached()).grid
    assert [(line.label, *(f.text for f in line.figures)) for line in grid.lines] == [
        ("Sex, together", "200", "80", "40.0%", "0.60"),
        ("man", "100", "20", "20.0%", "−0.50"),
        ("woman", "60", "45", "75.0%", "0.45"),
        ("not known, another", "40", "15", "37.5%", "0.00"),
    ]
    assert [line.under for line in grid.lines] == [False, True, True, True]


def test_the_picture_has_the_two_groups_that_lie_furthest_apart():
    told = section(reached()).picture.told
    assert told.index("woman") < told.index(" man")
    assert "another" not in told


def test_it_says_what_the_list_does_not_hold():
    points = " ".join(section(reached()).points)
    assert "not how people live, how healthy they are" in points
    assert "the language they speak best" in points
    assert "Reached is: spoken to at least once." in section(reached()).method


def test_of_a_bare_file_nothing_is_said_of_how_people_were_reached():
    found = section(reached(), Names())
    assert not any("language" in point for point in found.points)
    assert found.grid.lines[0].label == "Sex, together"


def test_who_is_alike_is_said_to_be():
    levels = [level | {"smd": 0.05} for level in LEVELS]
    row = {"name": "sex", "levels": levels, "distance": 0.05}
    assert (
        "no more than 0.1 standardised" in section(reached(characteristics=[row])).lead
    )


def test_a_hidden_and_a_refused_characteristic_look_the_same():
    hidden = {"name": "sex", "levels": [], "distance": None, "suppressed": "withheld"}
    refused = {"outcome": "years", "what": "balance", "why": "withheld"}
    one = section(reached(characteristics=[hidden], refused=[refused]))
    assert one.picture is one.grid is None
    assert "is not shown" in one.lead
    (told,) = [point for point in one.points if "Not told" in point]
    assert told.endswith("Years on benefit, Sex.")


def test_when_the_numbers_are_hidden_the_section_says_so():
    one = section(reached(listed=None, reached=None, characteristics=[]))
    assert one.lead == "How many people on the list were reached is not shown."


def test_without_a_list_there_is_no_such_section():
    chapters = {one.code: one for one in effect_chapters(changes(), Names())}
    assert "reached" not in {one.id for one in chapters["people"].sections}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_has_words_in_both_languages(language: str):
    with translation.override(language):
        analysis = changes() | {"reached": reached()}
        told = everything(
            {one.code: one for one in effect_chapters(analysis, NAMES, limits=False)}
        )
    assert ("More often reached" in told) == (language == "en")
    assert ("Vaker bereikt" in told) == (language == "nl")
