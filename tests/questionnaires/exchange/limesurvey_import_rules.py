"""What LimeSurvey demands of a structure that it imports, rule by rule.

Taken from its own code (6.x, unless another version is named): each rule names the
function or the model that has it. LimeSurvey passes over some rows that break a rule
without a word; here every one of them is told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

Row = dict[str, str]
Rows = Mapping[str, list[Row]]
# installer/create-database.php, the table surveys; those that we write.
SURVEY_COLUMNS = frozenset(
    re.split(
        r"\s+",
        """sid gsid admin adminemail bounce_email anonymized format template language
        additional_languages usecookie allowsave allowprev shownoanswer showwelcome
        showprogress questionindex htmlemail tokenlength""",
    )
)
# helpers/surveytranslator_helper.php, getLanguageData(): those that we have.
LANGUAGES = frozenset(
    ("nl", "nl-informal", "en", "tr", "ar", "fa", "ti", "so", "uk", "pl")
)
# models/Question.php, the constants QT_*.
TYPES = frozenset("15ABCDEFGHIKLMNOPQRSTUXY!|*:;")
# models/Question.php, rules(): words of the expression manager.
RESERVED = frozenset(
    ("LANG", "SID", "SAVEDID", "TOKEN", "QID", "GID", "SGQ", "self", "that", "this")
)
YES_NO = frozenset("YN")
# core/LSYii_EmailIDNAValidator.php, in the main.
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_YES_OR_NO = re.compile("[YN]")
SETTINGS = {
    "sid": re.compile(r"[1-9]\d{5}"),
    "adminemail": ADDRESS,
    "bounce_email": ADDRESS,
    "admin": re.compile(".{1,50}"),
    "format": re.compile("[GSA]"),
    "tokenlength": re.compile("[5-9]|[12][0-9]|3[0-5]"),
    "questionindex": re.compile("[0-2]"),
    "anonymized": _YES_OR_NO,
    "usecookie": _YES_OR_NO,
    "allowsave": _YES_OR_NO,
    "allowprev": _YES_OR_NO,
    "shownoanswer": _YES_OR_NO,
    "showwelcome": _YES_OR_NO,
    "showprogress": _YES_OR_NO,
    "htmlemail": _YES_OR_NO,
}
# models/Question.php, rules().
WHOLE_NUMBERS = (
    "question_order",
    "scale_id",
    "same_default",
    "same_script",
    "parent_qid",
)


def broken_rules(content: bytes) -> list[str]:
    root = ElementTree.fromstring(content)
    # XMLImportSurvey(): "not a valid LimeSurvey survey structure XML file".
    if root.tag != "document" or root.findtext("LimeSurveyDocType") != "Survey":
        return ["this is no survey"]
    # XMLImportSurvey() reads it as a whole number.
    told = [] if (root.findtext("DBVersion") or "").isdigit() else ["DBVersion"]
    rows: dict[str, list[Row]] = {
        table.tag: [
            {cell.tag: cell.text or "" for cell in row} for row in table.iter("row")
        ]
        for table in root
    }
    languages = [one.text or "" for one in root.iterfind("languages/language")]
    rules = (_survey, _titles, _groups, _questions, _boxes, _answers, _attributes)
    told += [line for rule in rules for line in rule(rows, languages)]
    return told + list(_expressions(rows))


def _survey(rows: Rows, languages: list[str]) -> Iterator[str]:
    # XMLImportSurvey(): "missing or malformed element of type 'survey'".
    if len(rows.get("surveys", [])) != 1:
        yield "not one survey"
        return
    (one,) = rows["surveys"]
    # XMLImportSurvey(): "this survey setting has not been imported".
    yield from (f"survey: {name}" for name in one.keys() - SURVEY_COLUMNS)
    # Survey::rules(), the narrower ones of 3.x where versions differ. An address that
    # is none refuses the whole survey.
    for name, pattern in SETTINGS.items():
        if not pattern.fullmatch(one[name]):
            yield f"survey: {name}"
    # Survey::rules(): LSYii_Validators, isLanguage and isLanguageMulti.
    spoken = [one["language"], *one["additional_languages"].split()]
    if spoken != languages or not set(spoken) <= LANGUAGES:
        yield "survey: languages"


def _titles(rows: Rows, languages: list[str]) -> Iterator[str]:
    titles = rows.get("surveys_languagesettings", [])
    # XMLImportSurvey() leaves out other languages; the key is survey and language.
    if [one["surveyls_language"] for one in titles] != languages:
        yield "surveys_languagesettings: languages"
    for one in titles:
        # create-database.php: string(200) NOT NULL.
        if not 1 <= len(one["surveyls_title"]) <= 200:
            yield "surveyls_title"
        # SurveyLanguageSetting::rules().
        if not 1 <= int(one["surveyls_dateformat"]) <= 12:
            yield "surveyls_dateformat"
        if one["surveyls_numberformat"] not in ("0", "1"):
            yield "surveyls_numberformat"


def _groups(rows: Rows, languages: list[str]) -> Iterator[str]:
    groups = {one["gid"] for one in rows["groups"]}
    # XMLImportSurvey(): a question of group 0 is left out.
    if "0" in groups or len(groups) != len(rows["groups"]):
        yield "groups: gid"
    for one in rows["groups"]:
        # create-database.php: string(20) and integer, both NOT NULL.
        if len(one["randomization_group"]) > 20 or not one["group_order"].isdigit():
            yield f"groups: {one['gid']}"
    yield from _words(rows, "group_l10ns", "gid", "group_name", groups, languages)


def _words(
    rows: Rows, table: str, key: str, text: str, of: set[str], languages: list[str]
) -> Iterator[str]:
    """XMLImportSurvey() skips words of what is not there; create-database.php has a
    unique index on thing and language, and the text NOT NULL."""
    there = Counter((one[key], one["language"]) for one in rows.get(table, []))
    if there.keys() != {(one, language) for one in of for language in languages}:
        yield f"{table}: not every {key} in every language"
    yield from (f"{table}: twice {one}" for one, n in there.items() if n > 1)
    for one in rows.get(table, []):
        if text not in one:
            yield f"{table}: no {text}"


def _questions(rows: Rows, languages: list[str]) -> Iterator[str]:
    groups = {one["gid"] for one in rows["groups"]}
    taken: set[str] = set()
    for one in rows["questions"]:
        title = one["title"]
        # Question::rules(): of a question. 3.x: the same, without capitals in mind.
        if not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9]{0,19}", title) or title in RESERVED:
            yield f"question code {title}"
        if title.lower() in taken:
            yield f"question code twice {title}"
        taken.add(title.lower())
        if one["type"] not in TYPES or one["mandatory"] not in ("Y", "S", "N"):
            yield f"question {title}"
        yield from _columns(one, groups)
    asked = rows["questions"] + rows.get("subquestions", [])
    qids = [one["qid"] for one in asked]
    # XMLImportSurvey(): one list of replacements for questions and boxes.
    if len(set(qids)) != len(qids):
        yield "qid twice"
    yield from _words(rows, "question_l10ns", "qid", "question", set(qids), languages)


def _columns(one: Row, groups: set[str]) -> Iterator[str]:
    # XMLImportSurvey() asks the table of groups for the new number.
    if one["gid"] not in groups:
        yield f"{one['title']}: gid"
    # Question::rules(): switches and whole numbers.
    if not {one["other"], one["encrypted"]} <= YES_NO:
        yield f"{one['title']}: other or encrypted"
    for name in [
        "question_order",
        "scale_id",
        "same_default",
        "same_script",
        "parent_qid",
    ]:
        if not one[name].isdigit():
            yield f"{one['title']}: {name}"


def _boxes(rows: Rows, languages: list[str]) -> Iterator[str]:
    parents = {one["qid"]: one for one in rows["questions"]}
    taken: set[tuple[str, str, str]] = set()
    for one in rows.get("subquestions", []):
        title = one["title"]
        # XMLImportSurvey() asks the questions before it for the new number.
        if one["parent_qid"] not in parents:
            yield f"box {title}: parent"
            continue
        # Question::rules(): of a sub-question; create-database.php: string(20).
        if not re.fullmatch(r"[a-zA-Z0-9]{1,20}", title) or title == "time":
            yield f"box {title}"
        if parents[one["parent_qid"]]["other"] == "Y" and title.lower() == "other":
            yield f"box {title} beside other"
        key = (one["parent_qid"], one["scale_id"], title.lower())
        if key in taken:
            yield f"box twice {title}"
        taken.add(key)
        yield from _columns(one, {parents[one["parent_qid"]]["gid"]})


def _answers(rows: Rows, languages: list[str]) -> Iterator[str]:
    qids = {one["qid"] for one in rows["questions"]}
    taken: set[tuple[str, str, str]] = set()
    for one in rows.get("answers", []):
        # XMLImportSurvey() leaves out answers to no question.
        if one["qid"] not in qids or not one["aid"]:
            yield f"answer {one['code']}: qid"
        # Answer::rules().
        if not re.fullmatch(r"[a-zA-Z0-9]{1,5}", one["code"]):
            yield f"answer code {one['code']}"
        key = (one["qid"], one["scale_id"], one["code"].lower())
        if key in taken:
            yield f"answer twice {one['code']}"
        taken.add(key)
        if not (one["sortorder"] + one["assessment_value"]).isdigit():
            yield f"answer {one['code']}: numbers"
    aids = {one["aid"] for one in rows.get("answers", [])}
    yield from _words(rows, "answer_l10ns", "aid", "answer", aids, languages)
    # Without answers an empty question of a list is imported, and cannot be answered.
    for one in rows["questions"]:
        has = any(answer["qid"] == one["qid"] for answer in rows.get("answers", []))
        if (one["type"] in "L!") is not has:
            yield f"{one['title']}: answers"


def _attributes(rows: Rows, languages: list[str]) -> Iterator[str]:
    qids = {one["qid"] for one in rows["questions"]}
    for one in rows.get("question_attributes", []):
        # XMLImportSurvey(); create-database.php: string(50) and string(20).
        if one["qid"] not in qids or not 1 <= len(one["attribute"]) <= 50:
            yield f"attribute {one['attribute']}"
        if one["language"] not in ("", *languages):
            yield f"attribute {one['attribute']}: language"


def _expressions(rows: Rows) -> Iterator[str]:
    """em_manager_helper.php: a name that is no variable makes an expression an error,
    and a question can only be asked for what came before it."""
    boxes: dict[str, list[str]] = {}
    for one in rows.get("subquestions", []):
        boxes.setdefault(one["parent_qid"], []).append(one["title"])
    known: set[str] = set()
    for one in rows["questions"]:
        without_words = re.sub(r'"[^"]*"', "", one["relevance"])
        for name in re.findall(r"\b([A-Za-z]\w*)\.NAOK", without_words):
            if name not in known:
                yield f"{one['title']}: {name} is not asked before it"
        if without_words.count("(") != without_words.count(")"):
            yield f"{one['title']}: brackets"
        titles = boxes.get(one["qid"], [])
        known.update(f"{one['title']}_{box}" for box in titles)
        if not titles:
            known.add(one["title"])
