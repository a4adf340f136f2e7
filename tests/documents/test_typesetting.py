"""Letters and consent forms: read back, tagged, and the same every time."""

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from trede.accounts.refusing import Refused
from trede.documents.typesetting import (
    FONTS,
    TEMPLATES,
    NotTypeset,
    picture,
    qr_code,
    typeset,
)

LETTER: dict[str, object] = {
    "language": "nl",
    "direction": "ltr",
    "made_on": "2020-02-10",
    "municipality": "Gemeente Voorbeeldstad",
    "sender": ["Postbus 1", "6500 AA Voorbeeldstad"],
    "address": ["Mevrouw N. Yıldız", "Dorpsstraat 12", "6512 AB  Voorbeeldstad"],
    "facts": [["Datum", "10 februari 2020"], ["Ons kenmerk", "12"]],
    "subject": "Uitnodiging voor een gesprek",
    "salutation": "Beste mevrouw Yıldız,",
    "paragraphs": ["Wij praten graag met u.", "Het gesprek is vrijwillig."],
    "choices": {
        "lead": "Waar wilt u ons spreken?",
        "options": ["In de Stadswinkel", "Bij u thuis"],
        "other": "Ergens anders:",
    },
    "closing": "Met vriendelijke groet,",
    "signed": ["Sanne", "participatiecoach"],
}


