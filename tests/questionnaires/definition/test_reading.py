"""A questionnaire file with mistakes is refused, with every mistake and its line."""

from pathlib import Path

import pytest
from hypothesis import given

from tests.questionnaires.definition.made_up import questionnaires
from trede.questionnaires.definition import Kind, PartKind, Questionnaire
from trede.questionnaires.reach import unreachable
from trede.questionnaires.reading import read_file, read_text
from trede.questionnaires.shipped_files import SHIPPED, shipped, shipped_codes
from trede.questionnaires.tables import QuestionnaireRefused
from trede.questionnaires.writing import as_toml

SMALL = """\
code = "small"
version = "1"
languages = ["nl", "en"]
source = "made for a test"
licence = "EUPL-1.2, own wording"
title = { nl = "Klein", en = "Small" }

[[part]]
kind = "opening"
sections = ["before"]

[[part]]
kind = "core"
intro = "welcome"
sections = ["money", "schemes"]

[text.welcome]
nl = "Welkom"
en = "Welcome"

[list.scheme.meedoen]
name = { nl = "de regeling", en = "the scheme" }

[section.before]
title = { nl = "Vooraf", en = "Before" }
ask = ["mode"]

[section.money]
title = { nl = "Geld", en = "Money" }
ask = ["debts", "debt_help", "owed", "mood"]

[section.schemes]
title = { nl = "Regelingen", en = "Schemes" }
for_each = "scheme"
ask = ["scheme_{scheme}_uses"]

[question.mode]
kind = "single"
text = { nl = "Hoe?", en = "How?" }
option = [
  { value = "alone", text = { nl = "Alleen", en = "Alone" } },
  { value = "helped", text = { nl = "Samen", en = "Together" } },
]

[question.debts]
kind = "yes_no"
scale = "yes_no"
text = { nl = "Schulden?", en = "Debts?" }

[question.debt_help]
kind = "yes_no"
scale = "yes_no"
asked_when = [{ question = "debts", is = ["yes"] }]
text = { nl = "Hulp?", en = "Help?" }

[question.owed]
kind = "number"
at_most = 100
may_not_know = true
asked_when = [{ question = "debts", is_not = ["no"] }]
text = { nl = "Hoeveel?", en = "How much?" }

[question.mood]
kind = "scale_0_10"
text = { nl = "Cijfer?", en = "Mark?" }
low = { nl = "Laag", en = "Low" }
high = { nl = "Hoog", en = "High" }

[question."scheme_{scheme}_uses"]
kind = "yes_no"
scale = "yes_no"
text = { nl = "Gebruikt u {scheme.name}?", en = "Do you use {scheme.name}?" }

[[scale.yes_no]]
value = "yes"
text = { nl = "Ja", en = "Yes" }

[[scale.yes_no]]
value = "no"
text = { nl = "Nee", en = "No" }
"""

DEBT_HELP = '[{ question = "debts", is = ["yes"] }]'

