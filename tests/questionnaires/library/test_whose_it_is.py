"""What a municipality makes is its own; what comes with Trede is there for all."""

from dataclasses import replace

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.pilots.files import changed
from tests.questionnaires.library.conftest import signed_in
from tests.questionnaires.library.made_up import small
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.pilots.mistakes import RulesRefused
from trede.pilots.reading import read_rules
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.publishing import newest, publish, to_use
from trede.questionnaires.shipped_files import shipped

pytestmark = pytest.mark.django_db
ADDRESSES = ("", "zien/nl/", "taal/tr/", "taal/tr/teksten/", "taal/tr/opsturen/")


def of(cast: Cast, town: Municipality, version: str = "1") -> Questionnaire:
    return publish(
        replace(small(), version=version),
        by=cast.by("ilse"),
        at=AT,
        municipality=town,
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_municipality_finds_nothing(
    cast: Cast, researcher: Client, address: str
) -> None:
    of(cast, cast.elsewhere)
    assert researcher.get(f"/vragenlijsten/small/1/{address}").status_code == 404
    of(cast, cast.here, "2")
    assert researcher.get(f"/vragenlijsten/small/2/{address}").status_code == 200


def test_it_does_not_stand_in_the_list_of_another_municipality(
    cast: Cast, researcher: Client
) -> None:
    of(cast, cast.elsewhere)
    assert "Klein" not in researcher.get("/vragenlijsten/").content.decode()
    cast.ilse.municipality = cast.elsewhere
    cast.ilse.save()
    page = signed_in(cast.ilse).get("/vragenlijsten/").content.decode()
    assert "Klein" in page


def test_a_new_version_of_one_municipality_is_not_asked_in_another(cast: Cast) -> None:
    of_trede = publish(shipped("short"), by=cast.by("ilse"), at=AT)
    own = publish(
        replace(shipped("short"), version="9"),
        by=cast.by("ilse"),
        at=AT,
        municipality=cast.here,
    )
    assert newest("short", town=cast.here.pk) == own
    assert newest("short", town=cast.elsewhere.pk) == of_trede
    assert to_use("short", by=cast.by("sanne"), at=AT) == own
    assert to_use("short", by=cast.by("noor"), at=AT) == of_trede


def test_nobody_takes_a_version_that_comes_with_trede_before_the_others_use_it(
    cast: Cast,
) -> None:
    of_trede = shipped("short")
    other_words = replace(of_trede, title=small().title)
    with pytest.raises(Refused, match="other words"):
        publish(other_words, by=cast.by("ilse"), at=AT, municipality=cast.here)
    again = publish(of_trede, by=cast.by("ilse"), at=AT, municipality=cast.here)
    assert again.municipality is None
    assert to_use("short", by=cast.by("noor"), at=AT) == again


def test_two_municipalities_cannot_hold_one_version(cast: Cast) -> None:
    of(cast, cast.elsewhere)
    with pytest.raises(Refused, match="Another municipality"):
        of(cast, cast.here)


def test_a_pilot_may_ask_what_was_stored_here(cast: Cast) -> None:
    text = changed('"nijmegen_evaluation"', '"small"')
    with pytest.raises(RulesRefused, match="small"):
        read_rules(text)
    of(cast, cast.here)
    assert "small" in {wave.questionnaire for wave in read_rules(text).waves}
