"""The words at the end of a report: those that occur in it, and no others."""

import pytest
from django.utils import translation

from tests.reports.effects.reading import changes
from trede.reports.effects.chapters import effect_chapters
from trede.reports.effects.names import Names
from trede.reports.sections import Chapter, Section
from trede.reports.word_list import EXPLAINED, word_list


def report(*told: str, **more) -> list[Chapter]:
    sections = [Section(str(n), one, "", **more) for n, one in enumerate(told)]
    return [Chapter("any", "Any", sections)]


def explained(chapters, beside=()) -> dict[str, str]:
    found = word_list(chapters, beside)
    if not found:
        return {}
    grid = found[0].sections[0].grid
    return {line.label: line.figures[0].text for line in grid.lines}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("95%-interval +0,1 tot +0,5", "95%-interval"),
        ("van intake (T0) naar evaluatie", "T0"),
        ("fouten per groep (CR2)", "CR2"),
        ("vooraf 20%, +5,0\N{NO-BREAK SPACE}pp", "pp"),
        ("rangtekentoets van Wilcoxon", "rangtekentoets (Wilcoxon)"),
        ("Grenzen zonder aanname", "grenzen zonder aanname (Manski)"),
        ("Cronbachs alfa 0,81", "alfa"),
        ("random effects met REML", "REML"),
    ],
)
def test_a_word_is_found_in_dutch_and_explained(text, word):
    with translation.override("nl"):
        assert explained(report(text))[word]


@pytest.mark.parametrize("text", ["T01", "xT0", "appel", "opp", "Leeuwarden", "HC30"])
def test_a_part_of_a_word_is_no_word(text):
    assert explained(report(text)) == {}


def test_a_report_without_technical_words_has_no_list():
    assert word_list(report("Who took part?")) == []


def test_what_stands_beside_the_chapters_and_under_them_counts_too():
    with translation.override("en"):
        assert list(explained(report("?"), ["T0 intake"])) == ["T0"]
        assert list(explained(report("?", method=["By Holm."]))) == ["p (Holm)"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_whole_analysis_has_its_words_in_order_and_each_once(language):
    with translation.override(language):
        found = list(explained(effect_chapters(changes(), Names())))
    assert found == sorted(set(found), key=str.lower)
    assert {"T0", "T1", "McNemar", "Kaplan-Meier"} <= set(found)
    assert "REML" not in found and "ANCOVA" not in found


def test_every_word_is_found_by_its_own_name_in_both_languages():
    for language in ("en", "nl"):
        with translation.override(language):
            missed = [str(w.name) for w in EXPLAINED if not w.occurs_in(f"{w.name} <")]
        assert set(missed) <= {"Lin"}
