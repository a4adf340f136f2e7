"""Files come from outside: a clear refusal or an instrument, and nothing else."""

import io
import random
import time
import zipfile

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.questionnaires.exchange.limesurvey_files import (
    Q,
    as_tsv,
    as_version_3,
    as_version_6,
    survey,
)
from tests.questionnaires.exchange.test_limesurvey_types import BECOMES, listed, read
from trede.questionnaires.exchange.carried import FileRefused, Imported
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.exchange.plain_text import plain
from trede.questionnaires.reading import read_text
from trede.questionnaires.writing import as_toml

EVERY = survey(
    *(
        Q(f"Q{n}", of, "<p>What &amp; why?</p>", relevance="Q0 == '1'", **more)
        for n, (of, more, _asked, _loss) in enumerate(BECOMES)
    ),
    languages=("en", "nl"),
)
FILES = [as_version_3(EVERY), as_version_6(EVERY), as_tsv(EVERY)]
LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE document [<!ENTITY a "haha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><x>&c;</x></document>"""
FETCHES = """<?xml version="1.0"?>
<!DOCTYPE document [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><x>&x;</x></document>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE document SYSTEM "http://example.org/evil.dtd">
<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>"""
GROUP = "<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>"


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("survey.lss", b"<a/>" * 1_000_000)
    return target.getvalue()


REFUSED = {
    "an archive with answers": (archive(), "is an archive of LimeSurvey"),
    "half an archive": (archive()[:400], "evil"),
    "many laughs": (LAUGHS.encode(), "document type or entities"),
    "a file of the server": (FETCHES.encode(), "document type or entities"),
    "a type from elsewhere": (OUTSIDE.encode(), "document type or entities"),
    "in two bytes a letter": (LAUGHS.encode("utf-16"), "document type or entities"),
    "a group only": (GROUP.encode(), "of another kind (Group)"),
    "another kind of XML": (b"<codeBook/>", "is not a LimeSurvey structure"),
    "half a file": (FILES[0][: len(FILES[0]) // 2], "damaged or incomplete"),
    "very deep": (b"<document>" + b"<a>" * 60_000, "more in it than"),
    "very many": (b"<document>" + b"<a/>" * 500_000, "more in it than"),
    "very many lines": (b"class\tname\n" + b"Q\tq\n" * 60_000, "more in it than"),
    "a text like a book": (
        b"<document><questions><rows><row><title>"
        + b"<![CDATA["
        + b"<b>" * 100_000
        + b"]]></title></row></rows></questions></document>",
        "more in it than",
    ),
    "a book of our own": (b'a = "' + b"x" * 2_000_000 + b'"', "larger than 2 MB"),
    "any settings": (b"".join(b"k%d = 1\n" % n for n in range(5_000)), "known key"),
    "nothing in it": (
        b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>",
        "no groups and no questions",
    ),
    "too large": (b"<" + b" " * 100_000_000, "larger than 20 MB"),
    "no text at all": (bytes(range(256)) * 40, "is not a questionnaire that Trede"),
    "a letter only": (b"<", "damaged or incomplete"),
    "an unknown encoding": (
        b'<?xml version="1.0" encoding="klingon"?><document/>',
        "damaged or incomplete",
    ),
    "a cell without end": (
        b"class\tname\nQ\t" + b"x" * 1_500_000,
        "a line that cannot be read",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_hostile_file_is_refused_in_plain_words(kind):
    content, words = REFUSED[kind]
    start = time.process_time()
    with pytest.raises(FileRefused, match=r"evil\.lss") as refusal:
        read_instrument(content, "evil.lss")
    assert words in str(refusal.value)
    # Not a measure of speed: a loop that never ends would be minutes.
    assert time.process_time() - start < 30


MARKED = [
    ("<p>Hello <b>you</b></p>", "Hello you"),
    ("one<br />two<BR>three", "one\ntwo\nthree"),
    ("one\ntwo", "one two"),
    ("a &amp; b &lt; c &eacute; &#233; &nbsp;d", "a & b < c é é d"),
    ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
    ("<script>alert(1)</script>Name?", "Name?"),
    ("<SCRIPT\nsrc=x>alert(1)</SCRIPT >Name?", "Name?"),
    ("<script>alert(1)", ""),
    ("&lt;script&gt;alert(1)&lt;/script&gt;Name?", "alert(1)Name?"),
    ("<scr<script>ipt>alert(1)</script>Name?", "ipt>alert(1)Name?"),
    ("<img src=x onerror=alert(1)>Name?", "Name?"),
    ('<a title="a > b" href="javascript:alert(1)">Name</a>?', "Name?"),
    ("<style>p {color: red}</style>Name?", "Name?"),
    ("<!-- <b>hidden</b> -->Name?", "Name?"),
    ("<!-- never closed", ""),
    ("Dear {TOKEN:FIRSTNAME}, so {Q1.shown}?", "Dear …, so …?"),
    ("{if(Q1 == 'Y', {Q2}, 'x')} then", "… then"),
    ("A brace { here } and &#123;Q1&#125;", "A brace { here } and …"),
    ("a\x00b\x0bc\x85d", "abcd"),
    ("&#" + "9" * 5000 + ";x", "x"),
    ("<", "<"),
    ("   ", ""),
]


@pytest.mark.parametrize(("marked", "words"), MARKED)
def test_marks_become_plain_words(marked, words):
    assert plain(marked).words == words


@given(st.text(alphabet="<>/!-&#;{}\"' \nabscript=x1", max_size=60))
def test_no_script_and_no_placeholder_survives(marked):
    words = plain(marked).words
    assert "<script" not in words.lower()
    # As the text of a page, where the end of a line is no more than a space.
    as_a_page = words.replace("&", "&amp;").replace("<", "&lt;")
    assert plain(as_a_page).words.split() == words.split()


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a '", "{a", "{a{", "&#", '<b x="', "<script>"]
)
def test_a_text_made_to_be_slow_is_read_at_once(piece):
    start = time.process_time()
    plain(piece * (400_000 // len(piece)))
    assert time.process_time() - start < 10


def test_a_survey_full_of_scripts_has_none_left():
    evil = "<script>alert(1)</script><svg onload=alert(2)>"
    found = read(
        survey(
            Q(
                "Q",
                "M",
                f"{evil}Text",
                rows=(f"a={evil}One", f"b={evil}Two"),
                help=f"{evil}Help",
                other="Y",
                attributes={"other_replace_text": f"{evil}Else", "suffix": evil},
            ),
            title=f"{evil}Title",
        )
    )
    text = as_toml(found.questionnaire)
    assert not [sign for sign in ("<s", "alert", "onload") if sign in text.lower()]
    assert "Q <svg>: Pictures and players" in " ".join(listed(found))


CHANCES = st.integers(0, 2**32).map(random.Random)
# A damaged file is as small as it gets: making it smaller takes long.
QUICKLY = settings(deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def usable(content: bytes) -> Imported | None:
    """Whatever the file: an instrument that can be stored, or a refusal."""
    try:
        found = read_instrument(content, "some file")
    except FileRefused as refusal:
        assert str(refusal)
        return None
    asked = found.questionnaire
    if asked is not None:
        assert read_text(as_toml(asked), name="again") == asked
    return found


@settings(QUICKLY, max_examples=60)
@given(st.sampled_from(FILES), CHANCES)
def test_damage_anywhere_is_refused_or_survived(content, chance: random.Random):
    damaged = bytearray(content)
    for _time in range(chance.randint(1, 30)):
        place = chance.randrange(len(damaged))
        what = chance.choice(["flip", "cut", "double", "swap"])
        if what == "flip":
            damaged[place] ^= 1 << chance.randrange(8)
        elif what == "cut":
            del damaged[place : place + chance.randint(1, 40)]
        elif what == "double":
            damaged[place:place] = damaged[place : place + 200]
        else:
            other = chance.randrange(len(damaged))
            damaged[place], damaged[other] = damaged[other], damaged[place]
    usable(bytes(damaged))


@settings(QUICKLY, max_examples=60)
@given(st.sampled_from(FILES), CHANCES)
def test_values_of_another_column_are_refused_or_survived(
    content, chance: random.Random
):
    """Still a sound file, but with numbers, codes and types in the wrong places."""
    text = content.decode()
    sign, end = ("\t", "\t") if b"<document" not in content else ("[CDATA[", "]]")
    cells = text.split(sign)
    for _time in range(chance.randint(1, 20)):
        one, other = chance.randrange(1, len(cells)), chance.randrange(1, len(cells))
        value, found, rest = cells[one].partition(end)
        new = chance.choice(
            [
                cells[other].partition(end)[0],
                "",
                "0",
                "-1",
                "99999999999",
                "é{Q1}",
                value * 30,
            ]
        )
        cells[one] = f"{new}{found}{rest}"
    usable(sign.join(cells).encode())


@settings(QUICKLY, max_examples=40)
@given(st.sampled_from(FILES), st.floats(0, 1))
def test_a_file_cut_short_is_refused_or_survived(content, part):
    usable(content[: int(len(content) * part)])


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(content):
    assert usable(content) is None
