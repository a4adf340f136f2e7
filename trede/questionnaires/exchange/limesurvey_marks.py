"""What LimeSurvey has no place for travels along as CSS classes of its questions.

LimeSurvey keeps and exports the attribute `cssclass` of a question as it stands. So a
questionnaire that was sent there and changed comes back with its own codes, kinds of
questions and parts. Classes that nobody of us wrote say nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from trede.questionnaires.definition import Kind, PartKind, Value

_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_PREFIX = "trede-"
INTRO, OUTRO = "intro", "outro"


@dataclass(frozen=True)
class Marks:
    part: PartKind
    section: str
    code: str = ""
    kind: Kind | None = None
    # A text that is only shown: before the part, or after it.
    shown: str = ""
    required: bool = False
    may_not_know: bool = False
    may_speak: bool = False
    # Answer codes there, and the values they stand for.
    values: Mapping[str, str] = field(default_factory=dict)
    # Answer codes there that are ways to give no answer here.
    missing: frozenset[str] = frozenset()


def as_classes(marks: Marks) -> str:
    return " ".join(f"{_PREFIX}{mark}" for mark in _written(marks))


def _written(marks: Marks) -> Iterator[str]:
    yield f"part-{marks.part}"
    yield f"section-{marks.section}"
    if marks.shown:
        yield f"shown-{marks.shown}"
    if marks.code and marks.kind:
        yield f"code-{marks.code}"
        yield f"kind-{marks.kind}"
    for name in ("required", "may_not_know", "may_speak"):
        if getattr(marks, name):
            yield name
    for code, value in marks.values.items():
        yield f"answer-{code}-{value}"
    for code in sorted(marks.missing):
        yield f"missing-{code}"


def read_marks(classes: str) -> Marks | None:
    """The marks among the classes, if they say where the question belongs."""
    words: dict[str, list[str]] = {}
    for one in classes.split():
        if one.startswith(_PREFIX):
            name, _dash, value = one.removeprefix(_PREFIX).partition("-")
            words.setdefault(name, []).append(value)
    single = {name: values[0] for name, values in words.items()}
    part, section, code = (single.get(n, "") for n in ("part", "section", "code"))
    kind = single.get("kind", "")
    if part not in set(PartKind) or not _CODE.fullmatch(section):
        return None
    if code and (not _CODE.fullmatch(code) or kind not in set(Kind)):
        return None
    answers = (value.partition("-") for value in words.get("answer", []))
    return Marks(
        part=PartKind(part),
        section=section,
        code=code,
        kind=Kind(kind) if code else None,
        shown=single.get("shown", ""),
        required="required" in single,
        may_not_know="may_not_know" in single,
        may_speak="may_speak" in single,
        values={theirs: ours for theirs, _dash, ours in answers},
        missing=frozenset(words.get("missing", [])),
    )


def as_value(kind: Kind, text: str) -> Value:
    """The value of a scale is a number; all others are codes."""
    digits = text.removeprefix("-")
    if kind is Kind.LABELLED_SCALE and digits.isdecimal() and len(digits) < 10:
        return int(text)
    return text
