"""Every mistake is named on its own line, with advice that works when followed."""

from dataclasses import dataclass

import pytest
from django.utils import translation
from django.utils.functional import Promise

from tests.pilots.files import NIJMEGEN, changed, line_of, mistakes_in
from trede.pilots.mistakes import RulesRefused
from trede.pilots.reading import read_rules

# Which questionnaires there are beside those of Trede, the database knows.
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Planted:
    """`right` became `wrong`; the mistake is named at `at` (else `wrong`), and whoever
    follows the advice writes `followed` (else `right`)."""

    name: str
    right: str
    wrong: str
    fix: str
    at: str = ""
    followed: str = ""

    def __str__(self) -> str:
        return self.name


WAVE_ON_PAPER = '[[waves]]\ncode = "T0"\nlabel = "Intake"'
AGE = 'label_en = "Is 28 years or older"\njudged = "list"'
PAIRED = 'code = "paired"\nlabel = "Koppels met een wachtlijst"'
PRE_POST = 'code = "pre_post"\nlabel = "Meting voor en na het traject"'
NOVEMBER = 'label = "Openbare gebouwen twee weken dicht"\nkind = "places_closed"\n'

PLANTED = [
    Planted(
        "a key that is misspelt",
        "aim = 150",
        "aimm = 150",
        "Did you mean “aim”?",
    ),
    Planted(
        "a key that nearly exists",
        "rest_months = 6",
        "rest_months = 6\nlight_contact_week = 8",
        "Did you mean “light_contact_weeks”?",
        at="light_contact_week =",
    ),
    Planted(
        "a section that nobody knows",
        "[ladder]",
        '[colours]\naccent = "blue"\n\n[ladder]',
        "Remove it.",
        at="[colours]",
    ),
    Planted(
        "a section that is misspelt",
        "[ladder]",
        "[lader]",
        "Did you mean “ladder”?",
    ),
    Planted(
        "a key that is missing",
        'programme = "',
        '# programme = "',
        'Add: programme = "..."',
        at="[pilot]\n",
    ),
    Planted(
        "a key missing deep in a list",
        'label = "Angst of schaamte", domain = "participation" }',
        'label = "Angst of schaamte" }, # no domain',
        'Add: domain = "finances"',
        at="# no domain",
    ),
    Planted(
        "a number between quotes",
        "aim = 150",
        'aim = "150"',
        "Write 150.",
    ),
    Planted(
        "a text without quotes where a text should be",
        'help_telephone = "024 000 00 00"',
        "help_telephone = 24",
        'Write "24".',
        followed='help_telephone = "024 000 00 00"',
    ),
    Planted(
        "a date the Dutch way between quotes",
        "ends_on = 2021-10-31",
        'ends_on = "31-10-2021"',
        "Write 2021-10-31.",
    ),
    Planted(
        "a moment where a date should be",
        "ends_on = 2021-10-31",
        "ends_on = 2021-10-31T17:00:00",
        "Write 2021-10-31.",
    ),
    Planted(
        "yes in Dutch",
        "pauses_stop_the_clock = true",
        'pauses_stop_the_clock = "ja"',
        "Write true.",
    ),
    Planted(
        "a number that is too large",
        "aim = 150",
        "aim = 150000000",
        "Write a whole number from 1 to 1000000.",
    ),
    Planted(
        "a century that cannot be meant",
        "starts_on = 2020-01-01",
        "starts_on = 0020-01-01",
        "Write a date from 1950-01-01 to 2199-12-31.",
    ),
    Planted(
        "an empty label",
        'label = "Dukenburg"',
        'label = " "',
        "Write a text of 1 to 400 characters on one line.",
    ),
    Planted(
        "a code with a space",
        'code = "oud_west"',
        'code = "oud west"',
        "Use letters, digits, _ and - only, 40 at most, without spaces.",
    ),
    Planted(
        "a word that is not one of the words",
        'then = "rest"',
        'then = "resting"',
        "Did you mean “rest”?",
    ),
    Planted(
        "a wrong word deep in an inline table",
        'counts_as = "completed" },\n  { code = "goals_reached"',
        'counts_as = "complete" },\n  { code = "goals_reached"',
        "Did you mean “completed”?",
        at='counts_as = "complete" }',
    ),
    Planted(
        "single brackets for a section that repeats",
        "[[amendments]]",
        "[amendments]",
        "Write [[amendments]] with double brackets.",
    ),
    Planted(
        "double brackets for a section that stands once",
        "[ladder]",
        "[[ladder]]",
        "Write [ladder] with single brackets.",
    ),
    Planted(
        "one word where a list should be",
        'parts_of_day = ["morning", "afternoon", "evening"]',
        'parts_of_day = "morning"',
        "Put it between square brackets: [ ... ].",
        followed='parts_of_day = ["morning"]',
    ),
    Planted(
        "an empty list",
        'parts_of_day = ["morning", "afternoon", "evening"]',
        "parts_of_day = []",
        "Name at least one, or remove the key if it may be left out.",
    ),
    Planted(
        "a country by its name",
        '"AE", "AF", "AG", "AI", "AM", "AO", "AR"',
        '"AE", "Afghanistan", "AG", "AI", "AM", "AO", "AR"',
        "Use the country's code of two capitals (ISO 3166-1), such as SY.",
    ),
    Planted(
        "a code that stands twice",
        'code = "zuid"',
        'code = "noord" # again\nlabel = "Nog eens"\n\n[[quarters]]\ncode = "zuid"',
        "Give it a code of its own, or remove one of the two.",
        at='code = "noord"\n',
        followed='code = "zuid_oost"\nlabel = "x"\n\n[[quarters]]\ncode = "zuid"',
    ),
    Planted(
        "a pilot that ends before it starts",
        "starts_on = 2020-01-01\nends_on = 2021-10-31",
        "starts_on = 2020-01-01\nends_on = 2019-10-31",
        "Write a date on or after 2020-01-01.",
        at="ends_on = 2019",
    ),
    Planted(
        "a criterion without its number",
        "params = { years = 28 }",
        "params = {}",
        "Add: years = 12",
    ),
    Planted(
        "a criterion with another's number",
        "params = { years = 28 }",
        "params = { years = 28, months = 1 }",
        "Remove it.",
        at="params = { years = 28, months = 1 }",
    ),
    Planted(
        "a list criterion given to the coach",
        AGE,
        AGE.replace('"list"', '"screening"'),
        "Write “list”.",
        at='judged = "screening"\nkind = "age_at_least"',
    ),
    Planted(
        "a letter after a call that is never made",
        "letter_after_calls = 3",
        "letter_after_calls = 4",
        "Write 3 or less.",
    ),
    Planted(
        "light contact without how often",
        "light_contact_while_resting = false",
        "light_contact_while_resting = true",
        "Add: light_contact_weeks = 8",
        followed="light_contact_while_resting = true\nlight_contact_weeks = 8",
    ),
    Planted(
        "a caseload upside down",
        "caseload_to = 15",
        "caseload_to = 5",
        "Write 10 or more.",
        followed="caseload_to = 10",
    ),
    Planted(
        "a wave due in a design that does not exist",
        '{ design = "paired", for_whom = "second"',
        '{ design = "pared", for_whom = "second"',
        "Did you mean “paired”?",
    ),
    Planted(
        "a window that closes before it opens",
        "opens_days = 91, closes_days = 183",
        "opens_days = 91, closes_days = 83",
        "Write 91 or more.",
    ),
    Planted(
        "a wave retired without a reason",
        'retired_reason = "Zonder wachtgroep',
        '# retired_reason = "Zonder wachtgroep',
        'Add: retired_reason = "..."',
        at="retired_on = 2020-12-01\n# retired",
    ),
    Planted(
        "days without a design",
        "until_on = 2020-11-30",
        "until_on = 2020-11-20",
        "Write 2020-11-21.",
        at="from_on = 2020-12-01\n",
        followed="until_on = 2020-11-30",
    ),
    Planted(
        "a design without an end before the next",
        "until_on = 2020-11-30\n",
        "",
        "Add to “paired”: until_on = 2020-11-30",
        at="from_on = 2020-12-01\n",
    ),
    Planted(
        "a waiting list that does not say who is a pair",
        "pair_within_days = 14\n",
        "",
        "Add: pair_within_days = 14",
        at='kind = "waiting_list"',
    ),
    Planted(
        "a change of design on another day than the amendment",
        "on = 2020-12-01\nfrom_design",
        "on = 2020-12-15\nfrom_design",
        "Write 2020-12-01.",
        at="on = 2020-12-15\nfrom_design",
    ),
    Planted(
        "a baseline in a wave that does not exist",
        'for_whom = "waiting", wave = "T0"',
        'for_whom = "waiting", wave = "T0c"',
        "Did you mean “T0”?",
    ),
    Planted(
        "two circumstances on one day",
        "from_on = 2020-11-05",
        "from_on = 2020-05-31",
        "Write a date on or after 2020-06-01.",
        at="from_on = 2020-05-31",
        followed="from_on = 2020-06-01",
    ),
    Planted(
        "a period that ends before it starts",
        "until_on = 2020-11-18",
        "until_on = 2020-10-18",
        "Write a date on or after 2020-11-05.",
        followed="until_on = 2020-11-05",
    ),
    Planted(
        "an age in two bands",
        "from_age = 35, to_age = 44",
        "from_age = 34, to_age = 44",
        "Write 35.",
    ),
    Planted(
        "a country shown in two places",
        'label_en = "Country 9"\ncountries = ["SY"]',
        'label_en = "Country 9"\ncountries = ["SY", "TR"]',
        "Name it in one place only.",
        at='countries = ["SY", "TR"]',
    ),
    Planted(
        "consent for nothing",
        'needed_for = ["study_questionnaires"]',
        'needed_for = ["register_data"]',
        "Add “study_questionnaires” to needed_for of the study's purpose.",
        at="purposes = [\n",
    ),
    Planted(
        "a norm that does not exist",
        'disclosure_norm = "public"',
        'disclosure_norm = "publiek"',
        "Did you mean “public”?",
    ),
    Planted(
        "a table that no report has",
        '"debts", "financial_situation"',
        '"depts", "financial_situation"',
        "Did you mean “debts”?",
    ),
    Planted(
        "a ladder that nobody can climb",
        'version = "vng_six_treads"',
        'version = "seven_treads"',
        "Did you mean “vng_six_treads”?",
    ),
    Planted(
        "a questionnaire that does not exist",
        'questionnaire = "nijmegen_evaluation"',
        'questionnaire = "nijmegen_evaluatie"',
        "Did you mean “nijmegen_evaluation”?",
    ),
    Planted(
        "a reminder when the window has closed",
        '{ after_days = 24, by = ["letter"] }',
        '{ after_days = 43, by = ["letter"] }',
        "Write 42 or less.",
        followed='{ after_days = 42, by = ["letter"] }',
    ),
    Planted(
        "a reminder before the one before it",
        '{ after_days = 24, by = ["letter"] }',
        '{ after_days = 10, by = ["letter"] }',
        "Write 11 or more.",
        followed='{ after_days = 11, by = ["letter"] }',
    ),
    Planted(
        "a reminder by a channel that is not used",
        '{ code = "email", label = "E-mail", from_on = 2020-03-16 },',
        "",
        "Remove it, or add the channel “email” under contact.",
        at='after_days = 10, by = ["sms", "email", "letter"]',
    ),
    Planted(
        "a reminder by no way at all",
        '{ after_days = 24, by = ["letter"] }',
        '{ after_days = 24, by = ["fax"] }',
        "Use one of these: email, letter, sms.",
    ),
    Planted(
        "a consent text that does not exist",
        'text_version = "nijmegen-2020-1"',
        'text_version = "nijmegen-2019-1"',
        "Did you mean “nijmegen-2020-1”?",
    ),
    Planted(
        "another consent text that does not exist",
        'text_version = "nijmegen-2020-2"',
        'text_version = "nijmegen-2020-3"',
        "Did you mean “nijmegen-2020-2”?",
    ),
    Planted(
        "a consent text of a design that does not exist",
        'design = "pre_post", text_version',
        'design = "pre_pots", text_version',
        "Did you mean “pre_post”?",
    ),
    Planted(
        "two consent texts of one design",
        '  { design = "pre_post", text_version = "nijmegen-2020-2" },\n',
        '  { design = "pre_post", text_version = "nijmegen-2020-2" },\n'
        '  { design = "pre_post", text_version = "nijmegen-2020-1" },\n',
        "A design has one text.",
        at='"pre_post", text_version = "nijmegen-2020-1"',
    ),
    Planted(
        "a kind of provision that ends before it starts",
        "until_on = 2026-12-31",
        "from_on = 2027-01-01\nuntil_on = 2026-12-31",
        "Write a date on or after 2027-01-01.",
        at="until_on = 2026-12-31",
        followed="until_on = 2027-01-01",
    ),
    Planted(
        "a key that is destroyed too soon",
        "pseudonym_key_until_on = 2023-10-31",
        "pseudonym_key_until_on = 2021-10-31",
        "Write a date on or after 2021-11-01.",
        followed="pseudonym_key_until_on = 2021-11-01",
    ),
    Planted(
        "an outcome that two research questions rest on",
        'primary = "satisfied"',
        'primary = "first_step"',
        "Name it in one place only.",
        followed='primary = "satisfied"',
    ),
    Planted(
        "a primary outcome that is not estimated",
        'primary = "satisfied"',
        'primary = "satisfed"',
        "Did you mean “satisfied”?",
    ),
    Planted(
        "an outcome in a second family",
        'outcomes = ["scheme_meedoen_uses", "scheme_plu024_uses"]',
        'outcomes = ["scheme_meedoen_uses", "scheme_plu024_uses"]\n\n'
        "[[final_report.families]]\n"
        'code = "again"\nlabel = "Nog eens"\n'
        'outcomes = ["debts", "scheme_meedoen_uses"]',
        "Name it in one place only.",
        at='outcomes = ["debts", "scheme_meedoen_uses"]',
        followed='outcomes = ["debts"]',
    ),
    Planted(
        "a scale of one item",
        'items = ["solves_difficulties", "overcomes_setbacks"]',
        'items = ["solves_difficulties"]',
        "Name at least two items.",
        followed='items = ["solves_difficulties", "overcomes_setbacks"]',
    ),
]


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_a_mistake_is_named_on_its_line_with_the_fix(planted: Planted):
    text = changed(planted.right, planted.wrong)
    line = line_of(planted.at or planted.wrong, text)
    named = [(at, fix) for at, _, fix in mistakes_in(text)]
    assert any(at == line and fix.startswith(planted.fix) for at, fix in named), named


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_the_file_loads_again_when_the_fix_is_followed(planted: Planted):
    text = changed(planted.right, planted.wrong)
    assert mistakes_in(text)
    read_rules(changed(planted.right, planted.followed or planted.right))


