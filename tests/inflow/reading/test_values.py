"""BSNs, telephone numbers, names, addresses and the other values of a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inflow.reading.lists import BSNS, WITH_ZERO
from trede.inflow.reading.names import (
    Address,
    Name,
    split_address,
    split_name,
    split_number,
    split_surname,
)
from trede.inflow.reading.places import read_country
from trede.inflow.reading.values import (
    passes_eleven_test,
    read_bsn,
    read_email,
    read_postcode,
    read_sex,
    read_telephone,
    read_track,
    read_yes_no,
)

NUMBERS = st.integers(1, 999_999_999).map(lambda number: f"{number:09d}")


def with_last_digit(number: int) -> str:
    """The eight digits with the ninth that makes the sum come out, if there is one."""
    first = f"{number:08d}"
    last = sum(int(d) * w for d, w in zip(first, range(9, 1, -1), strict=True)) % 11
    return f"{first}{last}"


# Very small numbers have a sum of zero, which is no BSN.
VALID = (
    st.integers(10, 99_999_999).map(with_last_digit).filter(lambda n: len(n) == 9)
).filter(passes_eleven_test)


@pytest.mark.parametrize(
    "text",
    [
        BSNS[0],
        f" {BSNS[0]} ",
        "9999.90.019",
        "999 990 019",
        "999990019.0",
        "999990019,00",
        "BSN: 999990019",
    ],
)
def test_a_bsn_is_read_however_it_is_spaced(text: str) -> None:
    assert read_bsn(text) == (BSNS[0], None, None)


@given(NUMBERS)
def test_a_number_is_a_bsn_exactly_when_it_passes_the_test(number: str) -> None:
    read = read_bsn(number)

    assert bool(read.value) == passes_eleven_test(number)
    assert bool(read.problem) != bool(read.value)


@given(VALID, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number: str, place: int, by: int) -> None:
    wrong = (int(number[place]) + by) % 10
    changed = number[:place] + str(wrong) + number[place + 1 :]

    assert read_bsn(number).value == number
    if changed.strip("0"):
        assert not read_bsn(changed).value


@pytest.mark.parametrize("text", [WITH_ZERO[1:], "12345672.0", "9945"])
def test_leading_zeros_that_were_lost_are_put_back_and_said(text: str) -> None:
    value, correction, problem = read_bsn(text)

    assert value in (WITH_ZERO, "000009945") and problem is None
    assert correction is not None and correction.code == "bsn_zeros_added"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("999990017", "bsn_fails_test"),
        ("12345678", "bsn_length"),
        ("9999900190", "bsn_length"),
        ("9.99997E+8", "bsn_damaged"),
        ("9,99997E+08", "bsn_damaged"),
        ("99999O019", "bsn_unreadable"),
        ("zie dossier", "bsn_unreadable"),
        ("٩٩٩٩٩٠٠١٩", "bsn_unreadable"),
    ],
)
def test_what_is_not_a_bsn_is_named_and_not_bent(text: str, code: str) -> None:
    value, _, problem = read_bsn(text)

    assert value == ""
    assert problem is not None and problem.code == code


def test_swapped_digits_are_suspected_when_only_one_swap_would_do() -> None:
    swapped = "99990" + "9019"

    problem = read_bsn(swapped).problem

    assert problem is not None
    assert problem.code in ("bsn_digits_swapped", "bsn_fails_test")
    assert read_bsn("999990091").problem is not None


@pytest.mark.parametrize("text", ["", "0", "000000000", "-", "onbekend", "n.v.t."])
def test_no_bsn_is_not_a_wrong_bsn(text: str) -> None:
    assert read_bsn(text) == ("", None, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("06 0000 0188", "+31600000188"),
        ("06-12345678", "+31612345678"),
        ("612345678", "+31612345678"),
        ("(024) 123 45 67", "+31241234567"),
        ("+32 470 12 34 56", "+32470123456"),
        ("0032470123456", "+32470123456"),
        ("06-12345678 / 024-1234567", "+31612345678"),
    ],
)
def test_a_telephone_number_gets_its_country(text: str, number: str) -> None:
    assert read_telephone(text).value == number


@pytest.mark.parametrize("text", ["bel zoon", "12345", "12-03-1975", "06-123"])
def test_what_is_no_telephone_number_is_left_out_and_named(text: str) -> None:
    value, _, problem = read_telephone(text)

    assert value == ""
    assert problem is not None and problem.code == "telephone_dropped"


def test_other_ways_to_reach_somebody() -> None:
    assert read_email("A.Vos@Voorbeeld.NL").value == "a.vos@voorbeeld.nl"
    assert read_email("a.vos at voorbeeld").problem is not None
    assert read_postcode("6541ab").value == "6541 AB"
    assert read_postcode("0541 AB").problem is not None


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("M", "man"),
        ("V", "woman"),
        ("vrouw", "woman"),
        ("male", "man"),
        ("1", "man"),
        ("2.0", "woman"),
        ("X", "other"),
        ("O", ""),
        ("0", ""),
        ("", ""),
    ],
)
def test_the_sex_is_read_or_unknown(text: str, sex: str) -> None:
    assert read_sex(text) == (sex, None, None)


def test_yes_no_and_neither() -> None:
    assert read_yes_no("Ja").value is True
    assert read_yes_no("N").value is False
    assert read_yes_no("").value is None
    assert read_yes_no("soms").problem is not None


@pytest.mark.parametrize(
    ("text", "track"),
    [("", ""), ("geen", ""), ("N.v.t.", ""), ("?", None), ("Wet Taaleis",) * 2],
)
def test_an_empty_track_says_that_there_is_none(text: str, track: str | None) -> None:
    assert read_track(text) == track


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Berg, A.B. van den", Name("Berg", "van den", "", "A.B.")),
        ("Yılmaz, A.", Name("Yılmaz", "", "", "A.")),
        ("van den Berg, Anna", Name("Berg", "van den", "Anna", "")),
        ("El Idrissi, Fatima", Name("El Idrissi", "", "Fatima", "")),
        ("A. van den Berg", Name("Berg", "van den", "", "A.")),
        ("Anna Maria de Vries", Name("Vries", "de", "Anna Maria", "")),
        ("Hoa Nguyen", Name("Nguyen", "", "Hoa", "")),
        ("A.B. Nguyen Thi", Name("Nguyen Thi", "", "", "A.B.")),
        ("Soekarno", Name("Soekarno")),
        ("Vries, J de", Name("Vries", "de", "", "J")),
    ],
)
def test_a_whole_name_is_divided_into_its_parts(text: str, name: Name) -> None:
    assert split_name(text) == name


@given(st.text(max_size=40))
def test_no_word_of_a_name_gets_lost(text: str) -> None:
    words = text.replace(",", " ").split()
    name = split_name(" ".join(text.split()))
    parts = (name.given_names, name.initials, name.prefix, name.surname)

    kept = " ".join(parts).replace(",", " ").split()
    assert sorted(kept) == sorted(words)


def test_a_prefix_is_taken_off_only_when_it_is_one() -> None:
    assert split_surname("van den Bergh") == ("van den", "Bergh")
    assert split_surname("Bergh, van den") == ("van den", "Bergh")
    assert split_surname("Bergh van den") == ("van den", "Bergh")
    assert split_surname("Van Damme") == ("", "Van Damme")
    assert split_surname("al Hassan") == ("", "al Hassan")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "Voorbeeldlaan 12-A, 6531 ab Nijmegen",
            Address("Voorbeeldlaan", "12", "A", "6531 AB", "Nijmegen"),
        ),
        ("Plein 1944 7", Address("Plein 1944", "7")),
        ("2e Voorbeeldweg 5 bis", Address("2e Voorbeeldweg", "5", "bis")),
        ("Zonder nummer", Address("Zonder nummer")),
    ],
)
def test_an_address_in_one_cell_is_divided(text: str, address: Address) -> None:
    assert split_address(text) == address


def test_a_house_number_lets_go_of_its_addition() -> None:
    assert split_number("12-A") == ("12", "A")
    assert split_number("12 bis") == ("12", "bis")
    assert split_number("t/o 4") == ("t/o 4", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Turkije", "TR"),
        ("TÜRKİYE", "TR"),
        ("Turkey", "TR"),
        ("TR", "TR"),
        ("TUR", "TR"),
        ("6043", "TR"),
        ("6043.0", ""),
        ("Bondsrepubliek Duitsland", "DE"),
        ("Nederlands-Indië", "ID"),
        ("Brits-Somaliland", "SO"),
        ("Azoren", "PT"),
        ("Sovjet-Unie", ""),
        ("Atlantis", ""),
    ],
)
def test_a_country_gets_a_code_only_when_that_is_sure(text: str, code: str) -> None:
    place = read_country(text)

    assert place is not None
    assert (place.given, place.code) == (text, code)


def test_a_country_that_is_no_more_knows_what_it_became() -> None:
    antilles = read_country("Nederlandse Antillen")

    assert antilles is not None and antilles.codes == ("BQ", "CW", "SX")


@pytest.mark.parametrize("text", ["", "0000", "Onbekend"])
def test_an_unknown_country_is_no_country(text: str) -> None:
    assert read_country(text) is None
