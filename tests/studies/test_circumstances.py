"""A final report tells in which dated period of the pilot's file people were asked."""

import pytest

from tests.cast import Cast
from tests.studies.making import make_study
from tests.studies.twice import UNTIL, compared, final, measured_twice
from trede.pilots.loading import rules_of
from trede.questionnaires.models import Sitting
from trede.reports.analysed import names_in
from trede.studies.models import Study

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cast: Cast) -> Study:
    """Of 24 half held the evaluation while the second lockdown lasted."""
    made = make_study(cast)
    for number in range(24):
        candidate = measured_twice(made, cast, satisfied=str(4 + number % 5))
        if number % 2:
            sittings = Sitting.objects.filter(person=candidate.person_id, wave="T1")
            sittings.update(circumstance="winter_2021")
    return made


def test_the_run_keeps_who_was_asked_when_and_what_changed(study: Study, cast: Cast):
    found = final(study, cast).results["analysis"]
    asked = [(one["moment"], one["level"], one["n"]) for one in found["asked_in"]]
    assert asked == [("t0", "open", 24), ("t1", "open", 12), ("t1", "winter_2021", 12)]
    told = {one["outcome"]: one for one in found["by_circumstance"]}
    assert [level["pairs"] for level in told["satisfied"]["levels"]] == [
        [["open", "open"]],
        [["open", "winter_2021"]],
    ]
    assert sum(level["n"] for level in told["satisfied"]["levels"]) == 24


def test_the_periods_are_called_what_the_pilots_file_calls_them(study: Study):
    names = names_in({}, rules_of(study.pilot, UNTIL))
    assert names.period("winter_2021") == "Second lockdown: only at a distance"
    assert names.period("open") == "An ordinary, open time"


def test_no_day_of_anybody_goes_into_the_comparison(study: Study):
    frame = compared(study).people.frame
    assert {"circumstance_t0", "circumstance_t1"} <= set(frame.columns)
    assert not [name for name in frame.columns if frame[name].dtype.is_temporal()]
    assert "2021-06" not in frame.write_csv()
