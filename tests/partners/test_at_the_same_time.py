"""Partners by two at the same moment: nothing is done twice, and nothing is lost."""

from functools import partial

import pytest

from tests.at_once import at_once, refusals, several
from tests.cast import AT, Cast
from tests.partners.making import make_onward, make_partner, make_place, make_placement
from tests.people.making import make_person
from tests.trajectories.making import make_pilot
from trede.partners.choices import known_in
from trede.partners.directory import change
from trede.partners.models import OnwardReferral, Organisation, Placement
from trede.partners.sheet_importing import confirm, upload

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_proposal_and_a_placement_by_several_at_once_are_one(cast: Cast):
    person = make_person(cast, "Nadia Amrani", cast.sanne)
    spot = make_place(cast.sanne, make_partner(cast.sanne))
    made = several(partial(make_onward, cast.sanne, person, spot))
    assert len(set(made)) == OnwardReferral.objects.count() == 1
    onward = make_onward(cast.sanne, person, spot, "accepted")
    placed = several(partial(make_placement, cast.sanne, onward))
    assert len(set(placed)) == Placement.objects.count() == 1
    assert Placement.objects.get().moments.count() == 1


def test_of_two_who_change_a_partner_the_second_looks_again(cast: Cast):
    one = make_partner(cast.sanne)
    told = at_once(
        *(
            partial(
                change,
                organisation=one,
                facts={"telephone": number},
                edition=1,
                by=cast.by(name),
                at=AT,
            )
            for name, number in (("sanne", "024 111"), ("willem", "024 222"))
        )
    )
    assert len(refusals(told)) == 1
    one.refresh_from_db()
    assert one.edition == 2


def test_the_same_name_by_two_at_once_and_a_list_by_several_are_read_once(cast: Cast):
    told = several(partial(make_partner, cast.sanne))
    assert len(refusals(told)) == 3
    make_pilot(cast)
    by, known = cast.by("greet"), known_in(cast.here, AT.date())
    sheet = upload(
        municipality=cast.here,
        name="kaart.csv",
        content=b"Naam;Aanbod\nDe Schuur;Schaken\nDe Schuur;Dammen\n",
        by=by,
        at=AT,
    )
    several(partial(confirm, sheet=sheet, known=known, by=by, at=AT))
    made = Organisation.objects.get(name="De Schuur")
    assert made.places.count() == 2
