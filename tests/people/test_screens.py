"""What staff see and do about a person: the happy path, and everybody else's."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import AT, Cast
from tests.people.making import a_bsn, make_person
from trede.accounts.models import Staff
from trede.audit.models import Line
from trede.people.consenting import decide, has_consent
from trede.people.files import store
from trede.people.merging import merge
from trede.people.models import Note, Person, Purpose, StoredFile
from trede.people.notes import write_note
from trede.people.registering import change_person
from trede.pilots.models import Pilot

BORN = "1975-03-12"


@pytest.fixture
def person(cast: Cast) -> Person:
    return make_person(
        cast, "Nadia Yıldız", cast.sanne, telephone="0612345678", birth_date=BORN
    )


def at_work(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def url(name: str, number: int) -> str:
    return reverse(f"people:{name}", args=[number])


def typed_in(page, **typed: str) -> dict[str, str]:
    """The form as the page showed it, with what was typed over it."""
    form = page.context["form"]
    shown = {field.html_name: field.value() or "" for field in form}
    hidden = {
        field.html_initial_name: field.initial or ""
        for field in form
        if field.field.show_hidden_initial
    }
    return {**shown, **hidden, **typed}


def test_a_coach_sees_the_details_and_that_is_written_down(
    cast: Cast, person: Person
) -> None:
    page = at_work(cast.sanne).get(url("details", person.pk))
    text = page.content.decode()
    assert "Nadia Yıldız" in text
    assert "06 12345678" in text
    assert "12-03-1975" in text
    line = Line.objects.get(action="looked at people:details")
    assert line.mentions.get().person_id == person.pk


def test_a_colleague_does_not_find_the_person(cast: Cast, person: Person) -> None:
    for name in ("details", "change", "notes", "consents", "household", "merge"):
        assert at_work(cast.willem).get(url(name, person.pk)).status_code == 404


def test_details_are_changed_by_typing_them(cast: Cast, person: Person) -> None:
    client = at_work(cast.sanne)
    page = client.get(url("change", person.pk))
    data = typed_in(page, surname="Demir", birth_date="01/02/1976")
    answer = client.post(url("change", person.pk), data)
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.surname, person.birth_date) == ("Demir", "1976-02-01")
    assert person.birth_year == 1976
    line = Line.objects.get(action="changed details")
    assert line.fields == ["birth_date", "surname"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Marokko", "MA"),
        ("  turkije ", "TR"),
        ("so", "SO"),
        ("Morocco", "MA"),
        ("", ""),
    ],
)
def test_a_country_is_chosen_by_its_name(
    typed: str, code: str, cast: Cast, person: Person
) -> None:
    client = at_work(cast.sanne)
    page = client.get(url("change", person.pk))
    assert '<option value="Marokko">' in page.content.decode()
    client.post(url("change", person.pk), typed_in(page, birth_country=typed))
    person.refresh_from_db()
    assert person.birth_country == code


@pytest.mark.parametrize("typed", ["Atlantis", "XX", "Kongo-Vrijstaat"])
def test_a_country_that_nobody_knows_is_asked_again(
    typed: str, cast: Cast, person: Person
) -> None:
    client = at_work(cast.sanne)
    page = client.get(url("change", person.pk))
    page = client.post(url("change", person.pk), typed_in(page, birth_country=typed))
    assert page.context["form"].errors["birth_country"]
    assert f'value="{typed}"' in page.content.decode()


def test_a_mistake_is_named_and_what_was_typed_is_still_there(
    cast: Cast, person: Person
) -> None:
    client = at_work(cast.sanne)
    page = client.get(url("change", person.pk))
    data = typed_in(page, bsn="123456789", town="Nijmegen")
    page = client.post(url("change", person.pk), data)
    assert page.context["form"].errors["bsn"]
    assert 'value="Nijmegen"' in page.content.decode()
    person.refresh_from_db()
    assert person.town == ""


def test_the_second_of_two_who_change_at_once_sees_both_and_loses_nothing(
    cast: Cast, person: Person
) -> None:
    client = at_work(cast.sanne)
    page = client.get(url("change", person.pk))
    colleague = {"town": "Nijmegen", "street": "Dorpsstraat"}
    change_person(
        person=person, changes=colleague, edition=1, by=cast.by("greet"), at=AT
    )
    page = client.post(url("change", person.pk), typed_in(page, town="Arnhem"))
    assert [row[1:] for row in page.context["theirs"]] == [("Nijmegen", "Arnhem")]
    text = page.content.decode()
    assert 'value="Arnhem"' in text
    assert "Nijmegen" in text
    data = {
        **typed_in(page),
        "town": "Arnhem",
        "initial-town": "",
        "edition": "2",
        "street": "",
        "initial-street": "",
    }
    assert client.post(url("change", person.pk), data).status_code == 302
    person.refresh_from_db()
    assert (person.town, person.street) == ("Arnhem", "Dorpsstraat")


def test_a_half_filled_form_is_asked_again(cast: Cast, person: Person) -> None:
    page = at_work(cast.sanne).post(url("change", person.pk), {"town": "Arnhem"})
    assert page.status_code == 200
    assert page.context["form"].errors


def test_a_note_is_kept_once_however_often_one_clicks(
    cast: Cast, person: Person
) -> None:
    client, typed = (
        at_work(cast.sanne),
        {"text": "Belt na 13.00", "submission": uuid4()},
    )
    for _ in range(2):
        client.post(url("notes", person.pk), typed)
    assert Note.objects.get().text == "Belt na 13.00"
    assert "Belt na 13.00" in client.get(url("notes", person.pk)).content.decode()


def test_an_empty_note_is_refused_in_words(cast: Cast, person: Person) -> None:
    page = at_work(cast.sanne).post(
        url("notes", person.pk), {"text": " ", "submission": uuid4()}
    )
    assert page.context["form"].errors["text"]
    assert not Note.objects.exists()


def test_a_note_of_ones_own_is_corrected(cast: Cast, person: Person) -> None:
    note = write_note(person=person, text="Oud", by=cast.by("sanne"), at=AT)
    at_work(cast.sanne).post(url("correct_note", note.pk), {"text": "Nieuw"})
    page = at_work(cast.greet).post(url("correct_note", note.pk), {"text": "Anders"})
    assert [each.text for each in person.notes.all().standing()] == ["Nieuw"]
    assert page.context["form"].errors


def test_markup_in_a_note_is_text(cast: Cast, person: Person) -> None:
    write_note(
        person=person, text="<script>alert(1)</script>", by=cast.by("sanne"), at=AT
    )
    text = at_work(cast.sanne).get(url("notes", person.pk)).content.decode()
    assert "&lt;script&gt;" in text


@pytest.fixture
def file(person: Person) -> StoredFile:
    return store(
        municipality=person.municipality,
        person=person,
        kind=StoredFile.Kind.CONSENT,
        name="toestemming.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.7 inhoud",
        at=AT,
    )


def test_a_file_is_handed_out_decrypted_and_that_is_written_down(
    cast: Cast, file: StoredFile
) -> None:
    answer = at_work(cast.sanne).get(url("file", file.pk))
    assert answer.content == b"%PDF-1.7 inhoud"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    line = Line.objects.get(action="opened a file")
    assert line.mentions.get().person_id == file.person_id


def test_a_file_is_shut_to_who_may_not_see_the_person(
    cast: Cast, file: StoredFile
) -> None:
    assert at_work(cast.willem).get(url("file", file.pk)).status_code == 404
    assert at_work(cast.noor).get(url("file", file.pk)).status_code == 404
    assert at_work(cast.fatima).get(url("file", file.pk)).status_code == 403


def consent_of(cast: Cast, person: Person) -> Pilot:
    pilot = Pilot.objects.create(municipality=cast.here, code="proef", name="Proef")
    for purpose in Purpose:
        decide(
            person=person,
            pilot=pilot,
            purpose=purpose,
            given=True,
            text_version="proef-1",
            language="nl",
            by=cast.by("sanne"),
            at=AT,
        )
    return pilot


def test_one_consent_is_withdrawn_and_the_others_stand(
    cast: Cast, person: Person
) -> None:
    pilot, client = consent_of(cast, person), at_work(cast.sanne)
    page = client.get(url("consents", person.pk)).content.decode()
    assert page.count(url("withdraw", person.pk)) == 3
    client.post(url("withdraw", person.pk), {"purpose": "recording", "pilot": pilot.pk})
    assert not has_consent(person, pilot, Purpose.RECORDING)
    assert has_consent(person, pilot, Purpose.STUDY)
    assert has_consent(person, pilot, Purpose.REGISTER)


@pytest.mark.parametrize("typed", [{}, {"purpose": "alles"}, {"pilot": "99"}])
def test_a_withdrawal_of_nothing_withdraws_nothing(
    cast: Cast, person: Person, typed: dict[str, str]
) -> None:
    pilot = consent_of(cast, person)
    at_work(cast.sanne).post(url("withdraw", person.pk), typed)
    assert all(has_consent(person, pilot, purpose) for purpose in Purpose)


def test_a_pilot_that_was_never_decided_about_is_refused_in_words(
    cast: Cast, person: Person
) -> None:
    """Else it said “withdrawn”, and nothing was."""
    consent_of(cast, person)
    told = "Kies welke toestemming wordt ingetrokken."
    for town in (cast.here, cast.elsewhere):
        other = Pilot.objects.create(municipality=town, code=f"p-{town.pk}", name="P")
        client = at_work(cast.sanne)
        sent = {"purpose": "study", "pilot": other.pk}
        answer = client.post(url("withdraw", person.pk), sent, follow=True)
        assert told in answer.content.decode()


def test_two_records_are_compared_before_they_are_merged(
    cast: Cast, person: Person
) -> None:
    other = make_person(cast, "Nadia Yildiz", birth_date=BORN, town="Arnhem")
    client = at_work(cast.greet)
    assert "Nadia Yildiz" in client.get(reverse("people:duplicates")).content.decode()
    page = client.get(url("merge", person.pk), {"met": other.pk})
    rows = {(row.ours, row.theirs, row.same) for row in page.context["rows"]}
    assert ("", "Arnhem", False) in rows
    assert ("Yıldız", "Yildiz", True) in rows
    client.post(url("merge", person.pk), {"other": other.pk, "reason": ""})
    assert Person.objects.get(pk=other.pk).merged_into is None
    client.post(url("merge", person.pk), {"other": other.pk, "reason": "paspoort"})
    assert Person.objects.get(pk=other.pk).merged_into == person
    client.post(url("undo_merge", person.pk))
    assert Person.objects.get(pk=other.pk).merged_into is None


def test_two_people_are_kept_apart(cast: Cast, person: Person) -> None:
    other = make_person(cast, "Nadia Yildiz", birth_date=BORN)
    client = at_work(cast.greet)
    client.post(url("not_the_same", person.pk), {"other": other.pk})
    assert client.get(url("merge", person.pk)).context["doubles"] == []


def test_a_coach_does_not_learn_of_a_colleagues_double(
    cast: Cast, person: Person
) -> None:
    other = make_person(cast, "Nadia Yildiz", cast.willem, birth_date=BORN)
    client = at_work(cast.sanne)
    assert client.get(url("merge", person.pk)).context["doubles"] == []
    assert client.get(url("merge", person.pk), {"met": other.pk}).status_code == 404
    client.post(url("merge", person.pk), {"other": other.pk, "reason": "zelfde"})
    assert Person.objects.get(pk=other.pk).merged_into is None


def test_a_record_that_was_put_aside_leads_to_the_one_kept(
    cast: Cast, person: Person
) -> None:
    other = make_person(cast, "Nadia Yildiz")
    merge(kept=person, other=other, reason="zelfde", by=cast.by("greet"), at=AT)
    page = at_work(cast.greet).get(url("details", other.pk)).content.decode()
    assert f'href="{url("details", person.pk)}"' in page


def test_a_household_is_joined_and_left(cast: Cast, person: Person) -> None:
    where = {"postcode": "6512 AB", "house_number": "12"}
    change_person(person=person, changes=where, edition=1, by=cast.by("sanne"), at=AT)
    other = make_person(cast, "Selin Yıldız", **where)
    client = at_work(cast.sanne)
    assert "Selin" in client.get(url("household", person.pk)).content.decode()
    client.post(url("household", person.pk), {"other": other.pk})
    assert Person.objects.get(pk=other.pk).household_id is not None
    client.post(url("leave_household", person.pk))
    assert Person.objects.get(pk=other.pk).household_id is None


def test_nobody_joins_somebody_whom_they_may_not_see(
    cast: Cast, person: Person
) -> None:
    other = make_person(cast, "Selin Yıldız", cast.willem)
    answer = at_work(cast.sanne).post(url("household", person.pk), {"other": other.pk})
    assert answer.status_code == 404
    assert Person.objects.get(pk=other.pk).household is None


def test_the_privacy_officer_hands_out_and_erases(cast: Cast, person: Person) -> None:
    client = at_work(cast.fatima)
    assert client.get(url("access", person.pk)).status_code == 200
    answer = client.post(url("hand_out", person.pk))
    assert answer.content.startswith(b"PK")
    sure = {"reason": "verzoek van 3 maart", "sure": "on"}
    client.post(url("erase", person.pk), {"reason": "verzoek"})
    assert Person.objects.get(pk=person.pk).erased_at is None
    client.post(url("erase", person.pk), sure)
    assert Person.objects.get(pk=person.pk).surname == ""
    page = client.get(url("erase", person.pk))
    assert page.status_code == 200
    assert "verzoek" in page.text
    told = {part.name: part.count for part in page.context["gone"]}
    assert told == {"personen": 1, "verantwoordelijke coaches": 1}
    assert "<li>Personen: 1</li>" in page.text


@pytest.mark.parametrize("name", ["sanne", "greet", "ilse", "bas", "rik", "aad"])
def test_nobody_else_hands_out_or_erases(cast: Cast, person: Person, name: str) -> None:
    client = at_work(getattr(cast, name))
    for door in ("access", "erase", "hand_out"):
        assert client.post(url(door, person.pk)).status_code == 403
    assert Person.objects.get(pk=person.pk).surname == "Yıldız"


def test_somebody_with_a_known_bsn_shows_that_there_may_be_two(
    cast: Cast, person: Person
) -> None:
    other = make_person(cast, "Iemand Anders", bsn=a_bsn())
    client = at_work(cast.greet)
    page = client.get(url("change", person.pk))
    client.post(url("change", person.pk), typed_in(page, bsn=other.bsn))
    text = client.get(url("details", person.pk)).content.decode()
    assert url("merge", person.pk) in text
