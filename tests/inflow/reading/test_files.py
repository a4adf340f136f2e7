"""Which files are read, and which are refused with a word of advice."""

import datetime
import io
import struct
import zipfile
from pathlib import Path

import pytest

from tests.inflow.reading.lists import BSNS, WITH_ZERO, read, text_list, workbook
from trede.inflow.reading import file as file_module
from trede.inflow.reading.reasons import Refused

FILES = Path(__file__).with_name("files")
NAME = "Käçé-Ünlüöğ"


@pytest.mark.parametrize(
    ("encoding", "name", "told"),
    [
        ("utf-8", "Yılmaz-Čapek", "utf-8"),
        ("utf-8-sig", "Yılmaz-Čapek", "utf-8"),
        ("utf-16", "Yılmaz-Čapek", "utf-16-le"),
        ("utf-16-le", "Yılmaz-Čapek", "utf-16-le"),
        ("utf-16-be", "Yılmaz-Čapek", "utf-16-be"),
        ("windows-1252", "Käster-Señoré", "windows-1252"),
        ("windows-1252", "l’Écluse–Noël", "windows-1252"),
        ("iso-8859-15", "Dušková-Žak", "iso-8859-15"),
        ("mac-roman", "Käster-Noël-José", "mac-roman"),
        ("cp850", "Käster-Noël-José", "cp850"),
    ],
)
def test_letters_survive_whatever_alphabet_the_export_chose(
    encoding: str, name: str, told: str
) -> None:
    data = text_list("BSN;Achternaam", f"{BSNS[0]};{name}", encoding=encoding)

    reading = read(data)

    assert reading.records[0].surname == name
    assert reading.encoding == told


def test_two_exports_pasted_together_are_read_line_by_line() -> None:
    data = text_list(
        "BSN;Achternaam", f"{BSNS[0]};Noël", f"{BSNS[1]};José", ""
    ) + f"{BSNS[2]};Käster".encode("windows-1252")

    assert [r.surname for r in read(data).records] == ["Noël", "José", "Käster"]


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_separator_is_found(sign: str) -> None:
    data = text_list(
        sign.join(("BSN", "Achternaam", "Voornaam")),
        sign.join((BSNS[0], '"Berg; van, den | x"', "Jan")),
        sign.join((BSNS[1], "Idrissi", "Amina")),
    )

    assert [r.given_names for r in read(data).records] == ["Jan", "Amina"]


def test_the_line_that_names_the_separator_has_no_row_number() -> None:
    reading = read(text_list("sep=,", "BSN,Achternaam", f"{BSNS[0]},Idrissi"))

    assert reading.header_row == 1
    assert reading.records[0].row == 2


def test_a_line_break_within_quotes_stays_within_its_row() -> None:
    reading = read(
        text_list(
            "BSN;Achternaam;Straat",
            f'{BSNS[0]};Idrissi;"Plein\nachter"',
            f"{BSNS[1]};Y;Z",
        )
    )

    assert [r.street for r in reading.records] == ["Plein achter", "Z"]
    assert [r.row for r in reading.records] == [2, 3]


def test_a_stray_quotation_mark_swallows_no_rows() -> None:
    reading = read(
        text_list(
            "BSN;Achternaam;Straat",
            f'{BSNS[0]};"t Hart;Plein',
            f"{BSNS[1]};Idrissi;Laan",
            f'{BSNS[2]};Vos;"Weg',
        )
    )

    assert [r.surname for r in reading.records] == ["t Hart", "Idrissi", "Vos"]


def test_a_cell_as_long_as_a_book_does_not_stop_the_reading() -> None:
    reading = read(
        text_list("BSN;Achternaam", "x" * 200_000, f"{BSNS[0]};Idrissi", '"' * 99_999)
    )

    assert [record.row for record in reading.records] == [3]
    assert len(reading.rejected[0].value) == 200


def test_of_several_sheets_the_one_with_the_list_is_read() -> None:
    data = workbook(
        ("Toelichting", [["Deze lijst is vertrouwelijk"], ["BSN is het nummer"]]),
        (
            "Doelgroep",
            [
                [],
                ["", "BSN", "Achternaam", "Geboortedatum", "Uitkering sinds"],
                ["", 12345672.0, "Idrissi", datetime.date(1975, 3, 12), 41000],
            ],
        ),
    )

    reading = read(data)

    record = reading.records[0]
    assert (reading.format, reading.sheet, reading.header_row) == (
        "xlsx",
        "Doelgroep",
        2,
    )
    assert reading.other_sheets == ("Toelichting",)
    assert (record.row, record.bsn) == (3, WITH_ZERO)
    assert record.born_on is not None
    assert record.born_on.isoformat() == "1975-03-12"
    assert record.benefit_since_on is not None
    assert record.benefit_since_on.isoformat() == "2012-04-01"


