"""`trede plan`: how many people a study takes, and what those there are can show."""

import json

import pytest

from trede.commands.entry import run


@pytest.fixture
def plan(capsys: pytest.CaptureFixture[str]):
    def planned(words: str) -> tuple[int, str, str]:
        try:
            status = run(["plan", *words.split()])
        except SystemExit as stop:
            status = int(stop.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return planned


# R: power.t.test(n = 53, power = .8, type = "paired", strict = TRUE) and its like;
# the same figures stand in docs/methods/precision.md.
@pytest.mark.parametrize(
    ("words", "value", "n"),
    [
        ("--people 23", 0.61, 23),
        ("--people 53", 0.39, 53),
        ("--people 150", 0.23, 150),
        ("--change 0.39", 0.39, 54),
        ("--people 134 --others 200", 0.31, 334),
        ("--people 134 --others 200 --correlation 0.6", 0.25, 334),
        ("--half-width 0.08", 0.08, 147),
    ],
)
def test_the_figures_are_those_of_the_method_page(plan, words: str, value, n: int):
    status, out, _err = plan(f"{words} --json")
    first = json.loads(out)[0]
    assert status == 0
    assert (round(first["value"], 2), first["n"]) == (value, n)


def test_of_people_three_things_are_told_in_sentences(plan):
    _status, out, _err = plan("--people 150")
    change, share, width = out.splitlines()
    assert change == (
        "A mean change of 0.23 standard deviations of the changes is seen by 150"
        " people, with a power of 80%."
    )
    assert share.startswith("A change of 12 points in a share is seen by 150 people")
    assert "7.9 points to either side" in width


def test_who_does_not_answer_is_asked_too_and_not_counted(plan):
    _status, out, _err = plan("--people 100 --response 0.8 --json")
    assert [(one["n"], one["asked"]) for one in json.loads(out)] == [(80, 100)] * 3
    _status, out, _err = plan("--up 0.3 --down 0.1 --response 0.8")
    assert "takes 76 people (power 80%); to ask: 95." in out


def test_people_of_one_coach_are_worth_less(plan):
    _status, alone, _err = plan("--people 100 --json")
    _status, led, _err = plan("--people 100 --caseloads 40,30,20,10 --json")
    for one, other in zip(json.loads(alone), json.loads(led), strict=True):
        # 1 + (3000 / 100 - 1) x 0.05
        assert other["effective_n"] == pytest.approx(100 / 2.45, abs=1)
        assert other["value"] > one["value"]


def test_from_five_coaches_the_interval_has_their_degrees_of_freedom(plan):
    """Without any likeness only they differ: t on 4 for five equal caseloads."""
    value = {}
    for words in ("--caseloads 20,20,20,20,20", "--caseloads 25,25,25,25"):
        _status, out, _err = plan(f"--people 100 {words} --likeness 0 --json")
        value[words[-5:]] = json.loads(out)[0]["value"]
    as_strangers, by_coach = value["25,25"], value["20,20"]
    assert as_strangers == pytest.approx(0.283, abs=0.001)
    # (t(4) at 97.5% + t(4) at 80%) / sqrt(100), about
    assert by_coach == pytest.approx((2.776 + 0.941) / 10, rel=0.03)


def test_two_others_for_each_take_more_people_and_fewer_who_take_part(plan):
    found = {}
    for others in (1, 2):
        _status, out, _err = plan(f"--difference 0.3 --others {others} --json")
        found[others] = json.loads(out)[0]["n"]
    assert found[1] < found[2] < 1.5 * found[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Give one of --people"),
        ("--people 5 --change 0.3", "Give one of --people"),
        ("--people 3", "at least 4 it is"),
        ("--change 0.0001", "more than a million people"),
        ("--up 0.2 --down 0.2", "as many go up as down"),
        ("--up 0.7 --down 0.5", "together at most 1"),
        ("--people 50 --response 0", "nothing to plan"),
        ("--people 50 --power 1", "--power lies between"),
        ("--people 50 --others 50 --correlation 1", "--correlation is below 1"),
        ("--people veel", "veel is not a number of people"),
        ("--change -1", "-1 is not a size above 0"),
        ("--half-width 8", "8 is not a part of 1"),
        ("--people 50 --caseloads 5,0", "0 is not a number of people"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(plan, words: str, said: str):
    status, out, err = plan(words)
    assert status in (1, 2)
    assert said in err
    assert not out


def test_what_can_be_said_is_said_beside_what_cannot(plan):
    status, out, _err = plan("--people 10 --moving 0.05")
    assert status == 0
    assert "A mean change of 1.00" in out
    assert "No smallest change in share: even if all" in out
