"""A researcher's table is read as it was meant, or refused in words."""

import polars as pl
import pyreadstat
import pytest

from trede.commands.entry import CannotDo
from trede.commands.table_reading import read_table


@pytest.fixture
def written(tmp_path):
    def write(content, name="data.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_dutch_spreadsheet_has_semicolons_and_decimal_commas(written):
    path = written("person;meaning_t0;coach\na;7,5;Sanne\nb;;Youssef\n")
    frame = read_table(path, names=("person",))
    assert frame["meaning_t0"].to_list() == [7.5, None]
    assert frame["coach"].to_list() == ["Sanne", "Youssef"]


def test_who_a_row_is_about_stays_text(written):
    path = written("person,pair,sex\n007,1,2\n7,2,1\n")
    frame = read_table(path, names=("person", "pair"))
    assert frame["person"].to_list() == ["007", "7"]
    assert frame["pair"].to_list() == ["1", "2"]
    assert frame["sex"].to_list() == [2.0, 1.0]


def test_a_number_with_a_leading_nought_is_a_code(written):
    frame = read_table(written("person,quarter\na,01\nb,12\n"), names=("person",))
    assert frame["quarter"].to_list() == ["01", "12"]


def test_an_old_spreadsheet_keeps_its_letters(written):
    path = written("person,name\na,Zoë\n".encode("cp1252"))
    assert read_table(path, names=())["name"].to_list() == ["Zoë"]


def test_user_missing_values_of_spss_are_missing(tmp_path):
    path = tmp_path / "data.sav"
    frame = pl.DataFrame({"person": ["a", "b"], "meaning_t0": [7.0, 99.0]})
    ranges = {"meaning_t0": [{"lo": 99, "hi": 99}]}
    pyreadstat.write_sav(frame, str(path), missing_ranges=ranges)
    assert read_table(path, names=("person",))["meaning_t0"].to_list() == [7, None]


def test_parquet_is_read_as_it_is(tmp_path):
    path = tmp_path / "data.parquet"
    frame = pl.DataFrame({"person": ["a"], "meaning_t0": [7]})
    frame.write_parquet(path)
    assert read_table(path, names=("person",)).equals(frame)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("data.xls", "x", "Read are: .csv, .sav, .parquet."),
        ("data.csv", "person,a\n", "there is no row in it"),
        ("data.csv", "", "this file is empty. Save it anew"),
        ("data.sav", "", "this file is empty. Save it anew"),
        ("data.csv", "a,b\n1,2,3\n", "no readable CSV file"),
        ("data.sav", "no spss", "no readable SAV file"),
        ("data.parquet", "no parquet", "no readable PARQUET file"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(written, name, content, words):
    with pytest.raises(CannotDo) as refusal:
        read_table(written(content, name), names=())
    assert words in str(refusal.value)


@pytest.mark.parametrize("name", ["gone.csv", "gone.sav", "gone.parquet"])
def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path, name):
    with pytest.raises(CannotDo, match="there is no such file"):
        read_table(tmp_path / name, names=())


def test_a_file_that_holds_no_text_is_refused_in_words(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(b"person,a\n1,\x81\n")
    with pytest.raises(CannotDo, match="no readable CSV file"):
        read_table(path, names=())
