"""From a LimeSurvey structure as tab-separated text to the tables of an .lss file.

One line is a setting, a group, a question, a sub-question or an answer, in one
language; which question a sub-question belongs to shows from the lines above it. Some
lines only name the boxes for "other" and for comments: they are no sub-questions.
"""

import csv
import io
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trede.questionnaires.exchange.carried import FileRefused
from trede.questionnaires.exchange.limesurvey_reading import (
    Row,
    Tables,
    excessive,
)

_NOT_ATTRIBUTES = frozenset(
    {"id", "related_id", "class", "type/scale", "name", "relevance", "text", "help"}
    | {"language", "validation", "mandatory", "encrypted", "other", "default"}
    | {"same_default", "same_script", ""}
)
_LONGEST_CELL = 1_000_000
# Of all languages together; the longest known ones have some thousands.
_MOST_LINES = 50_000


def looks_like_tsv(content: bytes) -> bool:
    """A first line of tab-separated names, the class of each line among them."""
    names = _decoded(content[:20_000]).partition("\n")[0].split("\t")
    return {"class", "name"} <= {name.strip(' "\ufeff\r') for name in names}


def read_tsv(content: bytes, name: str) -> Tables:
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(_decoded(content), newline=""), delimiter="\t")
    gathering = _Gathering()
    try:
        header = [cell.strip(" \ufeff") for cell in next(lines, [])]
        for number, cells in enumerate(lines):
            if number == _MOST_LINES:
                raise excessive(name)
            gathering.take(dict(zip(header, map(_unmasked, cells), strict=False)))
    except csv.Error:
        raise FileRefused(
            _(
                "“%(name)s” has a line that cannot be read (line %(line)d). Export the"
                " survey from LimeSurvey again."
            )
            % {"name": name, "line": lines.line_num}
        ) from None
    return gathering.tables()


