"""A list of partners is looked at row by row, read in, and can be taken back."""

import io

import pytest
import xlsxwriter

from tests.cast import AT, Cast
from tests.partners.making import make_onward, make_partner, make_place
from tests.trajectories.making import make_pilot
from trede.accounts.refusing import Refused
from trede.partners import sheet_importing
from trede.partners.choices import Known, known_in
from trede.partners.directory import change, keep_contact, keep_place
from trede.partners.models import ActivityPlace, ContactPerson, Organisation, Sheet
from trede.partners.sheet_importing import Counts
from trede.partners.sheet_reading import Row, opened, read, recognised
from trede.people.models import Person

LIST = """Sociale kaart 2021;;;;;;;
Naam;Soort;Wijk;Talen;Telefoon;Contactpersoon;Aanbod;Plaatsen
De Keuken;Wijkcentrum;Oost;Nederlands, Turks;024 111 1111;Bea Baars;Kookgroep;8
De Keuken;community;Oost;;;Bea Baars;Naaigroep;
Het Wiel;fietsclub;Verweg;Klingon;x;;Fietsles;veel
;;;;;;Schaken;
"""


@pytest.fixture
def known(cast: Cast) -> Known:
    make_pilot(cast)
    return known_in(cast.here, AT.date())


def upload(cast: Cast, content: bytes = LIST.encode()) -> Sheet:
    return sheet_importing.upload(
        municipality=cast.here,
        name="kaart.csv",
        content=content,
        by=cast.by("greet"),
        at=AT,
    )


def confirm(cast: Cast, sheet: Sheet, known: Known) -> Counts:
    return sheet_importing.confirm(sheet=sheet, known=known, by=cast.by("greet"), at=AT)


def undo(cast: Cast, sheet: Sheet) -> Counts:
    return sheet_importing.undo(sheet=sheet, by=cast.by("greet"), at=AT)


def rows_of(sheet: Sheet, known: Known) -> list[Row]:
    return list(read(sheet.rows, sheet.columns, known))


def test_a_title_above_the_names_of_the_columns_is_no_row(cast: Cast, known: Known):
    rows = rows_of(upload(cast), known)
    assert [row.number for row in rows] == [3, 4, 5, 6]


def test_a_row_becomes_a_partner_a_contact_and_a_place(cast: Cast, known: Known):
    first, *_rest = rows_of(upload(cast), known)
    assert first.problems == []
    assert first.organisation["quarter"] == "oost"
    assert first.organisation["kind"] == "community"
    assert first.contact["name"] == "Bea Baars"
    assert (first.place["what"], first.capacity) == ("Kookgroep", 8)


@pytest.mark.parametrize("said", ["Buurthuis", "dorpshuis", "Buurtcentrum"])
def test_a_community_centre_is_known_by_its_other_names(cast, known, said):
    first, *_rest = rows_of(
        upload(cast, LIST.replace("Wijkcentrum", said).encode()), known
    )
    assert (first.organisation["kind"], first.notes) == ("community", [])


def test_what_is_wrong_is_said_of_the_row_and_the_others_are_read(
    cast: Cast, known: Known
):
    *_right, wheel, nameless = rows_of(upload(cast), known)
    assert len(wheel.problems) == 2  # the telephone and the room
    assert len(wheel.notes) == 3  # kind, quarter and language are not known
    assert "no name" in nameless.problems[0]


def test_a_number_without_end_is_wrong_and_no_fault(cast: Cast, known: Known):
    endless = b"Naam;Aanbod;Plaatsen\nDe Schuur;Koor;" + b"9" * 5_000
    [row] = rows_of(upload(cast, endless), known)
    assert "cannot be right" in row.problems[0]


def test_nothing_is_there_before_somebody_confirms(cast: Cast, known: Known):
    sheet = upload(cast)
    assert not Organisation.objects.exists()
    for _twice in range(2):
        assert confirm(cast, sheet, known) == Counts(1, 1, 2)
    sheet.refresh_from_db()
    assert sheet.rows == []  # a list names contact persons
    kitchen = Organisation.objects.get()
    assert kitchen.languages == ["nl", "tr"]  # in Dutch, though the test is English
    assert [one.what for one in kitchen.places.all()] == ["Kookgroep", "Naaigroep"]
    assert kitchen.places.first().capacities.get().number == 8


