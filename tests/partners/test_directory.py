"""The directory: kept true by the team, and nothing in it ever disappears."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.partners.making import make_contact, make_partner, make_place
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.partners import directory
from trede.partners.models import Organisation, Remark

HALF_A_YEAR = timedelta(days=183)


def change(cast: Cast, one: Organisation, edition: int, name="willem", **facts: object):
    return directory.change(
        organisation=one, facts=facts, edition=edition, by=cast.by(name), at=AT
    )


def test_whoever_adds_one_vouches_for_it(cast: Cast, kitchen: Organisation):
    assert kitchen.confirmed_on == AT.date()
    assert kitchen.confirmed_by == cast.sanne
    assert Line.objects.filter(action="added a partner").count() == 1


def test_the_same_name_in_one_quarter_is_refused(cast: Cast, kitchen: Organisation):
    with pytest.raises(Refused, match="already"):
        make_partner(cast.willem, "de keuken")
    make_partner(cast.willem, "De Keuken", quarter="noord")


def test_another_town_may_have_the_same_name(cast: Cast, kitchen: Organisation):
    assert make_partner(cast.noor).municipality == cast.elsewhere


def test_a_name_may_come_back_when_the_old_one_is_out_of_use(
    cast: Cast, kitchen: Organisation
):
    directory.take_out(organisation=kitchen, on=AT.date(), by=cast.by("sanne"), at=AT)
    make_partner(cast.sanne)
    with pytest.raises(Refused, match="already"):
        change(cast, kitchen, 1, name="willem", quarter="oost", about="x")


def test_who_comes_second_looks_again(cast: Cast, kitchen: Organisation):
    change(cast, kitchen, 1, telephone="024 111 1111")
    with pytest.raises(Refused, match="meanwhile"):
        change(cast, kitchen, 1, name="sanne", telephone="024 222 2222")
    kitchen.refresh_from_db()
    assert (kitchen.telephone, kitchen.edition) == ("024 111 1111", 2)


def test_the_same_change_twice_is_once(cast: Cast, kitchen: Organisation):
    for _twice in range(2):
        change(cast, kitchen, 1, telephone="024 111 1111")
    kitchen.refresh_from_db()
    assert kitchen.edition == 2


def test_half_a_year_later_it_is_to_be_checked_until_somebody_confirms(
    cast: Cast, kitchen: Organisation
):
    later = AT + HALF_A_YEAR
    assert kitchen.confirmed_on < directory.to_check_before(later.date())
    now = directory.confirm(organisation=kitchen, by=cast.by("willem"), at=later)
    assert now.confirmed_by == cast.willem
    assert now.confirmed_on >= directory.to_check_before(later.date())


def test_one_is_taken_out_on_a_day_that_has_come(cast: Cast, kitchen: Organisation):
    by, day = cast.by("sanne"), AT.date()
    with pytest.raises(Refused, match="not come yet"):
        directory.take_out(
            organisation=kitchen, on=day + timedelta(days=1), by=by, at=AT
        )
    directory.take_out(organisation=kitchen, on=day, by=by, at=AT)
    assert not Organisation.objects.in_use().exists()
    directory.bring_back(organisation=kitchen, by=by, at=AT)
    assert Organisation.objects.in_use().get() == kitchen


def test_another_capacity_leaves_the_earlier_one(cast: Cast, kitchen: Organisation):
    spot = make_place(cast.sanne, kitchen, capacity=8)
    later = AT + timedelta(days=30)
    for at in (later, later + timedelta(days=1)):
        directory.keep_place(
            organisation=kitchen,
            place=spot,
            facts={"what": "Kookgroep"},
            capacity=10,
            by=cast.by("willem"),
            at=at,
        )
    rooms = spot.capacities.values_list("from_on", "number")
    assert list(rooms) == [(AT.date(), 8), (later.date(), 10)]


def test_a_contact_person_who_left_is_kept(cast: Cast, kitchen: Organisation):
    bea = make_contact(cast.sanne, kitchen)
    directory.keep_contact(
        organisation=kitchen,
        contact=bea,
        facts={"out_of_use_on": AT.date()},
        by=cast.by("sanne"),
        at=AT,
    )
    assert list(kitchen.contacts.all()) == [bea]
    assert not kitchen.contacts.in_use().exists()


def test_a_remark_is_ones_own_and_stands_encrypted(cast: Cast, kitchen: Organisation):
    for name in ("sanne", "willem"):
        directory.note_remark(
            organisation=kitchen, text=f"van {name}", by=cast.by(name), at=AT
        )
    assert Remark.objects.of(cast.sanne).get().text == "van sanne"
    assert not Remark.objects.of(cast.greet).exists()
    directory.note_remark(organisation=kitchen, text="  ", by=cast.by("sanne"), at=AT)
    assert Remark.objects.get().by == cast.willem


def test_a_remark_that_is_too_long_is_refused(cast: Cast, kitchen: Organisation):
    with pytest.raises(Refused, match="too long"):
        directory.note_remark(
            organisation=kitchen, text="a" * 5_001, by=cast.by("sanne"), at=AT
        )