def _decoded(content: bytes) -> str:
    """Excel saves such a file as UTF-16 or in the old Western encoding."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The first bytes of a file may end in the middle of a letter.
        if error.start >= len(content) - 3:
            return content[: error.start].decode("utf-8-sig")
        return content.decode("cp1252", errors="replace")


def _unmasked(cell: str) -> str:
    """An expression that began with = was written so that Excel leaves it alone."""
    return cell[1:] if cell.startswith("'=") else cell


@dataclass
class _Gathering:
    """The tables so far, and the lines above that the next line belongs to."""

    settings: Row = field(default_factory=dict)
    per_language: dict[str, Row] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    group: str = ""
    question: Row = field(default_factory=dict)
    ids: dict[tuple[str, ...], str] = field(default_factory=dict)
    group_number: int = 0
    group_language: str | None = None

    def take(self, line: Row) -> None:
        kind = line.get("class", "").strip()
        # A file in one language need not say which on every line.
        line["language"] = line.get("language") or self.settings.get("language", "en")
        if kind == "S":
            self.settings[line.get("name", "")] = line.get("text", "")
        elif kind == "SL":
            texts = self.per_language.setdefault(line.get("language", ""), {})
            texts[line.get("name", "")] = line.get("text", "")
        elif taker := _TAKERS.get(kind):
            taker(self, line)

    def tables(self) -> Tables:
        base = self.settings.get("language", "").strip()
        additional = self.settings.get("additional_languages", "").split()
        self.rows["surveys"] = [self.settings]
        self.rows["surveys_languagesettings"] = [
            texts | {"surveyls_language": texts.get("surveyls_language") or language}
            for language, texts in self.per_language.items()
        ]
        spoken = (row.get("language", "") for row in self.rows.get("questions", []))
        languages = [base, *additional] if base else list(dict.fromkeys(spoken))
        return Tables(languages=languages, made_as="Survey", rows=self.rows)

    def take_group(self, line: Row) -> None:
        language = line.get("language", "")
        if language != self.group_language:
            self.group_language, self.group_number = language, 0
        self.group_number += 1
        # Old files do not number their groups: the order is then the same in each
        # language.
        number = line.get("type/scale", "").strip() or f"#{self.group_number}"
        self.group = self._id(("G", number), line)
        self._add(
            "groups",
            gid=self.group,
            group_name=line.get("name", ""),
            description=line.get("text", ""),
            language=language,
            grelevance=line.get("relevance", ""),
            randomization_group=line.get("random_group", ""),
        )

    def take_question(self, line: Row) -> None:
        code = line.get("name", "")
        qid = self._id(("Q", self.group, code), line)
        self.question = line | {"qid": qid}
        self._add(
            "questions",
            qid=qid,
            gid=self.group,
            type=line.get("type/scale", "").strip(),
            title=code,
            question=line.get("text", ""),
            preg=line.get("validation", ""),
            **{
                column: line.get(column, "")
                for column in ("help", "language", "mandatory", "other", "relevance")
            },
        )
        for name, value in line.items():
            if name not in _NOT_ATTRIBUTES and value:
                self._add(
                    "question_attributes",
                    qid=qid,
                    attribute=name,
                    value=value,
                    language=line.get("language", ""),
                )
        self._take_default(line)

    def take_subquestion(self, line: Row) -> None:
        code = line.get("name", "")
        if self._only_names_a_box(code):
            self._take_default(line)
            return
        parent = self.question.get("qid", "")
        scale = line.get("type/scale", "").strip() or "0"
        self._add(
            "subquestions",
            qid=self._id(("SQ", parent, scale, code), line),
            parent_qid=parent,
            gid=self.group,
            type=self.question.get("type/scale", ""),
            title=code,
            question=line.get("text", ""),
            scale_id=scale,
            **{
                column: line.get(column, "")
                for column in ("help", "language", "relevance")
            },
        )
        self._take_default(line)

    def take_answer(self, line: Row) -> None:
        self._add(
            "answers",
            qid=self.question.get("qid", ""),
            code=line.get("name", ""),
            answer=line.get("text", ""),
            scale_id=line.get("type/scale", "").strip() or "0",
            language=line.get("language", ""),
            assessment_value=line.get("assessment_value", ""),
        )

    def take_condition(self, line: Row) -> None:
        self._add(
            "conditions",
            qid=self.question.get("qid", ""),
            cqid=line.get("related_id", ""),
            cfieldname=line.get("name", ""),
            method=line.get("relevance", ""),
            value=line.get("text", ""),
            scenario=line.get("type/scale", "") or "1",
        )

    def take_quota(self, line: Row) -> None:
        self._add("quota", name=line.get("name", ""))

    def take_quota_member(self, line: Row) -> None:
        self._add("quota_members", qid=self.question.get("qid", ""))

    def take_assessment(self, line: Row) -> None:
        self._add("assessments", name=line.get("name", ""))

    def _only_names_a_box(self, code: str) -> bool:
        of = self.question.get("type/scale", "").strip()
        if of in ("O", "|"):
            return True
        if of == "P" and code.endswith("comment"):
            parent = self.question.get("qid", "")
            return ("SQ", parent, "0", code.removesuffix("comment")) in self.ids
        return code == "other" and self.question.get("other", "") == "Y"

    def _take_default(self, line: Row) -> None:
        if line.get("default", "") and self.question:
            value = line["default"]
            self._add("defaultvalues", qid=self.question["qid"], defaultvalue=value)

    def _add(self, table: str, **row: str) -> None:
        self.rows.setdefault(table, []).append(row)

    def _id(self, key: tuple[str, ...], line: Row) -> str:
        """The same in every language; files made by hand have no numbers."""
        if key not in self.ids:
            given = line.get("id", "").strip()
            self.ids[key] = given or f"n{len(self.ids) + 1}"
        return self.ids[key]


_TAKERS = {
    "G": _Gathering.take_group,
    "Q": _Gathering.take_question,
    "SQ": _Gathering.take_subquestion,
    "A": _Gathering.take_answer,
    "C": _Gathering.take_condition,
    "QTA": _Gathering.take_quota,
    "QTAM": _Gathering.take_quota_member,
    "AS": _Gathering.take_assessment,
}