def test_an_old_workbook_is_read() -> None:
    reading = read((FILES / "list.xls").read_bytes())

    record = reading.records[0]
    assert (reading.format, reading.sheet, record.surname) == (
        "xls",
        "Lijst",
        "Voorbeeld",
    )
    assert record.born_on is not None
    assert record.born_on.isoformat() == "1975-03-12"


def open_document(rows: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            'manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            '<?xml version="1.0"?><office:document-content '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            '<office:body><office:spreadsheet><table:table table:name="Lijst">'
            f"{rows}</table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return target.getvalue()


def cell(text: str, times: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{times}"><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def test_an_open_document_is_read() -> None:
    rows = "".join(
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>"
        for row in (("BSN", "Achternaam"), (BSNS[0], "Idrissi"))
    )

    reading = read(open_document(rows))

    assert (reading.format, reading.records[0].surname) == ("ods", "Idrissi")


def test_a_cell_repeated_a_billion_times_ends_only_its_own_process() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000">'
        f"{cell('x', 16000)}</table:table-row>"
    )

    with pytest.raises(Refused) as refused:
        read(open_document(row))

    assert refused.value.code in ("too_large_unpacked", "workbook_broken", "no_header")


def test_entities_are_not_expanded() -> None:
    with zipfile.ZipFile(io.BytesIO(open_document(""))) as archive:
        content = archive.read("content.xml").decode()
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + content.partition("?>")[2]
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml", bomb.replace("</table:table>", _rows_with("&b;"))
        )

    try:
        reading = read(target.getvalue())
    except Refused as refused:
        assert refused.code == "workbook_broken"
    else:
        assert "haha" not in str(reading.records)


def _rows_with(text: str) -> str:
    rows = "".join(
        f"<table:table-row>{cell(one)}{cell(other)}</table:table-row>"
        for one, other in (("BSN", "Achternaam"), (BSNS[0], text))
    )
    return rows + "</table:table>"


def archive_of(*names: str, size: int = 10) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return target.getvalue()


def claiming_to_unpack_to(size: int) -> bytes:
    """An archive whose directory declares far more than is in it."""
    data = bytearray(archive_of("xl/workbook.xml"))
    place = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, size)
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n  \n", "empty"),
        (workbook(("Leeg", [[]])), "empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"{\\rtf1 ...}", "document"),
        (archive_of("word/document.xml"), "document"),
        (OLE + "WordDocument".encode("utf-16-le"), "document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + b"rubbish", "workbook_broken"),
        (archive_of("list.csv"), "archive"),
        (b"\x1f\x8b\x08 ...", "archive"),
        (b"\x89PNG\r\n", "picture"),
        (b"<html><table><tr><td>BSN</td></tr></table></html>", "web_page"),
        (b'<?xml version="1.0"?><Workbook/>', "web_page"),
        (archive_of("xl/workbook.xml"), "workbook_broken"),
        (b"PK\x03\x04 cut off", "workbook_broken"),
        (claiming_to_unpack_to(3_000_000_000), "too_large_unpacked"),
        (
            archive_of("xl/workbook.xml", *(f"{n}.xml" for n in range(2_500))),
            "too_large_unpacked",
        ),
        (bytes(range(256)) * 40, "not_text"),
        (text_list("BSN;Achternaam"), "no_rows"),
        (text_list("een;twee", "1;2"), "no_header"),
        (text_list("Voornaam;Achternaam", "A;B"), "no_identity"),
        (text_list("BSN;Wijk", f"{BSNS[0]};Oost"), "no_name"),
        (text_list(";".join(["BSN", *["x"] * 300]), BSNS[0]), "too_many_columns"),
    ],
)
def test_what_cannot_be_a_list_is_refused_with_advice(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data)

    assert refused.value.code == code
    assert "%(" not in str(refused.value)
    assert str(refused.value).count(".") >= 1


def test_a_file_that_is_too_large_is_not_even_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file_module, "MAX_MEGABYTES", 0)

    with pytest.raises(Refused) as refused:
        read(b"BSN;Achternaam")

    assert refused.value.code == "too_large"


def test_a_stray_value_far_away_is_refused_and_not_unpacked() -> None:
    rows: list[list[object]] = [["BSN", "Achternaam"], [BSNS[0], "Idrissi"]]
    far = [""] * 16_383 + ["stray"]

    with pytest.raises(Refused) as refused:
        read(workbook(("Lijst", [*rows, *([[]] * 200_000), far])))

    assert refused.value.code in ("too_large_unpacked", "too_many_columns")


def test_a_list_may_begin_with_the_letters_of_a_picture() -> None:
    reading = read(text_list("BM;BSN;Achternaam", f"x;{BSNS[0]};Idrissi"))

    assert len(reading.records) == 1
