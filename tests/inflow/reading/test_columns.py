"""Which column is which field, by its name and by what is in it."""

import pytest

from tests.inflow.reading.lists import BSNS, read, text_list
from trede.inflow.reading.columns import FIELDS, field_named, letter_of
from trede.inflow.reading.field_names import FIELD_NAMES
from trede.inflow.reading.reasons import Refused


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("BSN", "bsn"),
        ("Burgerservicenummer", "bsn"),
        ("Burger Service Nr.", "bsn"),
        ("SoFi-nummer", "bsn"),
        ("CLIENT_BSN", "bsn"),
        ("Naam_vv", "name"),
        ("Achternaam, Voorletters van der", "name"),
        ("Geslachtsnaam", "surname"),
        ("Tussenv.", "prefix"),
        ("Voorl.", "initials"),
        ("GEBDAT", "born_on"),
        ("Geb. datum", "born_on"),
        ("Geboortedatum (dd-mm-jjjj)", "born_on"),
        ("date of birth", "born_on"),
        ("M/V", "sex"),
        ("Geb.land", "birth_country"),
        ("Land van herkomst", "birth_country"),
        ("Straat + huisnr", "address"),
        ("Postcode", "postcode"),
        ("Tel1", "telephone"),
        ("Mobiele nummer", "telephone"),
        ("E-mailadres", "email"),
        ("Wijk", "quarter"),
        ("Dat_ing_uitk", "benefit_since_on"),
        ("Ingangsdatum uitk.", "benefit_since_on"),
        ("Bijstand vanaf", "benefit_since_on"),
        ("Laatste contact met klant", "last_contact_on"),
        ("Datum vest. NL", "settled_on"),
        ("Lopend traject?", "other_track"),
        ("Statushouder", "status_approach"),
        ("Moedertaal", "language"),
        ("Nationaliteit", "not_needed"),
        ("BSN partner", "not_needed"),
        ("Geboortedatum kind", "not_needed"),
        ("Naam klantmanager", "not_needed"),
    ],
)
def test_a_column_is_recognised_by_the_names_that_exports_use(
    header: str, field: str
) -> None:
    found = field_named(header)

    assert found is not None and found[0] == field


@pytest.mark.parametrize("header", ["Opm_km", "Status", "Datum", "Bijzonderheden", ""])
def test_a_name_that_says_too_little_is_not_guessed(header: str) -> None:
    assert field_named(header) is None


def test_a_column_of_bsns_is_recognised_without_its_name() -> None:
    reading = read(
        text_list("Nummer;Naam", *(f"{bsn};Idrissi, A." for bsn in BSNS[:4]))
    )

    column = reading.columns[0]
    assert (column.field, column.reason) == ("bsn", "content")
    assert column.example == "••• ••• 019"


def test_a_name_alone_is_doubted_when_other_things_stand_below_it() -> None:
    reading = read(
        text_list(
            "Nummer;Telefoon;Geboortedatum;Naam",
            *(f"{bsn};12-03-1975;06-12345678;Idrissi, A." for bsn in BSNS[:1]),
            *(f"{bsn};1-1-1980;06-12345679;Vos, B." for bsn in BSNS[1:4]),
        )
    )

    assert reading.columns[1].reason == "named_only"
    assert reading.columns[1].confidence < 0.5


def test_of_two_columns_for_one_field_the_better_is_taken_and_the_other_named() -> None:
    reading = read(
        text_list(
            "BSN;Achternaam;Geboortedatum;Datum geboorte",
            f"{BSNS[0]};Idrissi;onleesbaar;12-03-1975",
            f"{BSNS[1]};Vos;?1980;13-03-1975",
        )
    )

    other = reading.columns[2]
    assert reading.columns[3].field == "born_on"
    assert (other.field, other.reason) == (None, "claimed")
    assert dict(other.params)["source"] == "Datum geboorte"


def test_a_second_telephone_is_kept_as_the_other_one() -> None:
    reading = read(
        text_list("BSN;Achternaam;Tel1;Tel2", f"{BSNS[0]};Vos;06-12345678;024-1234567")
    )

    record = reading.records[0]
    assert (record.telephone, record.telephone_other) == (
        "+31612345678",
        "+31241234567",
    )


def test_what_is_not_kept_is_named_and_shows_nothing_of_its_content() -> None:
    reading = read(
        text_list(
            "BSN;Achternaam;Nationaliteit;Opm_km",
            f"{BSNS[0]};Vos;Marokkaanse;belt liever later",
        )
    )

    reasons = {column.source: column.reason for column in reading.columns}
    assert reasons["Nationaliteit"] == "not_needed"
    assert reasons["Opm_km"] == "unknown"
    assert all(column.example == "" for column in reading.columns[2:])
    assert "Marokkaanse" not in str(reading.records)


def test_nr_is_a_house_number_only_behind_a_street() -> None:
    reading = read(text_list("Nr;BSN;Naam;Straat;Nr", f"7;{BSNS[0]};Vos, A.;Plein;12a"))

    record = reading.records[0]
    assert (record.house_number, record.house_addition) == ("12", "a")


def test_the_mapping_overrules_what_was_recognised() -> None:
    data = text_list(
        "BSN;Achternaam;Datum A;Geboortedatum",
        f"{BSNS[0]};Vos;12-03-1975;01-01-2001",
    )

    by_name = read(data, mapping={"born_on": "Datum A"})
    by_letter = read(data, mapping={"born_on": "C"})
    without = read(data, mapping={"born_on": ""})

    assert by_name.columns[2].reason == "chosen"
    assert by_name.records[0].born_on == by_letter.records[0].born_on
    assert str(by_name.records[0].born_on and by_name.records[0].born_on.year) == "1975"
    assert without.records[0].born_on is None


@pytest.mark.parametrize(
    ("mapping", "code"),
    [({"shoe_size": "BSN"}, "mapping_field"), ({"bsn": "Nergens"}, "mapping_source")],
)
def test_a_mapping_that_cannot_be_is_refused(
    mapping: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        read(text_list("BSN;Achternaam", f"{BSNS[0]};Vos"), mapping=mapping)

    assert refused.value.code == code


def test_a_refusal_for_want_of_a_column_shows_what_was_recognised() -> None:
    with pytest.raises(Refused) as refused:
        read(text_list("BSN;Wijk", f"{BSNS[0]};Oost"))

    assert len(refused.value.columns) == 2


def test_a_list_without_header_is_read_when_the_columns_are_chosen() -> None:
    data = text_list(*(f"{bsn};Vos;12-03-1975" for bsn in BSNS[:3]))

    reading = read(data, mapping={"surname": "B", "born_on": "C"})

    assert reading.header_row is None
    assert [record.row for record in reading.records] == [1, 2, 3]


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA")])
def test_columns_have_the_letters_of_a_spreadsheet(index: int, letter: str) -> None:
    assert letter_of(index) == letter


def test_every_field_has_a_name_for_the_screen() -> None:
    assert set(FIELD_NAMES) == set(FIELDS)
