"""Later steps of the journey check their own part of a pilot file."""

from collections.abc import Iterator

import pytest

from tests.pilots.files import NIJMEGEN, changed, line_of, mistakes_in
from trede.pilots import sections
from trede.pilots.describing import describe
from trede.pilots.mistakes import Complaint
from trede.pilots.reading import read_rules
from trede.pilots.rules import Rules
from trede.pilots.sections import register_section
from trede.pilots.study_rules import Wave
from trede.pilots.writing import write_rules

OWN = '\n[partners]\nstale_after_months = 6\nkinds = ["library", "school"]\n'


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_VALIDATORS", {})


def nothing(value: object, rules: Rules) -> Iterator[Complaint]:
    yield from ()


def too_long(value: object, rules: Rules) -> Iterator[Complaint]:
    assert isinstance(value, dict)
    if value["stale_after_months"] > rules.limits.trajectory_months - 1:
        yield Complaint(("stale_after_months",), "Too long.", "Write 5 or less.")


def known_questionnaires(value: object, rules: Rules) -> Iterator[Complaint]:
    assert value is rules.waves
    for place, wave in enumerate(rules.waves):
        assert isinstance(wave, Wave)
        if not wave.questionnaire.startswith("nijmegen_"):
            yield Complaint((place, "questionnaire"), "Unknown.", "Use another.")


def test_a_section_that_nobody_registered_is_a_mistake():
    text = NIJMEGEN + OWN
    ((line, where, _),) = mistakes_in(text)
    assert (line, where) == (line_of("[partners]", text), "partners")


def test_a_registered_section_may_stand_in_the_file():
    register_section("partners", nothing)
    rules = read_rules(NIJMEGEN + OWN)
    assert rules.sections == {
        "partners": {"stale_after_months": 6, "kinds": ["library", "school"]}
    }


def test_a_registered_section_may_also_be_absent():
    register_section("partners", too_long)
    assert read_rules(NIJMEGEN).sections == {}


def test_a_later_step_names_its_mistakes_with_their_lines():
    register_section("partners", too_long)
    text = NIJMEGEN + OWN
    assert mistakes_in(text) == [
        (
            line_of("stale_after_months", text),
            "partners.stale_after_months",
            "Write 5 or less.",
        )
    ]


def test_a_later_step_checks_a_section_that_the_rules_have():
    """So the questionnaires will say which questionnaires exist."""
    register_section("waves", known_questionnaires)
    assert mistakes_in(NIJMEGEN) == []
    text = changed('"nijmegen_evaluation"', '"evaluatie"')
    assert mistakes_in(text) == [
        (line_of('"evaluatie"', text), "waves[3].questionnaire", "Use another.")
    ]


def test_two_steps_may_check_the_same_section_and_none_checks_twice():
    register_section("waves", known_questionnaires)
    register_section("waves", known_questionnaires)
    register_section("waves", nothing)
    assert len(mistakes_in(changed('"nijmegen_evaluation"', '"evaluatie"'))) == 1


def test_a_later_step_is_not_asked_about_rules_that_are_not_sound():
    def never(value: object, rules: Rules) -> Iterator[Complaint]:
        raise AssertionError("asked about rules that stand on a stand-in")
        yield

    register_section("waves", never)
    assert len(mistakes_in(changed("aim = 150", 'aim = "x"'))) == 1


def test_a_registered_section_must_be_a_section():
    register_section("partners", nothing)
    ((line, where, fix),) = mistakes_in("partners = 3\n" + NIJMEGEN)
    assert (line, where) == (1, "partners")
    assert fix == "Write [partners], and its keys under it."


def test_sections_of_later_steps_are_exported_and_described():
    register_section("partners", nothing)
    rules = read_rules(NIJMEGEN + OWN)
    assert read_rules(write_rules(rules)) == rules
    chapter = describe(rules)[-1]
    assert [each.text for each in chapter.groups[0].sentences] == [
        "stale_after_months: 6",
        "kinds: library and school",
    ]