def test_one_that_is_known_gets_what_the_row_adds_and_keeps_its_own(
    cast: Cast, known: Known
):
    kitchen = make_partner(cast.sanne, "DE KEUKEN", telephone="024 999 9999")
    make_place(cast.sanne, kitchen, "kookgroep")
    assert confirm(cast, upload(cast), known) == Counts(0, 1, 1)
    kitchen.refresh_from_db()
    assert kitchen.telephone == "024 999 9999"


def test_taken_back_nothing_is_left(cast: Cast, known: Known):
    sheet = upload(cast)
    confirm(cast, sheet, known)
    assert undo(cast, sheet) == Counts(0, 0, 0)
    assert not ContactPerson.objects.exists()
    assert not Organisation.objects.exists()
    with pytest.raises(Refused, match="nothing to undo"):
        undo(cast, sheet)


def test_what_was_used_stays_when_the_list_is_taken_back(
    cast: Cast, known: Known, person: Person
):
    sheet = upload(cast)
    confirm(cast, sheet, known)
    make_onward(cast.sanne, person, ActivityPlace.objects.get(what="Kookgroep"))
    assert undo(cast, sheet) == Counts(1, 0, 1)


def test_what_a_colleague_changed_since_stays(cast: Cast, known: Known):
    sheet = upload(cast)
    confirm(cast, sheet, known)
    change(
        organisation=Organisation.objects.get(),
        facts={"about": "Samen eten"},
        edition=1,
        by=cast.by("sanne"),
        at=AT,
    )
    assert undo(cast, sheet).organisations == 1


def test_a_contact_and_a_place_that_a_colleague_changed_since_stay(cast, known):
    sheet = upload(cast)
    confirm(cast, sheet, known)
    kitchen, by = Organisation.objects.get(), {"by": cast.by("sanne"), "at": AT}
    here = {"organisation": kitchen, **by}
    bea, (cooking, sewing) = ContactPerson.objects.get(), kitchen.places.all()
    keep_contact(contact=bea, facts={"telephone": "06 1111 1111"}, **here)
    keep_place(place=cooking, facts={"what": cooking.what}, capacity=12, **here)
    keep_place(place=sewing, facts={"what": sewing.what}, capacity=None, **here)
    assert undo(cast, sheet).organisations == 1
    assert [*kitchen.contacts.all(), *kitchen.places.all()] == [bea, cooking]


def test_a_list_that_is_dropped_keeps_no_rows(cast: Cast, known: Known):
    sheet = upload(cast)
    sheet_importing.drop(sheet=sheet, by=cast.by("greet"), at=AT)
    sheet.refresh_from_db()
    assert sheet.rows == []
    with pytest.raises(Refused, match="nothing can be changed"):
        confirm(cast, sheet, known)


def test_other_columns_can_be_chosen(cast: Cast, known: Known):
    sheet = upload(cast, b"Wie;Telefoon;Naam\nBea;024 111 1111;De Schuur\n")
    assert sheet.columns == ["", "telephone", "name"]
    by = cast.by("greet")
    for wrong in (["", "telephone", ""], ["name", "", "bsn"], ["name"]):
        with pytest.raises(Refused):
            sheet_importing.choose_columns(sheet=sheet, columns=wrong, by=by, at=AT)
    chosen = sheet_importing.choose_columns(
        sheet=sheet, columns=["contact", "", "name"], by=by, at=AT
    )
    [row] = rows_of(chosen, known)
    assert row.contact["name"] == "Bea"
    assert row.organisation["telephone"] == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 x", b"a;b\n1;2\n", b"Naam\n", b"\x00\x01\x02", b"PK\x03\x04rest"],
)
def test_what_is_no_list_is_refused_in_words(cast: Cast, content: bytes):
    with pytest.raises(Refused):
        upload(cast, content)
    assert not Sheet.objects.exists()


def test_a_workbook_is_read_as_well(cast: Cast):
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Organisatie", "E-mail"])
        sheet.write_row(1, 0, ["De Schuur", "post@deschuur.example"])
    header, rows = opened(kept.getvalue())
    assert recognised(header) == ["name", "email"]
    assert rows == [[2, ["De Schuur", "post@deschuur.example"]]]


def test_another_town_does_not_see_the_partners_as_known(cast: Cast, known: Known):
    make_partner(cast.noor)
    assert confirm(cast, upload(cast), known).organisations == 1
