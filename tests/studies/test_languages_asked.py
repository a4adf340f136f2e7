"""A report says in which languages people could answer, and who vouches for them."""

import json

import pytest

from tests.cast import AT, Cast
from tests.studies.making import LATER, UNTIL, make_study
from tests.studies.test_running import with_intake
from trede.pilots.loading import rules_of
from trede.questionnaires.models import Translation
from trede.questionnaires.publishing import newest
from trede.questionnaires.translating import vouch
from trede.reports.languages_told import language_sentences
from trede.studies.languages_asked import languages_for_public
from trede.studies.models import Study
from trede.studies.running import run_interim

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cast: Cast) -> Study:
    return make_study(cast)


def asked(study: Study, cast: Cast) -> dict[str, object]:
    with_intake(study, cast)
    run = run_interim(study=study, until=UNTIL, by=cast.by("ilse"), at=LATER)
    found: dict[str, object] = run.results["languages"]
    return found


def test_the_researcher_sees_how_many_answered_in_which(
    study: Study, cast: Cast
) -> None:
    assert asked(study, cast)["used"] == [
        {"language": "nl", "status": "original", "n": 1}
    ]


def test_the_public_form_tells_no_number_and_no_language_that_was_used(
    study: Study, cast: Cast
) -> None:
    languages = asked(study, cast)
    languages["used"] = [{"language": "ti", "status": "machine", "n": 1}]
    public = languages_for_public(languages)
    assert public["offered"] == languages["offered"]
    assert public["used"] == []


def test_what_is_offered_does_not_hang_on_who_answered(
    study: Study, cast: Cast
) -> None:
    few = asked(study, cast)["offered"]
    assert asked(study, cast)["offered"] == few


def test_who_vouches_is_named_beside_the_language(study: Study, cast: Cast) -> None:
    asked(study, cast)
    wave = next(w for w in rules_of(study.pilot).waves if w.code == "T0")
    stored = newest(wave.questionnaire, town=cast.here.pk)
    vouch(
        questionnaire=stored,
        language="en",
        status=Translation.Status.REVIEWED,
        vouched_by="Joan Field",
        by=cast.by("ilse"),
        at=AT,
    )
    told = " ".join(language_sentences(asked(study, cast)))
    assert "English (reviewed by a speaker: Joan Field)" in told


def test_a_machine_is_named_as_one(study: Study, cast: Cast) -> None:
    told = list(
        language_sentences(
            {
                "offered": [
                    {"language": "nl", "status": None, "vouched_by": ""},
                    {"language": "tr", "status": "machine", "vouched_by": ""},
                ],
                "used": [],
            }
        )
    )
    assert told[0] == (
        "The questions of the intake could be answered in: Nederlands (as it was"
        " written); Türkçe (made by a machine)."
    )
    assert "made by a machine" in told[1]
    assert len(told) == 2


def test_the_results_of_a_run_stay_plain_json(study: Study, cast: Cast) -> None:
    languages = asked(study, cast)
    assert json.loads(json.dumps(languages)) == languages