def a_signature(width: int = 60, height: int = 20) -> bytes:
    """A small PNG with a slanting line."""
    rows = b"".join(
        b"\0" + bytes(0 if x // 3 == y else 255 for x in range(width))
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def consent(**signing: object) -> dict[str, object]:
    return {
        "language": "nl",
        "direction": "ltr",
        "made_on": "2020-02-10",
        "municipality": "Gemeente Voorbeeldstad",
        "title": "Toestemming",
        "facts": [["Versie", "proef-1"]],
        "sections": [
            {"title": "Waarover", "paragraphs": ["Uitleg."], "points": ["Drie keer"]},
            {"title": "Waar", "paragraphs": ["Bij u thuis."], "points": []},
        ],
        "declarations": {"title": "Dit verklaart u", "items": ["Ik mag stoppen."]},
        "decisions": {
            "title": "Dit beslist u",
            "items": [
                {"question": "Meedoen?", "answer": "Ja", "given": True},
                {"question": "Opnemen?", "answer": "Nee", "given": False},
            ],
        },
        "signing": {
            "title": "Ondertekening",
            "facts": [["Naam", "Nadia Yıldız"], ["Geboortedatum", "12-03-1975"]],
            "signature": None,
            "signature_label": "Handtekening",
            "signature_alt": "De handtekening van Nadia Yıldız",
            "typed_label": "Getypte naam",
            "typed": "Nadia Yıldız",
        }
        | signing,
        "digest_label": "Controlegetal",
        "digest": "0123456789abcdef" * 4,
    }


def text_of(pdf: bytes, *options: str) -> str:
    return read_with("pdftotext", pdf, *options, "-", "-")


def structure_of(pdf: bytes) -> str:
    return read_with("pdfinfo", pdf, "-struct-text", "-")


def read_with(program: str, pdf: bytes, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed (poppler-utils)")
    done = subprocess.run(
        [found, *arguments], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


def test_a_letter_says_what_it_was_given() -> None:
    text = text_of(typeset("letter", LETTER))
    for words in ("Mevrouw N. Yıldız", "Het gesprek is vrijwillig.", "Bij u thuis"):
        assert words in text


def test_a_letter_is_tagged_with_its_heading_and_language() -> None:
    pdf = typeset("letter", LETTER)
    structure = structure_of(pdf)
    assert "H1" in structure
    assert "Uitnodiging voor een gesprek" in structure
    assert "Tagged:          yes" in read_with("pdfinfo", pdf, "-")
    assert b"pdfuaid" in pdf or b"PDF/UA" in pdf


def test_the_address_stands_in_the_window_of_the_envelope() -> None:
    """Left 25 mm, between 45 and 80 mm from the top, in every language."""
    for direction, language in (("ltr", "nl"), ("rtl", "ar")):
        data = LETTER | {"direction": direction, "language": language}
        box = text_of(typeset("letter", data), "-bbox")
        line = next(line for line in box.splitlines() if ">Mevrouw<" in line)
        left, top = (
            float(line.split(f'{name}="')[1].split('"')[0]) / 72 * 25.4
            for name in ("xMin", "yMin")
        )
        assert 24 <= left <= 27
        assert 45 <= top <= 80


def test_a_letter_without_choices_is_a_letter_too() -> None:
    plain = {name: value for name, value in LETTER.items() if name != "choices"}
    assert "Stadswinkel" not in text_of(typeset("letter", plain))


@pytest.mark.parametrize(
    ("language", "direction", "words"),
    [("tr", "ltr", "Görüşme çağrısı"), ("ti", "ltr", "ንዘተ ዕድመ"), ("ar", "rtl", "دعوة")],
)
def test_a_letter_speaks_other_languages(
    language: str, direction: str, words: str
) -> None:
    data = LETTER | {"language": language, "direction": direction, "subject": words}
    assert typeset("letter", data).startswith(b"%PDF-")


def test_an_address_of_a_page_can_be_tapped() -> None:
    address = "https://trede.example/stoppen/een-code"
    letter = LETTER | {"paragraphs": ["Ga naar deze pagina:", address]}
    pdf = typeset("letter", letter)
    assert address.encode() in pdf
    assert address in text_of(pdf)


def test_a_page_on_the_internet_can_be_scanned_and_tapped() -> None:
    address = "https://trede.example/stoppen/een-code"
    page = {
        "address": address,
        "qr": qr_code(address),
        "alt": "QR-code van de pagina",
        "scan": "Scan de code.",
    }
    pdf = typeset("letter", LETTER | {"page": page})
    assert address in text_of(pdf).replace("\n", "")
    assert address.encode() in pdf, "it can be tapped"
    without = typeset("letter", LETTER)
    assert pdf.count(b"/S/Figure") == without.count(b"/S/Figure") + 1
    assert qr_code(address) != qr_code(address[:-1])


def test_a_long_letter_goes_on_with_numbered_pages() -> None:
    data = LETTER | {"paragraphs": ["Wij praten graag met u. " * 20] * 12}
    assert "2/" in text_of(typeset("letter", data)).replace(" ", "")


def test_what_is_typed_is_never_taken_for_markup() -> None:
    typed = '#panic("x") *vet* $x$ <label> \\ @ref #sys.inputs'
    pdf = typeset("letter", LETTER | {"paragraphs": [typed]})
    assert typed in text_of(pdf).replace("\n", " ")


def test_the_same_data_make_the_same_bytes() -> None:
    assert typeset("letter", LETTER) == typeset("letter", LETTER)


def test_a_document_names_no_place_on_this_machine(tmp_path: Path) -> None:
    pdf = typeset("letter", LETTER)
    closed, opened = tmp_path / "closed.pdf", tmp_path / "opened.pdf"
    closed.write_bytes(pdf)
    qpdf = shutil.which("qpdf")
    if qpdf:
        subprocess.run([qpdf, "--qdf", closed, opened], check=True)
        pdf += opened.read_bytes()
    for path in (Path.home(), Path(__file__).parents[2], TEMPLATES, FONTS):
        if path != Path("/"):
            assert str(path).encode() not in pdf


def test_signs_that_our_fonts_do_not_have_are_named() -> None:
    with pytest.raises(Refused, match="王"):
        typeset("letter", LETTER | {"salutation": "Beste mevrouw 王,"})


def test_data_that_lack_something_are_a_mistake_of_ours() -> None:
    with pytest.raises(NotTypeset, match="letter"):
        typeset("letter", {"made_on": "2020-02-10"})


def test_a_letter_for_the_archive() -> None:
    assert typeset("letter", LETTER, standard="a-2a").startswith(b"%PDF-")


def test_a_consent_form_shows_each_decision_and_who_signed() -> None:
    text = text_of(typeset("consent", consent()))
    for words in ("Meedoen?", "Ja", "Opnemen?", "Nee", "Nadia Yıldız", "12-03-1975"):
        assert words in text
    assert text.replace(" ", "").count("0123456789abcdef") == 4


def test_a_signature_is_a_picture_with_words() -> None:
    signed = consent(
        signature=picture(a_signature()), signature_alt="Signed by Nadia", typed=""
    )
    pdf = typeset("consent", signed)
    assert "Figure" in structure_of(pdf)
    assert b"/Alt(Signed by Nadia)" in pdf.replace(b"/Alt (", b"/Alt(")


def test_a_signature_without_words_is_refused() -> None:
    signed = consent(signature=picture(a_signature()), signature_alt=None)
    with pytest.raises(NotTypeset, match="alt"):
        typeset("consent", signed)


def test_a_signature_that_is_no_picture_is_refused() -> None:
    with pytest.raises(NotTypeset):
        typeset("consent", consent(signature=picture(b"no picture")))
