"""The list: which questionnaire, in which languages, and who vouches for the words."""

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.questionnaires.conftest import Desk
from tests.questionnaires.library.conftest import signed_in
from tests.questionnaires.library.made_up import TURKISH, small
from trede.questionnaires.library.catalogue import newest_entries, tongues
from trede.questionnaires.models import Questionnaire, Sitting, Translation
from trede.questionnaires.publishing import publish
from trede.questionnaires.shipped_files import shipped_codes
from trede.questionnaires.translating import translate, vouch

pytestmark = pytest.mark.django_db
LIST = "/vragenlijsten/"


def page(client: Client) -> str:
    return client.get(LIST).content.decode()


def in_turkish(cast: Cast, **words: str) -> Questionnaire:
    stored = publish(small(), by=cast.by("ilse"), at=AT)
    translate(
        questionnaire=stored,
        language="tr",
        words=words or TURKISH,
        by=cast.by("ilse"),
        at=AT,
    )
    return stored


def test_everything_that_comes_with_trede_is_there_before_anybody_used_it() -> None:
    assert not Questionnaire.objects.exists()
    assert {entry.code for entry in newest_entries(None)} == set(shipped_codes())


def test_looking_stores_nothing(researcher: Client) -> None:
    page(researcher)
    assert not Questionnaire.objects.exists()


def test_a_language_stands_under_how_far_it_is(cast: Cast) -> None:
    in_turkish(cast)
    entry = next(one for one in newest_entries(cast.here.pk) if one.code == "small")
    stands = {one.language.code: one.stand for one in tongues(entry)}
    assert (stands["nl"], stands["tr"], stands["ti"]) == (
        "original",
        "machine",
        "nothing",
    )


def test_what_is_missing_is_counted(cast: Cast) -> None:
    in_turkish(cast, **{"debts.text": "Borcunuz var mı?", "debts.no": "Nee hoor"})
    entry = next(one for one in newest_entries(cast.here.pk) if one.code == "small")
    turkish = next(one for one in tongues(entry) if one.language.code == "tr")
    # Of 17 texts one is there: "Nee hoor" is Dutch and counts as missing.
    assert (turkish.stand, turkish.missing, turkish.of) == ("incomplete", 16, 17)


def test_who_vouches_stands_beside_the_language(cast: Cast, researcher: Client) -> None:
    stored = in_turkish(cast)
    vouch(
        questionnaire=stored,
        language="tr",
        status=Translation.Status.REVIEWED,
        vouched_by="Zeynep Kaya",
        by=cast.by("ilse"),
        at=AT,
    )
    assert "Zeynep Kaya" in page(researcher)


def test_it_says_which_pilot_asks_it_when(desk: Desk, researcher: Client) -> None:
    assert f"{desk.pilot.name}: T0" in page(researcher)


def test_sittings_are_counted_for_who_works_on_it(
    desk: Desk, sitting: Sitting, researcher: Client, coach: Client
) -> None:
    assert "1 keer ingevuld of begonnen" in page(researcher)
    assert "keer ingevuld of begonnen" not in page(coach)


def test_sittings_of_another_municipality_are_not_counted(
    sitting: Sitting, cast: Cast
) -> None:
    cast.ilse.municipality = cast.elsewhere
    cast.ilse.save()
    assert "keer ingevuld of begonnen" not in page(signed_in(cast.ilse))


def test_who_has_nothing_to_do_with_a_study_stays_outside(cast: Cast) -> None:
    assert signed_in(cast.rik).get(LIST).status_code == 403
