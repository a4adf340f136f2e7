"""Questions put by an interpreter or by telephone: from the screen into the dataset."""

import pytest
import time_machine
from django.urls import reverse

from tests.cast import Cast
from tests.inflow.reaching_out import browser
from tests.studies.making import (
    INTAKE_ON,
    UNTIL,
    agree,
    make_candidate,
    make_person,
    make_sitting,
    make_study,
    moment,
)
from trede.inflow.models import Stage
from trede.questionnaires.models import Sitting
from trede.studies.dataset import build

pytestmark = pytest.mark.django_db
DUTCH = ("dutch_speaking", "dutch_understanding", "dutch_reading")


@pytest.mark.parametrize(
    ("mode", "helper", "language"),
    [("interpreter", "interpreter", "ti"), ("telephone", "staff", "ar")],
)
def test_who_read_it_out_in_which_language_reaches_the_dataset(
    mode: str, helper: str, language: str, cast: Cast
):
    study = make_study(cast)
    cast.sign_in_with_a_password()
    person = make_person(study.pilot)
    agree(study.pilot, person)
    make_candidate(study.pilot, person, (Stage.INTAKE, INTAKE_ON, ""))
    state = Sitting.State.PREPARED
    sitting = make_sitting(study.pilot, person, cast.sanne, state=state)
    sitting.answers.all().delete()

    def page(name: str, *more: str) -> str:
        return reverse(f"questionnaires:{name}", args=[sitting.pk, *more])

    with time_machine.travel(moment(INTAKE_ON, 15), tick=False):
        asked = {"typist": cast.willem.pk}
        browser(cast.sanne).post(page("ask_typist"), asked)
        colleague = browser(cast.willem)
        how = {"mode": mode, "language": language, "helped_by": helper}
        day = {"answered_on": INTAKE_ON.isoformat()}
        colleague.post(page("type_in_how"), how | day)
        answers = dict.fromkeys(DUTCH, "2")
        told = {f"{code}-explained": "on" for code in DUTCH[:2]}
        colleague.post(page("type_section", "dutch"), answers | told)
        colleague.post(page("type_in_hand_in"))
    (row,) = build(study, UNTIL).frame.to_dicts()
    assert {name: row[name] for name in ("mode", "helper", "language")} == {
        "mode": mode,
        "helper": helper,
        "language": language,
    }
    assert (row["explanations"], row["explained"]) == ("2", " ".join(DUTCH[:2]))
    assert (row["languages"], row["translation"]) == (language, "machine")
    assert row["dutch_speaking"] == "2"
    assert person.language_read == ""  # nobody read it, so no letter follows it
