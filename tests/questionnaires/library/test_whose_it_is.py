"""What a municipality makes is its own; what comes with Trede is there for all."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.pilots.files import changed, line_of
from tests.questionnaires.library.conftest import signed_in
from tests.questionnaires.library.made_up import small
from trede.accounts.acting import SYSTEM
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.pilots.loading import load_pilot
from trede.pilots.mistakes import RulesRefused
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules
from trede.questionnaires.library.catalogue import versions
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.publishing import newest, publish, to_use
from trede.questionnaires.shipped_files import shipped

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=400)
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
    theirs, own = "small/1@elders", "small/1@voorbeeldstad"
    assert researcher.get(f"/vragenlijsten/{theirs}/{address}").status_code == 404
    of(cast, cast.here)
    assert researcher.get(f"/vragenlijsten/{own}/{address}").status_code == 200


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
    assert to_use("short", town=cast.here.pk, by=SYSTEM, at=AT) == own
    assert to_use("short", town=cast.elsewhere.pk, by=SYSTEM, at=AT) == of_trede


def test_a_version_of_trede_is_nobodys_own_also_when_it_is_uploaded(cast: Cast) -> None:
    again = publish(shipped("short"), by=cast.by("ilse"), at=AT, municipality=cast.here)
    assert again.municipality is None
    assert to_use("short", town=cast.elsewhere.pk, by=SYSTEM, at=AT) == again


def test_no_version_of_a_municipality_has_the_name_of_another_one(cast: Cast) -> None:
    """Not of Trede's next one, of Trede's this one in other words, or elsewhere's."""
    for version in (shipped("short").version, "3"):
        words = replace(shipped("short"), version=version, title=small().title)
        for town in (cast.here, cast.elsewhere):
            publish(words, by=cast.by("ilse"), at=AT, municipality=town)
    of_trede = publish(
        replace(shipped("short"), version="3"), by=cast.by("aad"), at=LATER
    )
    names = set(Questionnaire.objects.values_list("version", flat=True))
    own = {f"{n}@{town}" for n in "23" for town in ("voorbeeldstad", "elders")}
    assert names == own | {"3"}
    assert newest("short", town=None) == of_trede


def test_what_a_municipality_asks_does_not_change_with_a_new_trede(cast: Cast) -> None:
    """Its own version goes before one of Trede that came later."""
    own = of(cast, cast.here)
    of_trede = publish(replace(small(), version="7"), by=cast.by("aad"), at=LATER)
    assert newest("small", town=cast.here.pk) == own
    assert newest("small", town=cast.elsewhere.pk) == of_trede
    assert [entry.version for entry in versions("small", cast.here.pk)] == [
        "1@voorbeeldstad",
        "7",
    ]


def test_nobody_else_gives_a_version_the_name_of_a_municipality(cast: Cast) -> None:
    of(cast, cast.here)
    with pytest.raises(Refused, match="Another municipality"):
        publish(
            replace(small(), version="1@voorbeeldstad"), by=cast.by("aad"), at=LATER
        )


def test_a_pilot_may_ask_what_was_stored_here(cast: Cast) -> None:
    text = changed('"nijmegen_evaluation"', '"small"')
    with pytest.raises(RulesRefused, match="small"):
        read_rules(text)
    of(cast, cast.here)
    assert "small" in {wave.questionnaire for wave in read_rules(text).waves}


def test_a_pilot_may_not_ask_what_another_municipality_stored(cast: Cast) -> None:
    """That is said when the file is loaded, at its line; not on the day of asking."""
    text = changed('"nijmegen_evaluation"', '"small"')
    of(cast, cast.elsewhere)
    with pytest.raises(RulesRefused, match="this municipality itself") as refused:
        loaded(cast, text)
    assert [one.line for one in refused.value.mistakes] == [line_of('"small"', text)]
    assert not Pilot.objects.exists()
    of(cast, cast.here)
    assert loaded(cast, text).municipality == cast.here


def loaded(cast: Cast, text: str) -> Pilot:
    by, why = cast.by("aad"), "the start"
    return load_pilot(text=text, municipality=cast.here, reason=why, by=by, at=AT)
