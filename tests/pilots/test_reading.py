"""A pilot file is read whole: the shipped one loads, a broken one is explained."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pilots.files import APPROACHES, NIJMEGEN, changed, line_of, mistakes_in
from trede.accounts.models import Role
from trede.contact.models import Channel, Outcome
from trede.inflow.models import Intake
from trede.people.models import Purpose
from trede.pilots import rules
from trede.pilots.mistakes import RulesRefused
from trede.pilots.reading import LARGEST, read_file, read_rules
from trede.pilots.rules import (
    ContactChannel,
    ContactOutcome,
    IntakeOutcome,
    RoleRule,
    Rules,
)
from trede.pilots.shaping import hints_of, keys_of

SHIPPED = read_rules(NIJMEGEN)


def refused(content: bytes) -> RulesRefused:
    with pytest.raises(RulesRefused) as caught:
        read_file(content)
    return caught.value


def test_every_shipped_approach_loads_under_its_own_name():
    paths = sorted(APPROACHES.glob("*.toml"))
    assert paths
    for path in paths:
        assert read_file(path.read_bytes()).pilot.code == path.stem


def test_nijmegen_is_the_pilot_of_the_report():
    pilot = SHIPPED.pilot
    assert (pilot.starts_on, pilot.ends_on) == (date(2020, 1, 1), date(2021, 10, 31))
    assert pilot.aim == 150
    limits = SHIPPED.limits
    assert (limits.trajectory_months, limits.caseload_from) == (6, 10)
    assert limits.caseload_to == 15


def test_the_criteria_are_those_that_a_list_is_checked_against():
    """The codes are a contract with the command line."""
    from_list = [each.code for each in SHIPPED.criteria if each.judged == "list"]
    screened = [each.code for each in SHIPPED.criteria if each.judged == "screening"]
    assert from_list == [
        "age", "benefit_duration", "background", "settled",
        "status_approach", "out_of_sight", "other_track",
    ]  # fmt: skip
    assert screened == [
        "on_benefit", "background_verified", "health", "behaviour", "not_elsewhere",
    ]  # fmt: skip


def test_the_parameters_of_a_criterion_are_at_hand_as_a_mapping():
    parameters = {each.code: each.parameters for each in SHIPPED.criteria}
    assert parameters["age"] == {"years": 28}
    assert parameters["out_of_sight"] == {"months": 24}
    assert parameters["status_approach"] == {}


def test_non_western_is_africa_asia_latin_america_and_turkey():
    (countries,) = [
        set(each.parameters["countries"])
        for each in SHIPPED.criteria
        if each.code == "background"
    ]
    assert {"TR", "MA", "SR", "SY", "SO", "CW", "CN", "ER"} <= countries
    assert not {"NL", "DE", "BA", "PL", "US", "AU", "ID", "JP"} & countries


def test_every_wave_of_the_study_is_there_and_two_are_retired():
    retired = {each.code: each.retired_on for each in SHIPPED.waves}
    changed_on = SHIPPED.amendments[0].on
    assert retired == {"T0": None, "T0b": changed_on, "T1": None, "T2": changed_on}


def test_every_table_of_the_interim_report_has_a_section():
    tables = [table for each in SHIPPED.report.sections for table in each.tables]
    assert len(tables) == len(set(tables)) == 21


def test_every_role_that_staff_may_have_is_named():
    assert {each.code for each in SHIPPED.roles} == set(Role.values)


def test_what_the_rules_may_name_is_what_can_be_recorded():
    """Later steps keep these codes in the database; the file may name no others."""
    assert may_name(ContactChannel) == set(Channel.values)
    assert may_name(ContactOutcome) == set(Outcome.values)
    assert may_name(IntakeOutcome) == set(Intake.Outcome.values)
    assert may_name(rules.Purpose) == set(Purpose.values)
    assert may_name(RoleRule) == set(Role.values)


def may_name(cls: type) -> set[str]:
    return set(get_args(hints_of(cls)["code"]))


def test_a_file_of_windows_with_a_mark_at_the_start_loads_too():
    content = "\N{BYTE ORDER MARK}" + NIJMEGEN.replace("\n", "\r\n")
    assert read_file(content.encode()) == SHIPPED


def test_lines_are_counted_right_in_a_file_of_windows():
    broken = changed("aim = 150", "aim = 0").replace("\n", "\r\n")
    (mistake,) = refused(broken.encode()).mistakes
    assert mistake.line == line_of("aim = 150", NIJMEGEN)


def test_a_file_in_another_encoding_is_refused_at_its_first_odd_line():
    (mistake,) = refused(NIJMEGEN.encode("utf-16")).mistakes
    assert "UTF-8" in str(mistake.what)
    (mistake,) = refused(NIJMEGEN.encode("cp1252", "replace")).mistakes
    odd = next(
        number
        for number, line in enumerate(NIJMEGEN.split("\n"), 1)
        if not line.isascii()
    )
    assert mistake.line == odd


def test_a_file_that_is_far_too_large_is_not_read():
    (mistake,) = refused(b"#" * (LARGEST + 1)).mistakes
    assert "too large" in str(mistake)


def test_an_empty_file_names_every_section_that_is_missing():
    optional = {"questions", "schemes", "amendments", "circumstances", "final_report"}
    optional |= {"activity_types"}
    expected = {each.name for each in keys_of(Rules)} - optional
    assert {where for _, where, _ in mistakes_in("")} == expected
    assert (1, "pilot", "Add: [pilot]") in mistakes_in("")
    assert (1, "waves", "Add: [[waves]]") in mistakes_in("")


def test_a_nest_of_a_thousand_lists_is_refused_not_crashed_on():
    (mistake,) = refused(b"a = " + b"[" * 5000).mistakes
    assert "nested" in str(mistake)


@pytest.mark.parametrize(
    ("planted", "says"),
    [
        ("aim 150", "Write a key, =, and a value."),
        ("aim = 150 people", "Start the next key on a line of its own."),
        ("aim = 31-01-2020", "Start the next key on a line of its own."),
        ("aim = 2020-02-31", "This date does not exist. Write year-month-day."),
        ("aim = ja", "Put a text between double quotes; write a date as 2020-02-01"),
        ('aim = "150', "Close the text with a double quote on the same line."),
        ("aim = { a = 1", "Close the table with } on the same line."),
        ('aim = "c:\\dir"', "Write a backslash twice"),
        ("aim = 150\naim = 150", "This key or heading is in the file already"),
        ("[[oops]", "Close the heading with as many brackets as it opens with."),
    ],
)
def test_a_line_that_is_no_toml_is_shown_with_what_to_do(planted: str, says: str):
    text = changed("aim = 150", planted)
    (mistake,) = refused(text.encode()).mistakes
    first = line_of("aim = 150", NIJMEGEN)
    assert first <= mistake.line <= first + 1
    assert str(mistake.fix).startswith(says)
    assert planted.split("\n")[-1] in str(mistake.what)


def test_a_list_that_is_not_closed_is_explained():
    text = changed('"evening"]', '"evening"')
    (mistake,) = refused(text.encode()).mistakes
    assert str(mistake.fix) == "Close the list with ]."


LINES = NIJMEGEN.split("\n")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_done_to_the_file_the_answer_is_rules_or_mistakes(
    data: st.DataObject,
):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place] = data.draw(
            st.sampled_from(
                ["", "x = 1", "[x]", "[[pilot]]", "code = 3", lines[place] * 2]
            )
            | st.just(lines[place].replace("=", "= 7 #"))
            | st.just(lines[place].replace('"', "", 1))
            | st.just(lines[place].replace("20", "19"))
            | st.just(data.draw(st.sampled_from(lines)))
        )
    text = "\n".join(lines)
    for line, _, fix in mistakes_in(text):
        assert 1 <= line <= len(lines)
        assert fix


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_is_answered(text: str):
    assert mistakes_in(text)
