"""A scale that the plan names among its outcomes has a score in the final report."""

import pytest

from tests.cast import Cast
from tests.pilots.files import changed, mistakes_in
from tests.studies.making import make_study
from tests.studies.twice import BEFORE, compared, final, measured_twice
from trede.pilots.describing_final_report import final_report
from trede.pilots.models import PilotFile
from trede.pilots.reading import read_rules
from trede.reports.effects.names import Names
from trede.studies.models import Study

pytestmark = pytest.mark.django_db
ASKED = changed('"debts",\n]\n', '"debts", "self_reliance",\n]\n')
MASTERY = 'primary = "satisfied"\noutcomes = ["meaningful",'
ANSWERS = {"solves_difficulties": "4", "overcomes_setbacks": "5"}


@pytest.fixture
def study(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Study:
    for code in ANSWERS:
        monkeypatch.setitem(BEFORE, code, "3")
    made = make_study(cast)
    text = ASKED.replace(MASTERY, MASTERY.replace("[", '["self_reliance", '))
    assert text != ASKED
    PilotFile.objects.filter(pilot=made.pilot).update(text=text)
    return made


def test_the_score_is_an_outcome_beside_its_items(study: Study, cast: Cast):
    for _each in range(6):
        measured_twice(study, cast, **ANSWERS)
    comparison = compared(study)
    (score,) = (
        one for one in comparison.people.outcomes if one.code == "self_reliance"
    )
    assert (score.type, score.scale) == ("score", (1.0, 5.0))
    assert score.question and not score.primary
    people = comparison.people
    items = [people.of(code, "t1") for code in ANSWERS]
    assert people.of("self_reliance", "t1").tolist() == [4.5] * 6
    assert [item.tolist() for item in items] == [[4.0] * 6, [5.0] * 6]


def test_the_report_calls_it_by_the_name_of_the_scale(study: Study, cast: Cast):
    for number in range(6):
        measured_twice(
            study, cast, **ANSWERS | {"overcomes_setbacks": str(number % 5 + 1)}
        )
    results = final(study, cast).results
    told = [
        one
        for one in results["analysis"]["estimates"]
        if one["outcome"] == "self_reliance" and one["headline"]
    ]
    (headline,) = told
    assert headline["method"] in ("paired_t", "mean_change_cr2")
    assert "score_of_items" in headline["notes"]
    names = Names(scales=results["names"]["scales"])
    assert names.outcome("self_reliance") == "Zelf oplossen"


def test_a_scale_that_is_not_named_is_no_outcome(cast: Cast):
    study = make_study(cast)
    measured_twice(study, cast, **ANSWERS)
    codes = {one.code for one in compared(study).configuration.outcomes}
    assert "self_reliance" not in codes and "solves_difficulties" in codes


def test_so_much_must_be_answered_as_the_plan_says(study: Study, cast: Cast):
    file = PilotFile.objects.get(pilot=study.pilot)
    file.text = file.text.replace(
        'label = "Zelf oplossen"', 'label = "Zelf oplossen"\nanswered_percent = 100'
    )
    file.save()
    measured_twice(study, cast, **ANSWERS)
    (scale,) = (
        s for s in compared(study).configuration.scales if s.code == "self_reliance"
    )
    assert scale.answered == 1.0


def test_a_score_without_one_of_its_items_among_the_outcomes_is_named():
    text = ASKED.replace(
        '"solves_difficulties", "overcomes_setbacks",', '"overcomes_setbacks",', 1
    )
    assert text != ASKED
    named = [(where, fix) for _line, where, fix in mistakes_in(text)]
    assert (
        "final_report.scales[2].items[1]",
        "Name the item among the outcomes too.",
    ) in [(where, fix) for where, fix in named]


def test_the_plan_tells_how_the_score_is_made():
    chapter = final_report(read_rules(ASKED))
    told = " ".join(one.text for group in chapter.groups for one in group.sentences)
    assert "As an outcome Zelf oplossen is the mean" in told and "50%" in told
