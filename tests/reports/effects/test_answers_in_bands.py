"""Answers that are told together: in the picture, the table and the words."""

from tests.reports.charts.reading import texts
from trede.reports.charts.distribution import distribution
from trede.reports.effects.analysis_json import OutcomeJson
from trede.reports.effects.names import Names
from trede.reports.effects.primary import answers_hidden, distribution_of

BANDED: OutcomeJson = {
    "outcome": "satisfied",
    "type": "score",
    "values": None,
    "bands": [[0, 4], [5, 5], [6, 10]],
    "before": [12, 7, 23],
    "after": [8, 9, 25],
    "mean_before": 5.5,
    "mean_after": 6.25,
    "suppressed": "withheld",
}


def test_a_band_names_its_lowest_and_its_highest_answer() -> None:
    data = distribution_of(BANDED, Names())
    assert data is not None
    told = [(each.label, each.before, each.after) for each in data.answers]
    assert told == [("0 up to 4", 12, 8), ("5", 7, 9), ("6 up to 10", 23, 25)]


def test_a_band_of_worded_answers_is_named_by_the_words_of_its_ends() -> None:
    names = Names(answers={"satisfied": {"0": "Not at all", "4": "A little"}})
    data = distribution_of(BANDED, names)
    assert data is not None
    assert data.answers[0].label == "Not at all up to A little"


def test_a_mean_has_no_mark_among_bands_of_unlike_width() -> None:
    data = distribution_of(BANDED, Names())
    assert data is not None
    said = texts(distribution(data))
    assert "Mean: before (T0) 5.50; after (T1) 6.25." in said


def test_a_mean_is_marked_at_its_height_among_single_answers() -> None:
    single: OutcomeJson = BANDED | {"values": [5, 6, 7], "suppressed": None}
    del single["bands"]
    data = distribution_of(single, Names())
    assert data is not None
    assert [each.value for each in data.answers] == [5, 6, 7]


def test_it_is_said_that_answers_were_joined_and_why() -> None:
    (told,) = answers_hidden(BANDED)
    assert "counted together" in told
    (told,) = answers_hidden({**BANDED, "bands": [], "before": None, "after": None})
    assert told == "How many people gave which answer is not shown."
