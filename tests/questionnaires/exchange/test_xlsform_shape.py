"""Groups, notes, languages and mistakes of an XLSForm, and files that mean harm."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.questionnaires.exchange.made_forms import asked, imported, left, workbook
from trede.questionnaires.definition import PartKind
from trede.questionnaires.exchange.carried import LARGEST_FILE, FileRefused
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.reading import read_text
from trede.questionnaires.writing import as_toml

QUESTION = "type|name|label\ntext|a|A?"


def test_groups_become_sections_and_nested_ones_lie_beside_each_other():
    form = imported("""
        type        | name  | label
        text        | first | Eerst?
        begin group | about | Over u
        text        | a     | A?
        begin_group | home  | Thuis
        text        | b     | B?
        end_group
        text        | c     | C?
        end group
    """)
    assert form.questionnaire is not None
    (core,) = form.questionnaire.parts
    sections = [
        (one.code, one.title.read_in("nl"), [each.code for each in one.questions])
        for one in core.sections
    ]
    assert sections == [
        ("section", "form", ["first"]),
        ("about", "Over u", ["a"]),
        ("home", "Thuis", ["b"]),
        ("about_2", "Over u", ["c"]),
    ]
    assert (form.groups, form.questions, form.carried) == (2, 4, 4)


def test_a_note_introduces_what_follows_and_the_last_one_closes():
    form = imported("""
        type        | name | label       | relevant
        begin group | g    | Groep       |
        note        | n1   | Welkom.     |
        note        |      | Neem tijd.  |
        text        | a    | A?          |
        note        | n2   | Nu iets anders. | ${a} != ''
        text        | b    | B?          |
        end group
        note        | n3   | Dank u.     |
    """)
    assert form.questionnaire is not None
    (core,) = form.questionnaire.parts
    intros = [one.intro.read_in("nl") for one in core.sections if one.intro]
    assert intros == ["Welkom.\nNeem tijd.", "Nu iets anders."]
    assert core.outro is not None
    assert core.outro.read_in("nl") == "Dank u."
    assert [one[0] for one in left(form)] == ["n2"]
    assert form.by_type == {"note": 4, "text": 2}


def test_a_repeat_is_asked_once_and_listed():
    form = imported("""
        type         | name  | label   | repeat_count
        begin repeat | child | Kind    | 3
        text         | name  | Naam?   |
        end repeat
    """)
    assert asked(form, "name")
    assert [(code, what) for code, what, _why in left(form)] == [
        ("child", "begin repeat"),
        ("child", "repeat_count: 3"),
    ]


def test_every_spelling_of_a_language_is_recognised():
    form = imported("""
        type|name|label::Nederlands (nl)|label::English (en)|label::Türkçe|label::ar
        text|a   |Hoe heet u?           |What is your name? |Adınız?      |ما اسمك؟
    """)
    assert form.languages == ("nl", "en", "tr", "ar")
    assert asked(form, "a").text.read_in("ar") == "ما اسمك؟"


def test_one_colon_separates_in_older_forms_and_the_default_language_is_the_base():
    form = imported(
        """
        type | name | label:English (en) | label:Nederlands (nl) | media:image
        text | a    | Name?              | Naam?                 |
        """,
        settings="form_title|form_id|version|default_language\n"
        "Mijn lijst|my_list|7|Nederlands (nl)",
    )
    assert form.languages == ("nl", "en")
    assert (form.title, form.version) == ("Mijn lijst", "7")
    assert form.questionnaire is not None
    assert (form.questionnaire.code, form.questionnaire.version) == ("my_list", "7")


def test_gaps_in_a_language_are_listed_and_filled_with_the_first_language():
    form = imported("""
        type | name | label::Nederlands (nl) | label::English (en)
        text | a    | Naam?                  | Name?
        text | b    | Plaats?                |
    """)
    assert asked(form, "b").text.read_in("en") == "Plaats?"
    assert any(one.what == "en" and "b.text" in one.why for one in form.not_carried)


def test_a_form_that_names_no_language_is_taken_as_dutch_and_that_is_said():
    form = imported(QUESTION)
    assert form.languages == ("nl",)
    assert len(form.not_carried) == 1
    assert form.not_carried[0].question == ""


def test_parts_of_a_sitting_are_groups_with_our_own_column():
    form = imported("""
        type        | name  | label     | trede_part
        begin group | begin | Vooraf    | opening
        text        | place | Waar?     |
        end group
        text        | a     | A?        |
    """)
    assert form.questionnaire is not None
    kinds = [part.kind for part in form.questionnaire.parts]
    assert kinds == [PartKind.OPENING, PartKind.CORE]
    assert asked(form, "a").may_refuse
    assert not asked(form, "place").may_refuse


@pytest.mark.parametrize(
    ("survey", "choices", "row", "column"),
    [
        ("begin group|g|G\ntext|a|A?", "", 2, "A (type)"),
        ("text|a|A?\nend group||", "", 3, "A (type)"),
        ("begin repeat|g|G\ntext|a|A?\nend group||", "", 4, "A (type)"),
        ("text||A?", "", 2, "B (name)"),
        ("|a|A?", "", 2, "A (type)"),
        ("text|a|A?\ntext|a|B?", "", 3, "B (name)"),
        ("select_one gone|a|A?", "", 2, "A (type)"),
        ("select_one c|a|A?", "c|x|X\nc|x|Y", 3, "B (name)"),
        ("select_one c|a|A?", "c||X\nc|x|Y", 2, "B (name)"),
    ],
)
def test_a_mistake_is_named_with_sheet_row_and_column(survey, choices, row, column):
    with pytest.raises(FileRefused) as refusal:
        imported(
            f"type|name|label\n{survey}",
            f"list_name|name|label\n{choices}" if choices else "",
        )
    sheet = "choices" if choices else "survey"
    place = f"form.xlsx, sheet “{sheet}”, row {row}, column {column}:"
    assert place in str(refusal.value)


def test_all_mistakes_are_named_at_once():
    with pytest.raises(FileRefused) as refusal:
        imported("type|name|label\ntext||A?\nselect_one gone|b|B?\nend group||")
    assert len(str(refusal.value).splitlines()) == 3


def test_open_rows_and_columns_do_not_move_the_numbers():
    with pytest.raises(FileRefused, match="row 4, column C"):
        imported("|\n|type|name|label\n|text|a|A?\n|text||B?")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not a zip at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
        workbook(other="a|b\n1|2", more="c|d"),
        workbook(survey="name|label\na|A?"),
        workbook(survey=""),
    ],
)
def test_what_is_not_a_form_is_refused_in_words(content: bytes):
    with pytest.raises(FileRefused, match=r"form\.xlsx"):
        read_instrument(content, "form.xlsx")


def test_a_workbook_that_unpacks_into_a_mountain_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(
        content, "w", zipfile.ZIP_DEFLATED, compresslevel=1
    ) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(7):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 10_000_000)
    assert len(content.getvalue()) < LARGEST_FILE
    with pytest.raises(FileRefused, match=r"form\.xlsx"):
        read_instrument(content.getvalue(), "form.xlsx")


def test_two_cells_at_the_far_ends_of_a_sheet_are_refused():
    with pytest.raises(FileRefused, match=r"form\.xlsx"):
        read_instrument(_with_far_cell(workbook(survey=QUESTION)), "form.xlsx")


def _with_far_cell(content: bytes) -> bytes:
    """The same workbook with one more cell in the last row there can be."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
                data = data.replace(b"</sheetData>", cell + b"</sheetData>")
            new.writestr(entry, data)
    return changed.getvalue()


