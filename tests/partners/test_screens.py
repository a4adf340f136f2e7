"""The screens of partners, in Dutch: the directory, and a person with partners."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import AT, Cast
from tests.desk.making import sign_in
from tests.partners.making import (
    make_contact,
    make_onward,
    make_partner,
    make_place,
    make_placement,
)
from tests.people.making import make_person
from tests.trajectories.making import make_pilot, make_trajectory
from trede.audit.models import Line
from trede.partners.models import (
    ActivityPlace,
    OnwardReferral,
    Organisation,
    Placement,
    Remark,
    Sheet,
)
from trede.people.models import Person
from trede.trajectories.models import Trajectory


def url(name: str, *args: object) -> str:
    return reverse(f"partners:{name}", args=args)


def today() -> str:
    return timezone.localdate().isoformat()


@pytest.fixture
def sanne(cast: Cast) -> Client:
    return sign_in(cast.sanne)


@pytest.fixture
def trajectory(cast: Cast) -> Trajectory:
    """In a pilot with schemes and kinds of provision."""
    return make_trajectory(cast, make_pilot(cast), name="Geheim")


def test_the_directory_finds_by_a_wish(sanne: Client, spot: ActivityPlace):
    text = sanne.get(url("partners"), {"q": "koken"}).content.decode()
    assert "De Keuken" in text
    assert "<strong>Kookgroep</strong>" in text
    text = sanne.get(url("partners"), {"q": "skiën"}).content.decode()
    assert "Geen partner past hierbij" in text


def test_an_empty_directory_says_what_will_be_here(sanne: Client):
    assert "Nog geen partners" in sanne.get(url("partners")).content.decode()


def test_what_nobody_confirmed_is_confirmed_with_one_press(
    cast: Cast, sanne: Client, kitchen: Organisation
):
    text = sanne.get(url("partners")).content.decode()
    assert "klopt het nog?" in text  # it was confirmed in 2020
    sanne.post(url("confirm", kitchen.pk))
    text = sanne.get(url("partners")).content.decode()
    assert "klopt het nog?" not in text


def test_a_partner_is_added_and_changed(sanne: Client):
    told = {"name": "Het <b>Wiel</b>", "kind": "sports", "website": "wiel.example"}
    sanne.post(url("add_organisation"), told)
    made = Organisation.objects.get()
    assert made.website == "https://wiel.example"
    page = url("organisation", made.pk)
    assert "Het &lt;b&gt;Wiel" in sanne.get(page).content.decode()
    told |= {"name": "Het Wiel", "languages": ["ar", "nl"], "edition": "1"}
    answer = sanne.post(url("change_organisation", made.pk), told)
    assert answer["Location"] == page
    made.refresh_from_db()
    assert (made.name, made.languages) == ("Het Wiel", ["ar", "nl"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "", "kind": "sports"},
        {"name": "x", "kind": "bestaat-niet"},
        {"name": "x" * 121, "kind": "sports"},
        {"name": "x", "kind": "sports", "telephone": "bel maar"},
        {"name": "x", "kind": "sports", "website": "javascript:alert(1)"},
        {"name": "x", "kind": "sports", "languages": ["klingon"]},
    ],
)
def test_nonsense_is_refused_in_words(sanne: Client, wrong: dict[str, object]):
    page = sanne.post(url("add_organisation"), wrong)
    assert page.status_code == 200
    assert "error-summary" in page.content.decode()
    assert not Organisation.objects.exists()


def test_room_of_earlier_and_later_stands_folded_beside_that_of_today(
    cast, sanne, kitchen
):
    spot = make_place(cast.sanne, kitchen, capacity=4)  # in February 2020
    for number, on in ((3, "2025-03-01"), (None, "2026-03-01"), (1, "2026-03-01")):
        add_room(cast, spot, number, on)
    add_room(cast, spot, 6, "2027-05-01")
    with time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=AT.tzinfo), tick=False):
        answer = sign_in(cast.sanne).get(url("organisation", kitchen.pk))
        (shown,) = answer.context["places"]
        told = " ".join(answer.content.decode().split())
    assert shown.room == 1
    beside, folded = told.split('<details class="more')
    folded = folded.partition("</details>")[0]
    assert re.findall(r"<li>(.*?)\s*</li>", folded) == [
        "Vanaf 01-05-2027: plek voor 6",
        "Van 01-03-2025 tot 01-03-2026: plek voor 3",
        "Van 10-02-2020 tot 01-03-2025: plek voor 4",
    ]
    assert "<span>plek voor 1</span>" in beside


def test_with_one_number_there_is_nothing_to_unfold(cast, sanne, kitchen):
    make_place(cast.sanne, kitchen, capacity=4)
    page = sanne.get(url("organisation", kitchen.pk)).content.decode()
    assert "plek voor 4" in page
    assert "eerder en later" not in page


def test_other_room_today_leaves_what_stands_for_later(cast, sanne, kitchen):
    spot = make_place(cast.sanne, kitchen, capacity=4)
    add_room(cast, spot, 6, "2036-05-01")
    page = url("change_place", spot.pk)
    assert sanne.get(page).context["form"]["capacity"].value() == 4
    shown = {"what": spot.what, "initial-what": spot.what, "initial-capacity": "4"}
    sanne.post(page, shown | {"capacity": "4"})
    assert spot.capacities.count() == 2
    sanne.post(page, shown | {"capacity": "6"})
    rooms = spot.capacities.values_list("from_on", "number")
    assert [number for _on, number in rooms] == [4, 6, 6]


def add_room(cast: Cast, spot: ActivityPlace, number: int | None, on: str) -> None:
    spot.capacities.create(number=number, from_on=on, at=AT, by=cast.sanne)


def test_two_who_change_a_contact_and_a_place_at_once_are_both_heard(cast, sanne, spot):
    bea = make_contact(cast.sanne, spot.organisation)
    seen = {"name": bea.name, "role": bea.role, "telephone": bea.telephone}
    shown = {f"initial-{name}": said for name, said in seen.items()}
    sanne.post(url("change_contact", bea.pk), seen | shown | {"telephone": "024 5555"})
    sanne.post(url("change_contact", bea.pk), seen | shown | {"role": "kok"})
    bea.refresh_from_db()
    assert (bea.telephone, bea.role) == ("024 5555", "kok")
    seen = {"what": spot.what, "capacity": "", "days": ""}
    shown = {f"initial-{name}": said for name, said in seen.items()}
    sanne.post(url("change_place", spot.pk), seen | shown | {"capacity": "12"})
    sanne.post(url("change_place", spot.pk), seen | shown | {"days": "maandag"})
    spot.refresh_from_db()
    assert (spot.capacities.last().number, spot.days) == (12, "maandag")


def test_a_contact_and_a_place_are_kept(cast, sanne, kitchen, trajectory):
    sanne.post(url("add_contact", kitchen.pk), {"name": "Bea", "role": "beheer"})
    bea = kitchen.contacts.get()
    sanne.post(url("change_contact", bea.pk), {"name": "Bea", "out_of_use_on": today()})
    told = {"what": "Tuin", "activity_type": "crafts", "capacity": "0"}
    sanne.post(url("add_place", kitchen.pk), told)
    text = sanne.get(url("organisation", kitchen.pk)).content.decode()
    assert "Koken, tuinieren en handwerk" in text
    assert "vol" in text
    assert "Bea" not in text


LAST_DAY = datetime(2026, 12, 31, 12, 0, tzinfo=AT.tzinfo)
ENDS, BEGINS = "social_activation", "participation"


@pytest.mark.parametrize(
    ("on", "exists", "does_not"),
    [(LAST_DAY, ENDS, BEGINS), (LAST_DAY + timedelta(days=1), BEGINS, ENDS)],
)
def test_a_kind_of_provision_is_chosen_on_the_days_on_which_it_exists(
    cast, kitchen, trajectory, on, exists, does_not
):
    """The law changes on the first of January 2027."""
    page = url("add_place", kitchen.pk)
    with time_machine.travel(on, tick=False):
        client = sign_in(cast.sanne)
        offered = client.get(page).context["form"]["activity_type"].field.choices
        assert exists in dict(offered)
        assert does_not not in dict(offered)
        refused = client.post(page, {"what": "Meedoen", "activity_type": does_not})
        assert refused.context["form"].has_error("activity_type")
        assert not ActivityPlace.objects.exists()
        client.post(page, {"what": "Meedoen", "activity_type": exists})
    assert ActivityPlace.objects.get().activity_type == exists


def test_a_place_keeps_the_kind_that_it_had_when_that_has_ended(
    cast, kitchen, trajectory
):
    told = {"what": "Meedoen", "activity_type": ENDS}
    with time_machine.travel(LAST_DAY, tick=False):
        sign_in(cast.sanne).post(url("add_place", kitchen.pk), told)
    page = url("change_place", ActivityPlace.objects.get().pk)
    with time_machine.travel(LAST_DAY + timedelta(days=1), tick=False):
        sign_in(cast.sanne).post(page, told | {"what": "Samen meedoen"})
    kept = ActivityPlace.objects.get()
    assert (kept.what, kept.activity_type) == ("Samen meedoen", ENDS)


@pytest.mark.parametrize(
    ("on", "listed", "not_listed"),
    [(LAST_DAY, ENDS, BEGINS), (LAST_DAY + timedelta(days=1), BEGINS, ENDS)],
)
def test_offer_against_use_tells_of_the_kinds_of_that_day(
    cast, trajectory, on, listed, not_listed
):
    with time_machine.travel(on, tick=False):
        answer = sign_in(cast.greet).get(url("use"))
    kinds = {one.code: one.label for one in answer.context["provisions"]}
    assert listed in kinds and not_listed not in kinds
    assert f">{kinds[listed]}</th>" in answer.content.decode()


def test_a_kind_that_ended_is_told_of_while_somebody_offers_it(cast, trajectory):
    make_place(cast.sanne, make_partner(cast.sanne), activity_type=ENDS)
    with time_machine.travel(LAST_DAY + timedelta(days=1), tick=False):
        provisions = sign_in(cast.greet).get(url("use")).context["provisions"]
    (ended,) = [one for one in provisions if one.code == ENDS]
    assert (ended.label, ended.places) == ("Sociale activering", 1)


def test_an_own_remark_is_shown_to_nobody_else(cast, sanne, kitchen):
    sanne.post(url("note_remark", kitchen.pk), {"text": "Vraag naar Bea"})
    assert Remark.objects.get().text == "Vraag naar Bea"
    page = url("organisation", kitchen.pk)
    assert "Vraag naar Bea" in sanne.get(page).content.decode()
    for name in ("willem", "greet"):
        said = sign_in(getattr(cast, name)).get(page).content.decode()
        assert "Vraag naar Bea" not in said


def test_out_of_use_and_undone_from_the_message(sanne, kitchen):
    answer = sanne.post(url("take_out", kitchen.pk), {"on": today()}, follow=True)
    undo = url("bring_back", kitchen.pk)
    assert f'action="{undo}"' in answer.content.decode()
    sanne.post(undo)
    assert Organisation.objects.in_use().exists()


def test_only_people_one_may_see_stand_on_the_page_of_a_partner(
    cast, sanne, spot, person
):
    make_onward(cast.sanne, person, spot)
    page = url("organisation", spot.organisation_id)
    assert "Amrani" in sanne.get(page).content.decode()
    looked = Line.objects.filter(action="looked at partners:organisation").first()
    assert [one.person_id for one in looked.mentions.all()] == [person.pk]
    assert "Amrani" not in sign_in(cast.willem).get(page).content.decode()
    assert "Amrani" in sign_in(cast.greet).get(page).content.decode()
    assert sign_in(cast.noor).get(page).status_code == 404


def test_somebody_is_referred_in_two_presses_from_their_page(cast, sanne, spot, person):
    """“Naar een partner” in the menu, and the button of the place: three with it."""
    page = sanne.get(reverse("desk:person", args=[person.pk])).content.decode()
    refer = url("refer_onward", person.pk)
    assert f'href="{refer}"' in page
    offer = sanne.get(refer, {"soort": "community"}).content.decode()
    assert f'name="place" value="{spot.pk}"' in offer
    chosen = {"organisation": spot.organisation_id, "place": spot.pk}
    answer = sanne.post(refer, chosen, follow=True)
    made = OnwardReferral.objects.get()
    assert f'action="{url("take_back", made.pk)}"' in answer.content.decode()
    page = sanne.get(reverse("desk:person", args=[person.pk])).content.decode()
    assert "Voorgesteld: Kookgroep, De Keuken" in page


@pytest.mark.parametrize(
    ("chosen", "status"),
    [({}, 302), ({"organisation": "x"}, 302), ({"organisation": 10**9}, 404)],
)
def test_a_choice_that_does_not_exist_refers_nobody(sanne, person, chosen, status):
    assert sanne.post(url("refer_onward", person.pk), chosen).status_code == status
    assert not OnwardReferral.objects.exists()


def test_a_partner_of_another_town_is_not_found(cast, sanne, person):
    far = make_place(cast.noor, make_partner(cast.noor))
    chosen = {"organisation": far.organisation_id, "place": far.pk}
    assert sanne.post(url("refer_onward", person.pk), chosen).status_code == 404


def test_steps_are_noted_with_a_tap_or_a_form(cast, sanne, spot, person):
    onward = make_onward(cast.sanne, person, spot)
    page = url("move_onward", onward.pk)
    sanne.post(page, {"state": "accepted", "on": today()})
    text = sanne.get(page, {"state": "started"}).content.decode()
    assert "Wie ging de eerste keer mee" in text
    sanne.post(page, {"state": "started", "on": today(), "went_along": "coach"})
    feedback = {"on": today(), "words": "Komt <i>trouw</i>"}
    sanne.post(url("give_feedback", onward.pk), feedback)
    text = sanne.get(url("of_person", person.pk)).content.decode()
    assert "Ging de eerste keer mee: de coach" in text
    assert "Komt &lt;i&gt;trouw" in text


@pytest.mark.parametrize("state", ["", "nonsense", "proposed"])
def test_a_step_that_does_not_exist_is_no_page(cast, sanne, spot, person, state):
    onward = make_onward(cast.sanne, person, spot)
    for ask in (sanne.get, sanne.post):
        assert ask(url("move_onward", onward.pk), {"state": state}).status_code == 302
    onward.refresh_from_db()
    assert onward.state == "proposed"


def test_a_placement_from_beginning_to_end(cast, sanne, spot, trajectory):
    person = trajectory.person
    make_contact(cast.sanne, spot.organisation)
    onward = make_onward(cast.sanne, person, spot, "accepted")
    told = {
        "started_on": today(),
        "hours": "3,5",
        "wished_hours": "8",
        "trial_until_on": today(),
    }
    sanne.post(url("start_placement", onward.pk), told)
    made = Placement.objects.get()
    home = sanne.get("/").content.decode()
    assert "De proefperiode loopt af: Kookgroep, De Keuken" in home
    page = sanne.get(url("of_person", person.pk)).content.decode()
    assert "3,5 uur per week" in page and "(wens: 8)" in page
    sanne.post(url("review", made.pk), {"on": today(), "outcome": "stays"})
    sanne.post(url("hours", made.pk), {"on": today(), "hours": "6"})
    sanne.post(url("agree", made.pk), {"on": today(), "compensation": "€ 2"})
    sanne.post(url("incident", made.pk), {"on": today(), "words": "Gevallen"})
    sanne.post(url("end", made.pk), {"on": today(), "reason": "own_wish"})
    kinds = made.moments.values_list("kind", flat=True)
    assert list(kinds) == [
        "started",
        "review",
        "hours",
        "agreement",
        "incident",
        "ended",
    ]
    text = sanne.get(url("of_person", person.pk)).content.decode()
    assert "Afgelopen: eigen wens" in text
    assert "proefperiode loopt af" not in sanne.get("/").content.decode()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("review", {"outcome": "longer"}),
        ("hours", {"hours": "100"}),
        ("hours", {"hours": "veel"}),
        ("agree", {"on": "gisteren"}),
        ("incident", {"words": " "}),
        ("end", {"reason": "x"}),
    ],
)
def test_a_wrong_form_of_a_placement_says_so(cast, sanne, spot, person, name, wrong):
    onward = make_onward(cast.sanne, person, spot, "accepted")
    made = make_placement(cast.sanne, onward)
    answer = sanne.post(url(name, made.pk), {"on": today(), **wrong})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert made.moments.count() == 1


def test_schemes_are_noted_as_they_stand(cast, sanne, trajectory):
    page = url("note_schemes", trajectory.person_id)
    assert "Meedoen-regeling" in sanne.get(page).content.decode()
    sanne.post(page, {"meedoen": ["knew", "wants"]})
    text = sanne.get(url("of_person", trajectory.person_id)).content.decode()
    assert "zou de regeling willen" in text
    answer = sanne.post(page, {"meedoen": ["gratis"]})
    assert answer.status_code == 200
    assert trajectory.person.schemes.count() == 2


def test_who_is_in_no_pilot_has_no_schemes(sanne, person):
    answer = sanne.get(url("note_schemes", person.pk))
    assert answer.status_code == 302


def test_a_professional_stands_on_the_page_of_the_person(sanne, person):
    told = {"kind": "debts", "name": "Kees Kwint", "telephone": "024 123 4567"}
    sanne.post(url("add_professional", person.pk), told)
    page = reverse("desk:person", args=[person.pk])
    text = sanne.get(page).content.decode()
    assert "Kees Kwint" in text and 'href="tel:0241234567"' in text
    sanne.post(url("end_professional", person.professionals.get().pk))
    sanne.get(page)  # says that it was done
    assert "Kees Kwint" not in sanne.get(page).content.decode()


def test_a_colleague_finds_nothing_of_a_person(cast, spot, person):
    make_onward(cast.sanne, person, spot)
    willem = sign_in(cast.willem)
    for name in ("of_person", "refer_onward", "note_schemes", "add_professional"):
        assert willem.get(url(name, person.pk)).status_code == 404
    chosen = {"organisation": spot.organisation_id}
    assert willem.post(url("refer_onward", person.pk), chosen).status_code == 404


def test_who_reads_only_has_no_door(cast, kitchen, person):
    for name in ("rik", "ilse", "bas", "fatima", "aad"):
        client = sign_in(getattr(cast, name))
        assert client.get(url("partners")).status_code == 403
        assert client.get(url("of_person", person.pk)).status_code == 403


def test_a_list_is_uploaded_checked_read_in_and_taken_back(cast, kitchen):
    greet = sign_in(cast.greet)
    content = b"Naam;Telefoon\nDe Schuur;024 111 1111\nDe Keuken;x\n"
    file = SimpleUploadedFile("kaart.csv", content)
    answer = greet.post(url("sheets"), {"file": file}, follow=True)
    text = answer.content.decode()
    assert "1 voor een nieuwe partner, 0 voor een bekende, 1 na te kijken" in text
    assert "Telefoon: “x” kan niet kloppen." in text
    sheet = Sheet.objects.get()
    greet.post(url("sheet_columns", sheet.pk), {"column_0": "name", "column_1": ""})
    text = greet.get(url("sheet", sheet.pk)).content.decode()
    assert "2 voor een nieuwe partner" in text
    greet.post(url("confirm_sheet", sheet.pk))
    assert Organisation.objects.count() == 3
    answer = greet.post(url("undo_sheet", sheet.pk), follow=True)
    assert "er is niets van de lijst over" in answer.content.decode()
    assert Organisation.objects.get() == kitchen


def test_a_list_that_is_none_is_refused_above_the_form(cast):
    file = SimpleUploadedFile("foto.pdf", b"%PDF-1.7")
    answer = sign_in(cast.greet).post(url("sheets"), {"file": file})
    assert "error-summary" in answer.content.decode()
    assert not Sheet.objects.exists()


def test_offer_and_use_counts_and_names_nobody(cast, spot, trajectory):
    ActivityPlace.objects.update(activity_type="crafts")
    other = make_place(cast.sanne, spot.organisation, "Taal", activity_type="language")
    make_onward(cast.sanne, trajectory.person, spot, "started")
    make_onward(cast.sanne, trajectory.person, other)
    make_onward(cast.noor, make_trajectory_elsewhere(cast), far_place(cast))
    answer = sign_in(cast.greet).get(url("use"))
    rows = {one.code: one for one in answer.context["provisions"]}
    assert (rows["crafts"].referred, rows["crafts"].began) == (1, 1)
    assert (rows["language"].referred, rows["language"].began) == (1, 0)
    assert sum(one.referred for one in rows.values()) == 2
    assert "Geheim" not in answer.content.decode()


def make_trajectory_elsewhere(cast: Cast) -> Person:
    return Person.objects.create(
        municipality=cast.elsewhere, surname="Ver", created_at=AT
    )


def far_place(cast: Cast) -> ActivityPlace:
    return make_place(cast.noor, make_partner(cast.noor))


def test_the_page_of_a_person_asks_no_more_when_there_is_more(
    cast, sanne, kitchen, trajectory, django_assert_max_num_queries
):
    person, page = trajectory.person, url("of_person", trajectory.person_id)
    onward = make_onward(
        cast.sanne, person, make_place(cast.sanne, kitchen, "Een"), "accepted"
    )
    make_placement(cast.sanne, onward)
    with django_assert_max_num_queries(15) as few:
        sanne.get(page)
    for n in range(4):
        spot = make_place(cast.sanne, kitchen, f"Plek {n}")
        make_placement(
            cast.sanne,
            make_onward(cast.sanne, person, spot, "accepted"),
            (AT + timedelta(days=30)).date(),
        )
    with django_assert_max_num_queries(len(few.captured_queries)):
        sanne.get(page)


def test_the_page_of_a_partner_asks_no_more_when_there_is_more(
    cast, sanne, kitchen, django_assert_max_num_queries
):
    def one_more(n: int) -> None:
        make_contact(cast.sanne, kitchen)
        spot = make_place(cast.sanne, kitchen, f"Plek {n}", capacity=3)
        make_onward(cast.sanne, make_person(cast, f"Nadia {n}", cast.sanne), spot)

    one_more(0)
    with django_assert_max_num_queries(15) as few:
        sanne.get(url("organisation", kitchen.pk))
    for n in range(1, 4):
        one_more(n)
    with django_assert_max_num_queries(len(few.captured_queries)):
        sanne.get(url("organisation", kitchen.pk))


def test_the_directory_asks_no_more_when_there_are_more_partners(
    cast, sanne, spot, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as few:
        sanne.get(url("partners"))
    for n in range(4):
        make_place(cast.sanne, make_partner(cast.sanne, f"Nummer {n}"))
    with django_assert_max_num_queries(len(few.captured_queries)):
        sanne.get(url("partners"))
