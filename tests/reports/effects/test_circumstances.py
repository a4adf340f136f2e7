"""When people were asked, and what changed then, as a reader reads it."""

import pytest
from django.utils import translation

from tests.reports.effects.reading import changes, sections
from trede.reports.effects.chapters import effect_chapters
from trede.reports.effects.names import Names
from trede.reports.sections import Section

ASKED = [
    {"moment": "t0", "level": "open", "n": 54, "suppressed": None},
    {"moment": "t0", "level": "winter", "n": 8, "suppressed": None},
    {"moment": "t1", "level": "open", "n": 43, "suppressed": None},
]
LEVELS = [
    {"pairs": [["open", "open"]], "n": 28, "estimate": 0.71, "ci": [0.38, 1.05]},
    {
        "pairs": [["open", "winter"], ["winter", "open"]],
        "n": 15,
        "estimate": 0.4,
        "ci": [-0.01, 0.81],
    },
]
CHANGE = {"outcome": "tread", "contrast": "difference_1", "n": 43, "n_missing": 0}
NAMES = Names(
    outcomes={"tread": "Tread"},
    periods={"open": "Open", "winter": "Lockdown"},
    before="Intake",
    after="Evaluation",
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def found(asked=ASKED, levels=LEVELS) -> dict[str, Section]:
    suppressed = None if levels else "withheld"
    change = CHANGE | {"levels": levels, "suppressed": suppressed}
    analysis = changes() | {"asked_in": asked, "by_circumstance": [change]}
    return {
        section.id: section
        for chapter in effect_chapters(analysis, NAMES)
        for section in chapter.sections
    }


def test_it_tells_how_many_were_asked_in_which_circumstances():
    section = found()["asked-in"]
    assert section.lead == "Intake: Open: 54; Lockdown: 8. Evaluation: Open: 43."
    assert section.grid.heads == ("Intake", "Evaluation")
    assert [
        (one.label, *(f.text for f in one.figures)) for one in section.grid.lines
    ] == [
        ("Open", "54", "43"),
        ("Lockdown", "8", "–"),
    ]


def test_a_hidden_number_is_said_to_be_hidden():
    hidden = [ASKED[0] | {"n": None, "suppressed": "withheld"}, *ASKED[1:]]
    section = found(hidden)["asked-in"]
    assert section.lead.startswith("Intake: how many in which is not shown.")
    assert "54" not in section.lead
    assert section.grid.lines[0].figures[0].hidden


def test_the_change_stands_beside_when_people_were_asked():
    section = found()["circumstances-tread-difference_1"]
    assert section.lead == (
        "Twice in “Open”: +0.71 (28 people); first “Open”, then “Lockdown”, or first"
        " “Lockdown”, then “Open”: +0.40 (15 people)."
    )
    assert [[f.text for f in one.figures] for one in section.grid.lines] == [
        ["28", "+0.71", "+0.38 to +1.05"],
        ["15", "+0.40", "−0.01 to +0.81"],
    ]
    assert "Lockdown" in section.picture.told
    assert "There is no test" in section.method[0]


def test_what_is_withheld_has_neither_a_picture_nor_a_table():
    section = found(levels=[])["circumstances-tread-difference_1"]
    assert section.picture is section.grid is None
    assert "not shown" in section.lead


def test_where_all_were_asked_in_the_same_there_is_nothing_to_say():
    assert not {"asked-in"} & sections(changes(), "people").keys()


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "maakte het uit wanneer"), ("en", "did it matter when")],
)
def test_it_has_words_in_both_languages(language: str, said: str):
    with translation.override(language):
        assert said in found()["circumstances-tread-difference_1"].question
