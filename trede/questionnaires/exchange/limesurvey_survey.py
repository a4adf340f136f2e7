"""The tables of a LimeSurvey file put together: groups, questions, their answers.

Up to version 3 every row stands there once per language; later the words moved to
tables of their own. Which of the two it is shows from the tables themselves: the number
of the version does not tell. What is counted is what stands in the base language.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from trede.questionnaires.exchange.limesurvey_reading import Row, Tables

K = TypeVar("K")
V = TypeVar("V")
# Words by language, with their mark-up, as the file has them.
Words = Mapping[str, str]
_NO_WORDS: Words = {}


@dataclass(frozen=True)
class Answer:
    code: str
    words: Words
    scale: str = "0"
    value: str = ""


@dataclass(frozen=True)
class SubQuestion:
    code: str
    words: Words
    scale: str = "0"
    relevance: str = ""


@dataclass(frozen=True)
class Item:
    """One question of the file, with everything that hangs on it."""

    qid: str
    gid: str
    code: str
    type: str
    words: Words
    help: Words = field(default_factory=dict)
    relevance: str = ""
    pattern: str = ""
    other: bool = False
    mandatory: str = ""
    theme: str = ""
    attributes: Mapping[str, Words] = field(default_factory=dict)
    subquestions: tuple[SubQuestion, ...] = ()
    answers: tuple[Answer, ...] = ()
    has_default: bool = False
    in_quota: bool = False

    def attribute(self, name: str) -> str:
        """The value, whatever the language; empty where it is not set."""
        return next((v for v in self.attributes.get(name, {}).values() if v), "")

    def on_scale(self, scale: str) -> tuple[SubQuestion, ...]:
        return tuple(one for one in self.subquestions if one.scale == scale)

    def answers_on(self, scale: str) -> tuple[Answer, ...]:
        return tuple(one for one in self.answers if one.scale == scale)


@dataclass(frozen=True)
class Group:
    gid: str
    words: Words
    description: Words
    relevance: str
    random: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Counts:
    groups: int
    questions: int
    subquestions: int
    answers: int


@dataclass(frozen=True)
class Survey:
    version: str
    sid: str
    languages: tuple[str, ...]
    title: Words
    welcome: Words
    end: Words
    description: Words
    groups: tuple[Group, ...]
    # Questions whose group is not in the file.
    strays: tuple[Item, ...]
    counts: Counts
    made_here: Row
    also_has: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        grouped = tuple(item for group in self.groups for item in group.items)
        return grouped + self.strays


@dataclass(frozen=True)
class _Entry:
    """One thing of the file: its row in the base language, and words per language."""

    row: Row
    words: Mapping[str, Words]


def survey_from(tables: Tables) -> Survey:
    settings = next(iter(tables["surveys"]), {})
    languages = _languages(tables, settings)
    entries = _Entries(tables, languages)
    items = _items(tables, entries)
    groups, strays = _grouped(entries, items)
    titles = _by_language(tables["surveys_languagesettings"], "surveyls_language")
    return Survey(
        version=tables.version,
        sid=settings.get("sid", "").strip(),
        languages=languages,
        title=_column(titles, "surveyls_title"),
        welcome=_column(titles, "surveyls_welcometext"),
        end=_column(titles, "surveyls_endtext"),
        description=_column(titles, "surveyls_description"),
        groups=groups,
        strays=strays,
        counts=Counts(
            groups=len(entries.groups),
            questions=len(entries.questions),
            subquestions=len(entries.subquestions),
            answers=len(entries.answers),
        ),
        made_here=next(iter(tables["trede"]), {}),
        also_has=tuple(
            name
            for name in ("quota", "assessments", "survey_url_parameters")
            if tables[name]
        ),
    )


def _languages(tables: Tables, settings: Row) -> tuple[str, ...]:
    """The base language first, whatever order the file lists them in."""
    said = [settings.get("language", "")]
    said += settings.get("additional_languages", "").split() + tables.languages
    found = dict.fromkeys(one.strip() for one in said if one.strip())
    return tuple(found) or ("en",)


class _Entries:
    """The rows of the four tables, each thing once, with its words."""

    def __init__(self, tables: Tables, languages: tuple[str, ...]) -> None:
        self._tables = tables
        self._languages = languages
        rows = tables["questions"]
        inner = [row for row in rows if _number(row.get("parent_qid", "")) > 0]
        outer = [row for row in rows if _number(row.get("parent_qid", "")) <= 0]
        self.groups = self._gather("groups", "gid", tables["groups"])
        self.questions = self._gather("questions", "qid", outer)
        self.subquestions = self._gather(
            "questions", "qid", tables["subquestions"] + inner
        )
        self.answers = self._gather("answers", "aid", tables["answers"])

    def _gather(self, table: str, key: str, rows: list[Row]) -> list[_Entry]:
        apart = self._tables[f"{table.removesuffix('s')}_l10ns"]
        if apart:
            words = _by(apart, lambda row: row.get(key, ""))
            return [
                _Entry(row, self._words(words.get(row.get(key, ""), [])))
                for row in _once(rows, key)
            ]
        found = _by(
            rows, _key_of_answer if key == "aid" else lambda row: (row.get(key, ""),)
        )
        return [
            _Entry(self._base(of_one), self._words(of_one))
            for of_one in found.values()
            if self._spoken_in_base(of_one, rows)
        ]

    def _words(self, rows: list[Row]) -> Mapping[str, Words]:
        by_language = _by_language(rows, "language")
        if "" in by_language:
            by_language.setdefault(self._languages[0], by_language[""])
        known = {lang: by_language.get(lang, {}) for lang in self._languages}
        columns = {column for row in known.values() for column in row}
        return {column: _column(known, column) for column in columns}

    def _base(self, rows: list[Row]) -> Row:
        base = self._languages[0]
        return next((r for r in rows if r.get("language", "") == base), rows[0])

    def _spoken_in_base(self, of_one: list[Row], rows: list[Row]) -> bool:
        base = self._languages[0]
        if any(row.get("language", base) == base for row in of_one):
            return True
        # A file that has nothing in its own base language counts as it stands.
        return not any(row.get("language", base) == base for row in rows)


def _items(tables: Tables, entries: _Entries) -> list[Item]:
    attributes = _attributes(tables["question_attributes"])
    inner = _by(entries.subquestions, lambda one: one.row.get("parent_qid", ""))
    answers = _by(entries.answers, lambda one: one.row.get("qid", ""))
    defaults = {row.get("qid", "") for row in tables["defaultvalues"]}
    quotas = {row.get("qid", "") for row in tables["quota_members"]}
    conditions = _by(tables["conditions"], lambda row: row.get("qid", ""))
    made = []
    for entry in _in_order(entries.questions, "question_order"):
        row, qid = entry.row, entry.row.get("qid", "")
        made.append(
            Item(
                qid=qid,
                gid=row.get("gid", ""),
                code=row.get("title", "").strip() or f"q{qid}",
                type=row.get("type", "").strip(),
                words=entry.words.get("question", _NO_WORDS),
                help=entry.words.get("help", _NO_WORDS),
                relevance=_relevance(row, conditions.get(qid, [])),
                pattern=row.get("preg", ""),
                other=row.get("other", "").strip().upper() == "Y",
                mandatory=row.get("mandatory", "").strip().upper(),
                theme=row.get("question_theme_name", "").strip(),
                attributes=attributes.get(qid, {}),
                subquestions=_subquestions(inner.get(qid, [])),
                answers=_answers(answers.get(qid, [])),
                has_default=qid in defaults,
                in_quota=qid in quotas,
            )
        )
    return made


def _subquestions(entries: list[_Entry]) -> tuple[SubQuestion, ...]:
    return tuple(
        SubQuestion(
            code=entry.row.get("title", "").strip(),
            words=entry.words.get("question", _NO_WORDS),
            scale=_scale(entry.row),
            relevance=entry.row.get("relevance", ""),
        )
        for entry in _in_order(entries, "question_order")
    )


def _answers(entries: list[_Entry]) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            code=entry.row.get("code", "").strip(),
            words=entry.words.get("answer", _NO_WORDS),
            scale=_scale(entry.row),
            value=entry.row.get("assessment_value", "").strip(),
        )
        for entry in _in_order(entries, "sortorder")
    )


def _grouped(
    entries: _Entries, items: list[Item]
) -> tuple[tuple[Group, ...], tuple[Item, ...]]:
    inside = _by(items, lambda item: item.gid)
    groups = tuple(
        Group(
            gid=entry.row.get("gid", ""),
            words=entry.words.get("group_name", _NO_WORDS),
            description=entry.words.get("description", _NO_WORDS),
            relevance=entry.row.get("grelevance", ""),
            random=entry.row.get("randomization_group", "").strip(),
            items=tuple(inside.pop(entry.row.get("gid", ""), [])),
        )
        for entry in _in_order(entries.groups, "group_order")
    )
    return groups, tuple(item for stray in inside.values() for item in stray)


def _attributes(rows: list[Row]) -> Mapping[str, Mapping[str, Words]]:
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in rows:
        values = found[row.get("qid", "")].setdefault(row.get("attribute", ""), {})
        values[row.get("language", "").strip()] = row.get("value", "").strip()
    return found


def _relevance(row: Row, conditions: list[Row]) -> str:
    """What stands in `relevance`: the conditions are in it already.

    Only where it says nothing (in files from before it existed) are they put together
    here, as LimeSurvey itself does on import.
    """
    said = row.get("relevance", "").strip()
    return _compiled(conditions) if conditions and said in ("", "1") else said


def _compiled(conditions: list[Row]) -> str:
    scenarios = _by(conditions, lambda row: row.get("scenario", ""))
    return " or ".join(
        "(" + " and ".join(_alternatives(rows)) + ")" for rows in scenarios.values()
    )


def _alternatives(rows: list[Row]) -> list[str]:
    """Several answers to the same question: one of them will do."""
    about = _by(rows, lambda row: (row.get("cfieldname", ""), row.get("method", "")))
    return [
        "(" + " or ".join(_compared(row) for row in same) + ")"
        for same in about.values()
    ]


def _compared(row: Row) -> str:
    name = row.get("cfieldname", "").lstrip("+")
    method = row.get("method", "").strip() or "=="
    value = row.get("value", "").strip().replace('"', "")
    if not value:
        return f"is_empty({name}.NAOK)" if method == "==" else f"!is_empty({name}.NAOK)"
    if value.startswith(("@", "{")):
        # The answer to another question, or a fact about the participant.
        return f"{name}.NAOK {method} {value}"
    compared = f'{name}.NAOK {method} "{value}"'
    return f"(!is_empty({name}.NAOK) and {compared})" if "<" in method else compared


def _by(things: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found


def _once(rows: list[Row], key: str) -> list[Row]:
    """Some versions wrote a row once per language though its words stand apart."""
    return [same[0] for same in _by(rows, lambda row: row.get(key, id(row))).values()]


def _by_language(rows: list[Row], column: str) -> dict[str, Row]:
    return {row.get(column, "").strip(): row for row in reversed(rows)}


def _column(rows: Mapping[str, Row], column: str) -> Words:
    return {language: row.get(column, "") for language, row in rows.items()}


def _key_of_answer(row: Row) -> tuple[str, str, str]:
    return row.get("qid", ""), row.get("code", ""), _scale(row)


def _scale(row: Row) -> str:
    return row.get("scale_id", "").strip() or "0"


def _in_order(entries: Iterable[_Entry], column: str) -> list[_Entry]:
    return sorted(
        entries, key=lambda one: (_scale(one.row), _number(one.row.get(column, "")))
    )


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 10 else 0