def test_a_file_of_a_hundred_megabytes_is_refused_unread():
    with pytest.raises(FileRefused, match=r"form\.xlsx"):
        read_instrument(b"PK" + b"\x00" * 100_000_000, "form.xlsx")


def test_entities_in_the_xml_of_a_workbook_reach_no_file():
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(survey=QUESTION))) as old,
        zipfile.ZipFile(changed, "w") as new,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("sharedStrings.xml"):
                head, tail = data.split(b"?>", 1)
                data = head + b"?>" + bomb + tail.replace(b"A?", b"&b;&f;A?")
            new.writestr(entry, data)
    try:
        form = read_instrument(changed.getvalue(), "form.xlsx")
    except FileRefused:
        return
    assert "root:" not in asked(form, "a").text.read_in("nl")
    assert "aaaa" not in asked(form, "a").text.read_in("nl")


def test_the_same_name_may_stand_in_two_groups():
    form = imported("""
        type        | name | label
        begin group | g    | Een
        text        | a    | A?
        end group   |      |
        begin group | h    | Twee
        text        | a    | A?
        end group   |      |
    """)
    assert form.questionnaire is not None
    assert [one.code for one in form.questionnaire.questions] == ["a", "a_2"]
    assert left(form)[0][:2] == ("a", "name: a")


def test_settings_and_sheets_without_a_counterpart_are_listed():
    form = imported(
        QUESTION,
        settings="form_title|style|instance_name\nLijst|pages|concat(${a})",
        entities="list_name|label\npeople|${a}",
    )
    assert {one.what for one in form.not_carried if "taal" not in one.what} >= {
        "style: pages",
        "instance_name: concat(${a})",
        "sheet “entities”",
    }


def test_a_language_without_any_words_is_no_language():
    form = imported("type|name|label::Nederlands (nl)|label::French (fr)\ntext|a|A?|")
    assert form.languages == ("nl",)


_TYPES = st.sampled_from(
    (
        *("text", "integer", "note", "range", "date", "calculate", "begin group"),
        *("end group", "begin repeat", "end repeat", "select_one c", "audio", "??"),
        *("select_multiple c", "select_one c or_other", "rank c", "select_one", ""),
    )
)
_CELLS = st.sampled_from(
    (
        *("a", "b", "c", "", "yes", "A?", "<b>x", "${a}", "${a} = 'x'", "${a} > 3"),
        *("not(", ". > 3", "{a.b}", "start=0 end=10 step=1", "start=9;end=x", "-1"),
        *("=1+1", "selected(${b}, 'x')", "1e999", "k=${a}", "core", "number", "ß"),
    )
)
_HEADS = (
    *("type", "name", "label", "label::English (en)", "hint", "relevant", "constraint"),
    *("parameters", "choice_filter", "required", "trede_kind", "trede_part", "x::y::z"),
)


@settings(max_examples=80)
@given(
    st.lists(st.tuples(_TYPES, *(_CELLS for _ in _HEADS[1:])), min_size=1, max_size=8),
    st.lists(st.tuples(st.just("c"), _CELLS, _CELLS), max_size=4),
)
def test_whatever_stands_in_the_cells_it_is_read_or_refused(rows, choices):
    survey = "\n".join(["|".join(_HEADS), *("|".join(row) for row in rows)])
    listed = "\n".join(["list_name|name|label", *("|".join(row) for row in choices)])
    try:
        form = imported(survey, listed)
    except FileRefused as refusal:
        assert "form.xlsx" in str(refusal)
        return
    assert form.carried <= form.questions == sum(form.by_type.values())
    if form.questionnaire is not None:
        asked_here = form.questionnaire
        assert read_text(as_toml(asked_here), name="again") == asked_here
