"""What the public sees of a comparison: judged with tables and earlier reports."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from tests.cast import Cast
from tests.studies.making import make_study
from tests.studies.twice import AT, UNTIL, final, measured_twice, with_intake
from trede import __version__
from trede.accounts.refusing import Refused
from trede.inflow.models import Stage
from trede.pilots.models import PilotFile
from trede.reports import releasing
from trede.reports.releasing import approve, release
from trede.studies import running
from trede.studies.comparing import Comparison
from trede.studies.models import Run, Study
from trede.studies.running import compute_with_data, protect_run

pytestmark = pytest.mark.django_db


# Few outcomes and tables: what is judged together takes long with many.
SECTION = """[[report.sections]]
code = "household_finances"
label = "Geld"
tables = ["debts"]

"""
PLAN = """[final_report]
outcomes = ["coach_tread", "satisfied", "debts"]
[[final_report.questions]]
code = "wellbeing"
label = "Gaat het beter?"
primary = "satisfied"

"""


@pytest.fixture
def study(cast: Cast) -> Study:
    made = make_study(cast)
    file = PilotFile.objects.get(pilot=made.pilot)
    before, rest = file.text.split("[[report.sections]]", 1)
    after, plan = rest.split("[[report.withheld]]", 1)[1].split("[final_report]", 1)
    text = f"{before}{SECTION}[[report.withheld]]{after}{PLAN}[[roles]]"
    PilotFile.objects.update(text=text + plan.split("[[roles]]", 1)[1])
    return made


def counts(told: object) -> Iterator[int]:
    """Every number of people that an analysis prints."""
    if isinstance(told, dict):
        for key, value in told.items():
            if key in ("n", "up", "same", "down") and isinstance(value, int):
                yield value
            else:
                yield from counts(value)
    elif isinstance(told, list):
        for each in told:
            yield from counts(each)


def test_of_a_handful_nothing_is_told_that_counts_them(study: Study, cast: Cast):
    for _each in range(3):
        measured_twice(study, cast)
    shown = protect_run(final(study, cast), earlier=[]).shown
    told = shown["analysis"]
    assert not [n for n in counts(told["estimates"]) if 0 < n < 5]
    assert all(one["suppressed"] for one in told["estimates"])


def test_what_is_hidden_has_a_decision_for_the_officer_only(study: Study, cast: Cast):
    for number in range(7):
        measured_twice(study, cast, satisfied=str(4 + number % 5))
    protected = protect_run(final(study, cast), earlier=[])
    hidden = {one["row"] for one in protected.decisions if one["table"] == "analysis"}
    assert hidden
    reasons = {
        each.get("suppressed") for each in protected.shown["analysis"]["estimates"]
    }
    assert reasons <= {None, "withheld"}


def test_the_researchers_own_run_hides_nothing(study: Study, cast: Cast):
    for _each in range(3):
        measured_twice(study, cast)
    run = final(study, cast)
    before = json.dumps(run.results["analysis"])
    protect_run(run, earlier=[])
    assert json.dumps(run.results["analysis"]) == before


@pytest.mark.parametrize(("version", "times"), [(__version__, 0), ("0.0.1", 1)])
def test_what_is_judged_is_what_the_run_says_unless_another_trede_made_it(
    study: Study, cast: Cast, monkeypatch: pytest.MonkeyPatch, version: str, times: int
):
    for _each in range(3):
        measured_twice(study, cast)
    run = final(study, cast)
    run.version = version
    anew: list[Comparison] = []
    analysis = Comparison.analysis
    monkeypatch.setattr(
        Comparison, "analysis", lambda self: anew.append(self) or analysis(self)
    )
    protect_run(run, earlier=[])
    assert len(anew) == times


def test_a_second_final_report_is_judged_beside_the_first(study: Study, cast: Cast):
    """One person more would be what two editions differ in."""
    by = cast.by("ilse")
    for number in range(8):
        measured_twice(study, cast, satisfied=str(4 + number % 5))
    left = (Stage.DECLINED, measured_twice(study, cast).since_on, "stopped")
    first = release(run=final(study, cast), by=by, at=study.founded_at)
    approve(edition=first, by=by, at=study.founded_at)
    with_intake(study, cast, left)
    second = release(run=final(study, cast), by=by, at=study.founded_at)
    told = second.released["analysis"]
    assert not [n for n in counts(told["estimates"]) if 0 < n < 5]


def test_the_same_figures_are_judged_once(study: Study, cast: Cast, monkeypatch):
    by = cast.by("ilse")
    for _each in range(6):
        measured_twice(study, cast)
    first = release(run=final(study, cast), by=by, at=study.founded_at)

    def never(*_given, **_named) -> None:
        raise AssertionError("judged again")

    monkeypatch.setattr(releasing, "protect_run", never)
    second = release(run=final(study, cast), by=by, at=study.founded_at)
    first.refresh_from_db()
    assert second.pk != first.pk
    assert second.released == first.released
    with_intake(study, cast)
    with pytest.raises(AssertionError, match="judged again"):
        release(run=final(study, cast), by=by, at=study.founded_at)


def test_data_that_a_run_was_just_made_of_are_not_put_together_again(
    study: Study, cast: Cast, monkeypatch
):
    for _each in range(6):
        measured_twice(study, cast)
    run, data = compute_with_data(
        study=study,
        until=UNTIL,
        edition=Run.Edition.FINAL,
        by=cast.by("ilse"),
        at=AT,
    )
    anew = protect_run(run, earlier=[])

    def never(*_given, **_named) -> None:
        raise AssertionError("put together again")

    monkeypatch.setattr(running, "made_of", never)
    assert protect_run(run, earlier=[], data=data) == anew
    with_intake(study, cast)
    monkeypatch.undo()
    with pytest.raises(Refused, match="are not what they were"):
        protect_run(run, earlier=[])


def test_how_few_proved_not_to_belong_cannot_be_worked_out(study: Study, cast: Cast):
    """The tables tell of all who left; the comparison must not tell of all but two."""
    for number in range(8):
        measured_twice(study, cast, satisfied=str(4 + number % 3))
    for _each in range(2):
        with_intake(study, cast, (Stage.INELIGIBLE, date(2020, 11, 2), "ineligible"))
    for _each in range(6):
        with_intake(study, cast, (Stage.DECLINED, date(2020, 11, 2), "stopped"))
    run = final(study, cast)
    told = protect_run(run, earlier=[]).shown["analysis"]
    assert told["flow"]["status"] is None
    assert run.results["analysis"]["flow"]["status"]["ineligible"] == 2
    bases = {
        one["n"] + one["n_missing"]
        for one in told["estimates"]
        if one["n"] is not None and one["n_missing"] is not None
    }
    assert 14 not in bases
