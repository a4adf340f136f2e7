"""A whole list: who is accepted, rejected or a repetition, and that it adds up."""

import csv
import datetime
import io

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inflow.reading.lists import (
    BSNS,
    NIJMEGEN,
    ON,
    WITH_ZERO,
    adds_up,
    codes,
    read,
    text_list,
)
from trede.inflow.reading import people
from trede.inflow.reading.check import check_list
from trede.inflow.reading.reasons import COLUMN_REASONS, TEXTS, Refused

HEADER = "BSN;Achternaam;Voorletters;Geboortedatum"


def test_title_rows_blank_rows_totals_and_repeated_headers_are_not_people() -> None:
    reading = read(
        text_list(
            "Doelgroepenlijst bijstand februari 2020;;;",
            "",
            HEADER,
            f"{BSNS[0]};Vos;A.;12-03-1975",
            ";;;",
            HEADER,
            f"{BSNS[1]};Idrissi;B.;13-03-1975",
            "Totaal: 2;;;",
            "Gemaakt door afdeling Inkomen;;;",
        )
    )

    assert reading.header_row == 3
    assert [record.row for record in reading.records] == [4, 7]
    assert codes(reading) == [
        (6, "header_repeated"),
        (8, "totals_row"),
        (9, "not_a_person"),
    ]
    assert reading.rows == 5 and adds_up(reading)


def test_a_rejection_names_row_column_value_and_reason() -> None:
    reading = read(text_list(HEADER, f"{BSNS[0]};Vos;A.;31-02-1975"))

    (note,) = reading.rejected
    assert note[:4] == (2, "Geboortedatum", "31-02-1975", "date_no_such_day")
    with translation.override("en"):
        assert "28-02" in note.text and "03-03" in note.text


def test_a_row_with_two_mistakes_is_one_rejected_row() -> None:
    reading = read(text_list(HEADER, "999990017;;;31-02-1975"))

    assert len(reading.rejected) == 3
    assert reading.rejected_rows == 1 and adds_up(reading)


def test_a_correction_is_named_and_the_row_is_kept() -> None:
    reading = read(text_list(HEADER, f"{WITH_ZERO[1:]};Vos;A.;1/2/75"))

    assert reading.records[0].bsn == WITH_ZERO
    assert [(note.row, note.column, note.code) for note in reading.corrections] == [
        (2, "BSN", "bsn_zeros_added"),
        (2, "Geboortedatum", "date_two_digit_year"),
    ]


def test_a_column_that_could_be_either_follows_the_order_of_the_others() -> None:
    reading = read(
        text_list(
            "BSN;Achternaam;Geboortedatum;Uitkering sinds",
            f"{BSNS[0]};Vos;03/25/1975;6/1/2009",
            f"{BSNS[1]};Smit;12/14/1980;7/1/2010",
        )
    )

    since = [record.benefit_since_on for record in reading.records]
    assert [day.isoformat() for day in since if day] == ["2009-06-01", "2010-07-01"]


def test_a_birth_after_the_reference_date_is_rejected() -> None:
    reading = read(text_list(HEADER, f"{BSNS[0]};Vos;A.;02-02-2020"))

    assert codes(reading) == [(2, "birth_in_future")]


def test_values_that_do_not_identify_are_left_out_and_named() -> None:
    reading = read(
        text_list(
            "BSN;Achternaam;Telefoon;Postcode;E-mail;Geslacht;Geboorteland",
            f"{BSNS[0]};Vos;06-12345678;6541AB;v@voorbeeld.nl;V;Turkije",
            f"{BSNS[1]};Vos;0612;geen idee;v@;Y;Atlantis",
            f"{BSNS[2]};Vos;06-12345678;6541AB;v@voorbeeld.nl;M;Marokko",
        )
    )

    assert len(reading.records) == 3
    assert {(note.row, note.code) for note in reading.corrections} == {
        (3, "telephone_dropped"),
        (3, "postcode_dropped"),
        (3, "email_dropped"),
        (3, "sex_unread"),
        (3, "country_unread"),
    }


def test_the_same_bsn_again_is_a_repetition_and_the_first_row_stays() -> None:
    reading = read(
        text_list(
            HEADER,
            f"{BSNS[0]};Vos;A.;12-03-1975",
            f"{BSNS[0]};Vos-Smit;A.;12-03-1975",
        )
    )

    (again,) = reading.duplicates
    assert (again.row, again.repeats, again.by) == (3, 2, "bsn")
    assert again.differences == ("surname",)
    assert reading.records[0].surname == "Vos" and adds_up(reading)