# what stands there, what somebody wrote instead, the line, what is said about it
MISTAKES = [
    ('code = "small"', 'code = "Klein 1"', 1, "cannot be a code"),
    ('version = "1"\n', "", 1, "“version” is missing"),
    ('version = "1"', "version = 1", 2, "“version” cannot be used"),
    ('languages = ["nl", "en"]', 'languages = "nl"', 3, "Write a list of texts"),
    ('source = "made', 'sauce = "made', 4, "Did you mean “source”?"),
    ('licence = "EUPL', 'licence = EUPL"', 5, "not valid TOML"),
    ('"Klein", en = "Small"', '"Klein"', 6, "text in “en” is missing"),
    ('"Klein", en = "Small"', '"Klein", en = " "', 6, "“en” cannot be used"),
    ('en = "Small" }', 'en = "Small", fr = "Petit" }', 6, "“fr” is not a known key"),
    ('kind = "opening"', 'kind = "openning"', 9, "Did you mean “opening”?"),
    ('kind = "core"', 'kind = "closing"', 8, "one core"),
    ('sections = ["before"]', 'sections = ["befor"]', 10, "Did you mean “before”?"),
    ('"money", "schemes"', '"money", "schemes", "money"', 45, "is asked twice"),
    ('intro = "welcome"', 'intro = "welkom"', 14, "Did you mean “welcome”?"),
    ('for_each = "scheme"', 'for_each = "schema"', 34, "There is no “schema”"),
    ('for_each = "scheme"\n', "", 68, "cannot be a code"),
    ("Gebruikt u {scheme.name}", "Gebruikt u {scheme.nam}", 72, "“{scheme.nam}”"),
    ('"debts", "debt_help",', '"debt_help", "debts",', 53, "not asked earlier"),
    ('"owed", "mood"', '"owed"', 63, "“mood” is never asked"),
    ('"owed", "mood"', '"owed", "mod"', 30, "Did you mean “mood”?"),
    ('kind = "single"', 'kind = "choice"', 38, "not a kind of question"),
    ('value = "helped"', 'value = "alone"', 40, "same value"),
    ('value = "helped"', 'value = "with help"', 42, "cannot be a code"),
    ('value = "helped"', "value = 2", 40, "do not fit the kind"),
    ('value = "helped"', "value = true", 42, "“value” cannot be used"),
    ('kind = "single"', 'kind = "yes_no"', 40, "yes or no has other answers"),
    ("may_not_know = true", 'may_not_know = "yes"', 59, "Write true or false"),
    ("at_most = 100", "at_most = -1", 58, "between these bounds"),
    ("at_most = 100", 'at_most = "veel"', 58, "whole number"),
    ("at_most = 100", "hoogste = 100", 58, "“hoogste” is not a known key"),
    (DEBT_HELP, '[{ question = "debt", is = ["yes"] }]', 53, "“debts”?"),
    (DEBT_HELP, '[{ question = "mode", is = ["alone"] }]', 53, "in this part"),
    (DEBT_HELP, '[{ question = "debts", is = ["ja"] }]', 53, "yes, no"),
    (DEBT_HELP, '[{ question = "debts", at_least = 1 }]', 53, "no such answer"),
    (DEBT_HELP, "[{ any = [] }]", 53, "no conditions in “any”"),
    (DEBT_HELP, '[{ any = [{ question = "debt", is = ["yes"] }] }]', 53, "“debts”"),
    (DEBT_HELP, '[{ question = "debts", answered = "yes" }]', 53, "true or false"),
    (DEBT_HELP, f"[{'{ any = [' * 5}{DEBT_HELP[1:-1]}{'] }' * 5}]", 53, "too deep"),
    (DEBT_HELP, '[{ question = "debts" }]', 53, "exactly one test"),
    (DEBT_HELP, '[{ question = "debts", is = "yes" }]', 53, "Write a list"),
    (DEBT_HELP, '"debts"', 53, "Write a list of tables"),
    ('low = { nl = "Laag", en = "Low" }\n', "", 63, "“low” is missing"),
    ("[question.mood]", "[question.owed2]", 30, "There is no “mood”"),
]


def refused(text: str) -> QuestionnaireRefused:
    with pytest.raises(QuestionnaireRefused) as caught:
        read_text(text, name="small.toml")
    return caught.value


def test_the_small_questionnaire_reads_as_it_is_written() -> None:
    small = read_text(SMALL, name="small.toml")
    assert [part.kind for part in small.parts] == ["opening", "core"]
    assert [question.code for question in small.questions] == [
        "mode",
        "debts",
        "debt_help",
        "owed",
        "mood",
        "scheme_meedoen_uses",
    ]
    uses = small.question("scheme_meedoen_uses")
    assert uses.text.read_in("nl") == "Gebruikt u de regeling?"
    assert uses.text.read_in("tr") == "Gebruikt u de regeling?"
    assert uses.kind is Kind.YES_NO
    assert small.question("owed").at_most == 100
    assert not small.question("mode").may_refuse
    assert small.question("mood").may_refuse
    assert small.part_of("mode").kind is PartKind.OPENING
    assert small.part_of("mood").section_of("mood").code == "money"


@pytest.mark.parametrize(("good", "bad", "line", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_line_and_what_to_do(
    good: str, bad: str, line: int, said: str
) -> None:
    assert good in SMALL
    refusal = refused(SMALL.replace(good, bad, 1))
    about = [str(one) for one in refusal.mistakes if one.line == line]
    assert any(said in one for one in about), str(refusal)
    assert all(one.fix and one.what for one in refusal.mistakes)


def test_all_mistakes_are_named_at_once() -> None:
    text = SMALL
    for good, bad, _line, _said in (MISTAKES[0], MISTAKES[4], MISTAKES[27]):
        text = text.replace(good, bad, 1)
    assert [one.line for one in refused(text).mistakes][:3] == [1, 1, 4]
    assert {one.line for one in refused(text).mistakes} == {1, 4, 58}


SCORE = """
[score.feeling]
title = { nl = "Stemming", en = "Feeling" }
items = ["mood"]
combine = "mean"
at_least = 1
"""


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("score.feeling", "score.mood", "“mood” is the code of a question"),
        ('["mood"]', '["moot"]', "Did you mean “mood”?"),
        ('["mood"]', '["debts"]', "not a question on a scale"),
        ('"mean"', '"average"', "not a way to combine items"),
        ("at_least = 1", "at_least = 2", "cannot need so many answers"),
        ("at_least = 1", "at_least = 0", "cannot need so many answers"),
        ("at_least = 1", 'reversed = ["debts"]', "not an item of this score"),
    ],
)
def test_a_score_that_cannot_be_worked_out_is_refused(
    good: str, bad: str, said: str
) -> None:
    (score,) = read_text(SMALL + SCORE, name="small.toml").scores
    assert (score.code, score.items) == ("feeling", ("mood",))
    refusal = refused(SMALL + SCORE.replace(good, bad, 1))
    assert any(said in str(one) for one in refusal.mistakes), str(refusal)


