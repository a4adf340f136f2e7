"""Schemes as they stood on each day, and professionals around somebody."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import AT, Cast
from tests.trajectories.making import make_pilot
from trede.accounts.refusing import Refused
from trede.partners.around import (
    Stands,
    add_professional,
    end_professional,
    note_schemes,
    schemes_of,
    take_up_professional,
)
from trede.partners.models import SchemeUse
from trede.people.erasing import erase_person
from trede.people.models import Person

LATER = AT + timedelta(days=60)


def test_only_what_is_other_than_before_is_noted(cast: Cast, person: Person):
    pilot, by = make_pilot(cast), cast.by("sanne")
    wants = {"meedoen": Stands(wants=True), "plu024": Stands()}
    note_schemes(person=person, pilot=pilot, found=wants, by=by, at=AT)
    again = {**wants, "meedoen": Stands(uses=True)}
    for _twice in range(2):
        note_schemes(person=person, pilot=pilot, found=again, by=by, at=LATER)
    known = schemes_of(person, pilot)
    assert known["meedoen"].uses and not known["meedoen"].wants
    assert known["meedoen"].on == LATER.date()
    assert SchemeUse.objects.count() == 3


@pytest.mark.parametrize("stands", [Stands(uses=True), Stands(applied=True)])
def test_who_uses_a_scheme_or_applied_knows_of_it(stands: Stands):
    assert stands.told()["knew"]
    assert not Stands(wants=True).told()["knew"]


def test_a_professional_stands_encrypted(cast: Cast, person: Person):
    one = add_professional(
        person=person,
        kind="debts",
        name="  Kees   Kwint ",
        telephone="024 123 4567",
        by=cast.by("sanne"),
        at=AT,
    )
    assert one.name == "Kees Kwint"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, telephone FROM partners_professional")
        stored = b" ".join(bytes(cell) for cell in cursor.fetchone())
    assert b"Kwint" not in stored and b"123" not in stored


def test_one_without_a_name_is_refused(cast: Cast, person: Person):
    with pytest.raises(Refused, match="Who is it"):
        add_professional(
            person=person, kind="gp", name=" ", telephone="", by=cast.by("sanne"), at=AT
        )


def test_who_left_is_kept_and_may_come_back(cast: Cast, person: Person):
    by = cast.by("sanne")
    one = add_professional(
        person=person, kind="gp", name="Dr. Vos", telephone="", by=by, at=AT
    )
    for at in (AT, LATER):
        end_professional(professional=one, by=by, at=at)
    one.refresh_from_db()
    assert one.ended_on == AT.date()
    assert not person.professionals.around().exists()
    take_up_professional(professional=one, by=by, at=LATER)
    assert person.professionals.around().get() == one


def test_erasing_takes_them_all(cast: Cast, person: Person):
    by = cast.by("sanne")
    add_professional(
        person=person, kind="gp", name="Dr. Vos", telephone="", by=by, at=AT
    )
    found = {"meedoen": Stands(knew=True)}
    note_schemes(person=person, pilot=make_pilot(cast), found=found, by=by, at=AT)
    erase_person(person=person, reason="verzoek", by=cast.by("fatima"), at=AT)
    assert not person.professionals.exists()
    assert not person.schemes.exists()
    with pytest.raises(Refused, match="closed"):
        add_professional(person=person, kind="gp", name="x", telephone="", by=by, at=AT)