def test_without_a_bsn_name_and_birth_date_tell_who_it_is() -> None:
    reading = read(
        text_list(
            HEADER,
            ";Vös;A.;12-03-1975",
            f"{BSNS[0]};VOS;a.;12-03-1975",
            ";Vos;B.;12-03-1975",
        )
    )

    assert [(d.row, d.repeats, d.by) for d in reading.duplicates] == [(3, 2, "name")]
    assert len(reading.records) == 2


def test_two_bsns_are_two_people_however_alike_their_names() -> None:
    rows = (f"{bsn};Vos;A.;12-03-1975" for bsn in BSNS[:2])

    assert len(read(text_list(HEADER, *rows)).records) == 2


def test_people_of_one_name_and_birth_year_are_not_taken_for_each_other() -> None:
    reading = read(
        text_list(
            HEADER + ";Postcode",
            ";Vos;A.;00-00-1975;6541AB",
            ";Vos;A.;00-00-1975;6541AC",
            ";Vos;A.;00-00-1975;6541AB",
        )
    )

    assert [record.row for record in reading.records] == [2, 3]
    assert [(d.row, d.repeats) for d in reading.duplicates] == [(4, 2)]


def test_a_rejected_row_does_not_make_the_next_one_a_repetition() -> None:
    reading = read(
        text_list(
            HEADER, f"{BSNS[0]};Vos;A.;31-02-1975", f"{BSNS[0]};Vos;A.;28-02-1975"
        )
    )

    assert [record.row for record in reading.records] == [3]


def test_a_row_whose_cells_have_shifted_is_rejected() -> None:
    reading = read(text_list(HEADER, f"{BSNS[0]};Vos; A.;12-03-1975;extra"))

    assert codes(reading) == [(2, "too_many_cells")]


def test_wrongly_converted_letters_are_repaired_and_lost_ones_named() -> None:
    reading = read(text_list(HEADER, f"{BSNS[0]};KÃ¤ster;A.;", f"{BSNS[1]};Dvo?ák;A.;"))

    assert reading.records[0].surname == "Käster"
    assert [(note.row, note.code) for note in reading.corrections] == [
        (2, "text_repaired"),
        (3, "text_damaged"),
    ]


def test_a_formula_and_hard_spaces_around_a_value_are_taken_off() -> None:
    reading = read(text_list(HEADER, f'="{BSNS[0]}";\u00a0Vos \u200b;A.;'))

    assert (reading.records[0].bsn, reading.records[0].surname) == (BSNS[0], "Vos")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MAX_ROWS", 2)

    with pytest.raises(Refused, match="2"):
        read(text_list(HEADER, *(f"{bsn};Vos;A.;" for bsn in BSNS[:3])))


def test_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "PROGRESS_EVERY", 2)
    told: list[tuple[int, int]] = []

    check_list(
        text_list(HEADER, *(f"{bsn};Vos;A.;" for bsn in BSNS)),
        "list.csv",
        NIJMEGEN,
        ON,
        progress=lambda done, of: told.append((done, of)),
    )

    assert [done for done, _ in told] == [2, 4, 6]