def test_a_question_that_nobody_can_reach_is_refused() -> None:
    never = (
        '[{ question = "debts", is = ["no"] }, { question = "debt_help", is = ["no"] }]'
    )
    bad = '[{ question = "debts", is_not = ["no"] }]'
    refusal = refused(SMALL.replace(bad, never))
    assert [(one.line, one.what) for one in refusal.mistakes] == [
        (60, "No answers ever lead to “owed”.")
    ]


def test_a_file_that_is_no_text_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(SMALL.encode().replace(b"Klein", b"Kl\xe9in"))
    with pytest.raises(QuestionnaireRefused, match=r"line 6.*UTF-8"):
        read_file(path)


def test_a_file_from_windows_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_file(path) == read_text(SMALL, name="small.toml")


def test_a_bottomless_file_is_refused_without_a_traceback() -> None:
    assert "too deep" in str(refused("x = " + "[" * 5000 + "]" * 5000))


@pytest.mark.parametrize("text", ["", "code = 1", "[[part]]", "part = 1", "scale = 2"])
def test_next_to_nothing_is_refused_in_words(text: str) -> None:
    assert refused(text).mistakes


@pytest.mark.parametrize("place", ["../secret.toml", "/etc/passwd", "absent.toml"])
def test_only_files_beside_the_questionnaire_are_included(
    tmp_path: Path, place: str
) -> None:
    (tmp_path / "secret.toml").write_text("[text.secret]\nnl = 'x'\nen = 'y'\n")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "small.toml").write_text(f'include = ["{place}"]\n{SMALL}')
    with pytest.raises(QuestionnaireRefused, match="cannot be found"):
        read_file(folder / "small.toml")


def test_a_mistake_in_an_included_file_is_named_with_that_file(
    tmp_path: Path,
) -> None:
    head, scale = SMALL.split("[[scale.yes_no]]", 1)
    (tmp_path / "scales.toml").write_text(
        ("[[scale.yes_no]]" + scale).replace('en = "No"', 'fr = "Non"')
    )
    (tmp_path / "small.toml").write_text('include = ["scales.toml"]\n' + head)
    with pytest.raises(QuestionnaireRefused) as caught:
        read_file(tmp_path / "small.toml")
    assert {(one.file, one.line) for one in caught.value.mistakes} == {
        ("scales.toml", 7)
    }


def test_the_same_name_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text("[text.welcome]\nnl = 'Hoi'\nen = 'Hi'\n")
    (tmp_path / "small.toml").write_text(f'include = ["more.toml"]\n{SMALL}')
    with pytest.raises(
        QuestionnaireRefused, match=r"more.toml, line 1: “welcome” exists"
    ):
        read_file(tmp_path / "small.toml")


def test_a_stored_version_cannot_reach_for_other_files() -> None:
    assert "cannot include" in str(refused(f'include = ["a.toml"]\n{SMALL}'))


@pytest.mark.parametrize("code", shipped_codes())
def test_a_shipped_questionnaire_survives_being_stored(code: str) -> None:
    questionnaire = shipped(code)
    stored = read_text(as_toml(questionnaire), name=code)
    assert stored == questionnaire
    assert stored.content_hash == questionnaire.content_hash


@given(questionnaires())
def test_storing_and_reading_back_changes_nothing(drawn: Questionnaire) -> None:
    if any(unreachable(part) for part in drawn.parts):
        with pytest.raises(QuestionnaireRefused):
            read_text(as_toml(drawn), name="drawn")
    else:
        again = read_text(as_toml(drawn), name="drawn")
        assert again == drawn
        assert again.content_hash == drawn.content_hash


def test_one_changed_letter_changes_the_hash() -> None:
    small = read_text(SMALL, name="small.toml")
    other = read_text(SMALL.replace("Together", "together"), name="small.toml")
    assert small.content_hash != other.content_hash


def test_the_bank_holds_no_question_that_no_questionnaire_asks() -> None:
    asked = {q.code for code in shipped_codes() for q in shipped(code).questions}
    written = "".join(p.read_text("utf-8") for p in (SHIPPED / "bank").glob("*.toml"))
    names = [line[10:-1] for line in written.splitlines() if line[:10] == "[question."]
    assert len(names) == len(set(names))
    assert {name for name in names if '"' not in name} <= asked
