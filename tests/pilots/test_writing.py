"""An export loads to the rules that it was made of."""

import tomllib
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pilots.files import NIJMEGEN
from tests.pilots.generated import any_rules
from trede.pilots.reading import read_rules
from trede.pilots.rules import Limits, Rules
from trede.pilots.shaping import Shaper
from trede.pilots.writing import write_rules

SHIPPED = read_rules(NIJMEGEN)


def test_the_shipped_rules_come_back_the_same():
    assert read_rules(write_rules(SHIPPED)) == SHIPPED


def test_writing_twice_gives_the_same_text():
    text = write_rules(SHIPPED)
    assert write_rules(read_rules(text)) == text


@settings(max_examples=30, deadline=None)
@given(any_rules())
def test_rules_of_any_content_come_back_the_same(rules: Rules):
    shaper = Shaper()
    raw = tomllib.loads(write_rules(rules))
    own = {name: raw.pop(name) for name in rules.sections}
    again = replace(shaper.table(Rules, raw, ()), sections=own)
    assert shaper.complaints == []
    assert again == rules


@settings(max_examples=30, deadline=None)
@given(
    months=st.integers(2, 60),
    least=st.integers(0, 20),
    more=st.integers(1, 20),
    weeks=st.integers(1, 8),
    pauses=st.booleans(),
)
def test_a_pilot_with_other_limits_exports_and_loads(
    months: int, least: int, more: int, weeks: int, pauses: bool
):
    limits = Limits(
        trajectory_months=months,
        pauses_stop_the_clock=pauses,
        caseload_from=least,
        caseload_to=least + more,
        warn_weeks_before_end=weeks,
        warn_weeks_without_contact=weeks,
    )
    rules = replace(SHIPPED, limits=limits, working_steps=SHIPPED.working_steps[:2])
    assert read_rules(write_rules(rules)) == rules


def test_quotes_and_backslashes_survive():
    name = 'Traject "Samen\\Sterk" — één'
    rules = replace(SHIPPED, pilot=replace(SHIPPED.pilot, name=name))
    assert read_rules(write_rules(rules)).pilot.name == name


def test_what_may_be_left_out_is_left_out():
    rules = replace(SHIPPED, circumstances=(), schemes=())
    text = write_rules(rules)
    assert "[[circumstances" not in text
    assert "[[schemes" not in text
    assert read_rules(text) == rules


def test_dates_are_written_as_dates():
    text = write_rules(SHIPPED)
    assert tomllib.loads(text)["pilot"]["starts_on"] == date(2020, 1, 1)
