"""Small LimeSurvey surveys, written as versions 2 and 3, as 6, and tab-separated.

A survey is written out once; the three makers imitate what LimeSurvey exports: rows
per language up to version 3, words in tables of their own later.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

Row = Mapping[str, str]
SID = "123456"


@dataclass(frozen=True)
class Q:
    code: str
    type: str
    text: str = "What?"
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    relevance: str = "1"
    other: str = "N"
    mandatory: str = "N"
    help: str = ""
    preg: str = ""
    default: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    # Conditions of rows, by their codes.
    row_relevance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class G:
    name: str
    questions: tuple[Q, ...]
    description: str = ""
    relevance: str = ""
    random: str = ""


@dataclass(frozen=True)
class S:
    groups: tuple[G, ...]
    languages: tuple[str, ...] = ("en",)
    title: str = "A small survey"
    conditions: tuple[Row, ...] = ()
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    relevance_known: bool = True


def survey(*questions: Q, **more: object) -> S:
    return S(groups=(G("Only", questions),), **more)


def said(text: str, language: str, survey: S) -> str:
    return (
        text if language == survey.languages[0] or not text else f"{text} ({language})"
    )


# Rows -------------------------------------------------------------------------------


def _numbered(survey: S) -> Iterator[tuple[int, G, list[tuple[int, Q]]]]:
    for place, group in enumerate(survey.groups, 1):
        yield (
            place,
            group,
            [(place * 100 + n, q) for n, q in enumerate(group.questions)],
        )


def _questions(survey: S) -> Iterator[tuple[Row, str, str]]:
    for gid, _group, questions in _numbered(survey):
        for qid, q in questions:
            row = {
                "qid": str(qid),
                "parent_qid": "0",
                "sid": SID,
                "gid": str(gid),
                "type": q.type,
                "title": q.code,
                "preg": q.preg,
                "other": q.other,
                "mandatory": q.mandatory,
                "question_order": str(qid),
                "scale_id": "0",
            }
            if survey.relevance_known:
                row["relevance"] = q.relevance
            yield row, q.text, q.help


def _subquestions(survey: S) -> Iterator[tuple[Row, str, str]]:
    for gid, _group, questions in _numbered(survey):
        for qid, q in questions:
            axes = [("0", text) for text in q.rows] + [("1", t) for t in q.columns]
            for n, (scale, text) in enumerate(axes):
                row = {
                    "qid": str(qid * 100 + n),
                    "parent_qid": str(qid),
                    "sid": SID,
                    "gid": str(gid),
                    "type": q.type,
                    "title": code_of(text),
                    "question_order": str(n),
                    "scale_id": scale,
                    "relevance": q.row_relevance.get(code_of(text), "1"),
                }
                yield row, words_of(text), ""


def _answers(survey: S) -> Iterator[tuple[Row, str]]:
    for _gid, _group, questions in _numbered(survey):
        for qid, q in questions:
            both = [("0", text) for text in q.answers] + [("1", t) for t in q.second]
            for n, (scale, text) in enumerate(both):
                row = {
                    "aid": str(qid * 100 + n),
                    "qid": str(qid),
                    "code": code_of(text),
                    "sortorder": str(n),
                    "assessment_value": "0",
                    "scale_id": scale,
                }
                yield row, words_of(text)


def code_of(text: str) -> str:
    """A row or an answer is written as its code, or as "code=text"."""
    return text.partition("=")[0]


def words_of(text: str) -> str:
    return text.partition("=")[2] or text


# Files ------------------------------------------------------------------------------


def as_version_3(survey: S, version: str = "349") -> bytes:
    """Versions 2 and 3: each row once per language."""
    tables: dict[str, list[Row]] = {"groups": [], "questions": [], "subquestions": []}
    answers: list[Row] = []
    # The rows of a language need not stand together, nor the base language first.
    for language in reversed(survey.languages):
        for gid, group, _questions_of in _numbered(survey):
            tables["groups"].append(
                {
                    "gid": str(gid),
                    "sid": SID,
                    "group_name": said(group.name, language, survey),
                    "group_order": str(gid),
                    "description": said(group.description, language, survey),
                    "language": language,
                    "randomization_group": group.random,
                    "grelevance": group.relevance,
                }
            )
        for name, found in (
            ("questions", _questions(survey)),
            ("subquestions", _subquestions(survey)),
        ):
            for row, text, help_text in found:
                tables[name].append(
                    {
                        **row,
                        "question": said(text, language, survey),
                        "help": said(help_text, language, survey),
                        "language": language,
                    }
                )
        for row, text in _answers(survey):
            bare = {key: value for key, value in row.items() if key != "aid"}
            words = said(text, language, survey)
            answers.append({**bare, "answer": words, "language": language})
    return _document(survey, version, {**tables, "answers": answers})


def as_version_6(survey: S, version: str = "641") -> bytes:
    """From version 4 on: the words in tables of their own."""
    groups: list[Row] = []
    words: dict[str, list[Row]] = {"group": [], "question": [], "answer": []}
    for gid, group, _questions_of in _numbered(survey):
        groups.append(
            {
                "gid": str(gid),
                "sid": SID,
                "group_order": str(gid),
                "randomization_group": group.random,
                "grelevance": group.relevance,
            }
        )
        for language in survey.languages:
            words["group"].append(
                {
                    "gid": str(gid),
                    "group_name": said(group.name, language, survey),
                    "description": said(group.description, language, survey),
                    "language": language,
                }
            )
    questions, rows = list(_questions(survey)), list(_subquestions(survey))
    for row, text, help_text in questions + rows:
        for language in survey.languages:
            words["question"].append(
                {
                    "qid": row["qid"],
                    "question": said(text, language, survey),
                    "help": said(help_text, language, survey),
                    "script": "",
                    "language": language,
                }
            )
    answers = list(_answers(survey))
    for row, text in answers:
        for language in survey.languages:
            answer = said(text, language, survey)
            words["answer"].append(
                {"aid": row["aid"], "answer": answer, "language": language}
            )
    tables = {
        "groups": groups,
        "group_l10ns": words["group"],
        "questions": [row for row, _text, _help in questions],
        "subquestions": [row for row, _text, _help in rows],
        "question_l10ns": words["question"],
        "answers": [row for row, _text in answers],
        "answer_l10ns": words["answer"],
    }
    return _document(survey, version, tables)


def _document(survey: S, version: str, tables: Mapping[str, Iterable[Row]]) -> bytes:
    attributes, defaults = [], []
    for _gid, _group, questions in _numbered(survey):
        for qid, q in questions:
            for name, value in q.attributes.items():
                attributes.append(
                    {"qid": str(qid), "attribute": name, "value": value, "language": ""}
                )
            if q.default:
                defaults.append({"qid": str(qid), "defaultvalue": q.default})
    settings = {
        "sid": SID,
        "language": survey.languages[0],
        "additional_languages": " ".join(survey.languages[1:]),
        "adminemail": "somebody@example.org",
    }
    titles = [
        {
            "surveyls_survey_id": SID,
            "surveyls_language": language,
            "surveyls_title": said(survey.title, language, survey),
        }
        for language in survey.languages
    ]
    tables = {
        **tables,
        "question_attributes": attributes,
        "defaultvalues": defaults,
        "conditions": survey.conditions,
        "surveys": [settings],
        "surveys_languagesettings": titles,
        **survey.tables,
    }
    spoken = "".join(f"<language>{one}</language>" for one in sorted(survey.languages))
    body = "".join(_table(name, list(rows)) for name, rows in tables.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document>'
        f"<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{version}</DBVersion>"
        f"<languages>{spoken}</languages>{body}</document>"
    ).encode()


def _table(name: str, rows: list[Row]) -> str:
    if not rows:
        return ""
    fields = "".join(f"<fieldname>{key}</fieldname>" for key in rows[0])
    written = "".join(
        "<row>" + "".join(_cell(*pair) for pair in row.items()) + "</row>\n"
        for row in rows
    )
    return f"<{name}><fields>{fields}</fields><rows>{written}</rows></{name}>\n"


def _cell(key: str, value: str) -> str:
    value = value.replace("]]>", "]]]]><![CDATA[>")
    return f"<{key}><![CDATA[{value}]]></{key}>" if value else f"<{key}/>"


def as_tsv(survey: S, *, numbered: bool = True) -> bytes:
    """Tab-separated; without the numbers that files made by hand do not have."""
    names = sorted(
        {n for group in survey.groups for q in group.questions for n in q.attributes}
    )
    fixed = "id related_id class type/scale name relevance text help language"
    fixed += " validation mandatory other default same_default"
    target = io.StringIO()
    writer = csv.DictWriter(target, [*fixed.split(), *names], delimiter="\t")
    writer.writeheader()
    lines = list(_lines(survey))
    for line in lines:
        if not numbered:
            line.pop("id", None)
            if line["class"] == "G":
                line["type/scale"] = ""
        writer.writerow(line)
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _lines(survey: S) -> Iterator[dict[str, str]]:
    settings = {
        "sid": SID,
        "language": survey.languages[0],
        "additional_languages": " ".join(survey.languages[1:]),
    }
    for name, value in settings.items():
        yield {"class": "S", "name": name, "text": value}
    for lang in survey.languages:
        title = said(survey.title, lang, survey)
        yield {"class": "SL", "name": "surveyls_title", "text": title, "language": lang}
    for lang in survey.languages:
        for gid, group, questions in _numbered(survey):
            yield {
                "id": str(gid),
                "class": "G",
                "type/scale": str(gid),
                "name": said(group.name, lang, survey),
                "text": said(group.description, lang, survey),
                "relevance": group.relevance,
                "language": lang,
            }
            for qid, q in questions:
                yield from _lines_of_question(survey, qid, q, lang)


def _lines_of_question(
    survey: S, qid: int, q: Q, lang: str
) -> Iterator[dict[str, str]]:
    yield {
        "id": str(qid),
        "class": "Q",
        "type/scale": q.type,
        "name": q.code,
        "relevance": q.relevance,
        "text": said(q.text, lang, survey),
        "help": said(q.help, lang, survey),
        "language": lang,
        "validation": q.preg,
        "mandatory": q.mandatory,
        "other": q.other,
        "default": q.default,
        **(q.attributes if lang == survey.languages[0] else {}),
    }
    axes = [("", text) for text in q.rows] + [("1", text) for text in q.columns]
    for n, (scale, text) in enumerate(axes):
        words = said(words_of(text), lang, survey)
        yield {
            "id": str(qid * 100 + n),
            "class": "SQ",
            "type/scale": scale,
            "name": code_of(text),
            "relevance": "1",
            "text": words,
            "language": lang,
        }
    # The lines that only name a box.
    if q.type in ("O", "|"):
        yield {"class": "SQ", "name": "comment", "language": lang}
    if q.other == "Y":
        yield {"class": "SQ", "name": "other", "language": lang}
    both = [("0", text) for text in q.answers] + [("1", text) for text in q.second]
    for scale, text in both:
        yield {
            "id": str(qid),
            "class": "A",
            "type/scale": scale,
            "name": code_of(text),
            "text": said(words_of(text), lang, survey),
            "language": lang,
        }