SEVERAL = ("consent for nothing", "a reminder by a channel that is not used")
ALONE = [each for each in PLANTED if each.name not in SEVERAL]


@pytest.mark.parametrize("planted", ALONE, ids=str)
def test_one_mistake_is_not_reported_as_several(planted: Planted):
    assert len(mistakes_in(changed(planted.right, planted.wrong))) == 1


def test_all_mistakes_are_named_at_once_in_order_of_line():
    text = NIJMEGEN
    together = [
        each
        for each in PLANTED
        if each.name
        in {
            "a key that is misspelt",
            "a wave due in a design that does not exist",
            "yes in Dutch",
            "two circumstances on one day",
            "a country shown in two places",
            "a criterion without its number",
        }
    ]
    for each in together:
        text = changed(each.right, each.wrong, text)
    named = mistakes_in(text)
    assert len(named) == len(together) == 6
    assert [line for line, _, _ in named] == sorted(line for line, _, _ in named)
    assert {line for line, _, _ in named} == {
        line_of(each.at or each.wrong, text) for each in together
    }


def test_a_mistake_in_one_design_does_not_accuse_the_waves_that_refer_to_it():
    text = changed(PAIRED, PAIRED.replace('code = "paired"', "code = 1"))
    assert [where for _, where, _ in mistakes_in(text)] == ["designs[1].code"]