def test_the_json_is_what_other_programs_rely_on() -> None:
    data = text_list(
        "BSN;Achternaam;GEBDAT;Geboorteland;Datum vestiging NL;Uitkering sinds;"
        "Laatste contact;Lopend traject;Statushouder",
        f"{BSNS[0]};Vos;12-03-1975;Marokko;01-01-2000;01-01-2010;01-01-2015;;nee",
        f"{BSNS[1]};Vos;12-03-2005;Marokko;01-01-2000;01-01-2010;;;nee",
        f"{BSNS[2]};Vos;00-00-1975;Turkije;01-01-2000;01-01-2010;;;nee",
        f"{BSNS[2]};Vos;00-00-1975;Turkije;01-01-2000;01-01-2010;;;nee",
        "999990017;Vos;12-03-1975;Marokko;01-01-2000;01-01-2010;01-01-2015;;nee",
    )

    with translation.override("en"):
        told = check_list(data, "list.csv", NIJMEGEN, ON).as_json()

    assert list(told) == [
        "format",
        "encoding",
        "header_row",
        "columns",
        "rows",
        "accepted",
        "rejected",
        "duplicates",
        "eligible",
        "ineligible",
        "undecided",
        "by_criterion",
    ]
    assert (told["rows"], told["accepted"], told["duplicates"]) == (5, 3, 1)
    assert (told["eligible"], told["ineligible"], told["undecided"]) == (1, 1, 1)
    assert told["columns"] == {
        "bsn": "BSN",
        "surname": "Achternaam",
        "born_on": "GEBDAT",
        "birth_country": "Geboorteland",
        "settled_on": "Datum vestiging NL",
        "benefit_since_on": "Uitkering sinds",
        "last_contact_on": "Laatste contact",
        "other_track": "Lopend traject",
        "status_approach": "Statushouder",
    }
    assert told["by_criterion"] == {
        "age": {"met": 2, "not_met": 1, "unknown": 0},
        "benefit_duration": {"met": 3, "not_met": 0, "unknown": 0},
        "background": {"met": 3, "not_met": 0, "unknown": 0},
        "settled": {"met": 3, "not_met": 0, "unknown": 0},
        "status_approach": {"met": 3, "not_met": 0, "unknown": 0},
        "out_of_sight": {"met": 1, "not_met": 0, "unknown": 2},
        "other_track": {"met": 3, "not_met": 0, "unknown": 0},
    }
    assert told["rejected"] == [
        {
            "row": 6,
            "column": "BSN",
            "value": "999990017",
            "reason": str(TEXTS["bsn_fails_test"]),
        }
    ]


WORDS = (
    "999990017 9.99997E+8 31-02-1975 00-00-1968 12-03-1975 Vos Totaal BSN ja Turkije"
)
CELLS = st.one_of(
    st.sampled_from(["", "Berg, A. van den", *BSNS[:3], *WORDS.split()]),
    st.text(max_size=12),
)
TABLES = st.lists(st.lists(CELLS, max_size=6), max_size=12)


def garbage(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(
        [["BSN", "Naam", "Geboortedatum", "Statushouder", "Geboorteland"], *rows]
    )
    return text.getvalue().encode("utf-8", "replace")


@given(TABLES)
@settings(deadline=None)
def test_whatever_stands_in_the_rows_the_counts_add_up(rows: list[list[str]]) -> None:
    try:
        check = check_list(garbage(rows), "garbage.csv", NIJMEGEN, ON)
    except Refused as refused:
        assert refused.code in TEXTS
        return

    reading = check.reading
    assert adds_up(reading)
    assert check.accepted == check.eligible + check.ineligible + check.undecided
    for counts in check.by_criterion.values():
        assert sum(counts.values()) == check.accepted
    places = [r.row for r in reading.records] + [d.row for d in reading.duplicates]
    places += sorted({note.row for note in reading.rejected})
    assert len(places) == len(set(places)) == reading.rows


@given(st.binary(max_size=400), st.sampled_from([b"", b"BSN;Naam\n", b"PK\x03\x04"]))
@settings(deadline=None)
def test_no_bytes_break_the_reading(data: bytes, beginning: bytes) -> None:
    try:
        reading = read(beginning + data)
    except Refused as refused:
        assert str(refused)
    else:
        assert adds_up(reading)


@given(st.permutations(range(5)))
@settings(deadline=None, max_examples=20)
def test_the_order_of_the_columns_makes_no_difference(order: list[int]) -> None:
    rows = [
        ["BSN", "Achternaam", "Geboortedatum", "Uitkering sinds", "Geboorteland"],
        [BSNS[0], "Vos", "12-03-1975", "01-01-2010", "Marokko"],
        [BSNS[1], "Idrissi", "00-00-1992", "01-01-2019", "Turkije"],
    ]
    data = text_list(*(";".join(row[place] for place in order) for row in rows))

    assert read(data).records == read(text_list(*map(";".join, rows))).records


PARAMETERS = "limit count digits date first second year field known source text parts"


def test_every_reason_is_a_sentence_with_its_parameters() -> None:
    fill = dict.fromkeys(PARAMETERS.split(), "7")
    for code, text in TEXTS.items():
        said = str(text) % fill
        assert said[0].isupper() or said.startswith("7"), code
        assert said.rstrip("7").endswith((".", "?", ": ")) or code in COLUMN_REASONS


def test_the_reference_date_decides_and_not_today() -> None:
    data = text_list(HEADER, f"{BSNS[0]};Vos;A.;12-03-1992")
    early, late = (
        check_list(data, "l", NIJMEGEN, datetime.date(2020, month, 12))
        for month in (2, 3)
    )

    assert early.by_criterion["age"]["not_met"] == 1
    assert late.by_criterion["age"]["met"] == 1