def test_a_wrong_label_hides_no_wrong_reference():
    text = changed(PRE_POST, PRE_POST.replace('"Meting voor en na het traject"', "1"))
    text = changed(
        '{ design = "paired", for_whom = "second"',
        '{ design = "x", for_whom = "second"',
        text,
    )
    assert [where for _, where, _ in mistakes_in(text)] == [
        "waves[2].due[1].design",
        "designs[2].label",
    ]


def test_a_change_of_design_needs_an_amendment():
    start = NIJMEGEN.index("[[amendments]]")
    end = NIJMEGEN.index("# The sources say: halted")
    text = NIJMEGEN[:start] + NIJMEGEN[end:]
    (mistake,) = mistakes_in(text)
    assert mistake[0] == line_of(PRE_POST, text) - 1
    assert mistake[2] == "Add a section [[amendments]] with the date and the reason."


def test_places_are_counted_from_one_as_people_do():
    text = changed('code = "oost"', "code = 1")
    assert [where for _, where, _ in mistakes_in(text)] == ["quarters[2].code"]


def test_a_mistake_reads_as_a_sentence():
    with pytest.raises(RulesRefused) as caught:
        read_rules(changed("aim = 150", 'aim = "150"'))
    (mistake,) = caught.value.mistakes
    with translation.override("en"):
        assert str(mistake) == (
            f"line {mistake.line}, pilot.aim: "
            "This is not a whole number, without quotes. Write 150."
        )


def test_a_mistake_speaks_the_language_of_the_reader_not_of_the_finder():
    with translation.override("en"), pytest.raises(RulesRefused) as caught:
        read_rules(changed("aim = 150", 'aim = "150"'))
    (mistake,) = caught.value.mistakes
    assert isinstance(mistake.what, Promise)
    assert isinstance(mistake.fix, Promise)
