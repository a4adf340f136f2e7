"""The device finds its way as the platform does: the same cases for both.

`static/js/routing.js` is a mirror of `routing.py`, for a device that is cut off. Cases
are drawn at random and put to both; the node of Playwright runs the one of the device.
"""

import base64
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from types import MappingProxyType

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from tests.questionnaires.definition.made_up import (
    options,
    parts_with_answers,
    question,
)
from trede.questionnaires.ahead import (
    settled_before,
    to_come_on_device,
    when_on_device,
)
from trede.questionnaires.answering import Answer, Missing, read_answer
from trede.questionnaires.course import Course
from trede.questionnaires.definition import Kind, Part, PartKind, Question
from trede.questionnaires.library.seeing import NOBODY
from trede.questionnaires.progress import questions_left
from trede.questionnaires.routing import asked, next_question, previous_question
from trede.questionnaires.shipped_files import shipped, shipped_codes

MIRROR = Path(asked.__code__.co_filename).parents[1] / "static/js/routing.js"
RUN = """
const { asked, left, after, before, valuesOf } = await import(
  "data:text/javascript;base64," + process.argv[1]
);
const cases = JSON.parse(await new Response(process.stdin).text());
const told = cases.map(({ questions, answers, at, skip, settled, fields }) => {
  if (fields) return valuesOf(...fields);
  const given = new Map(Object.entries(answers));
  const way = [questions, given, skip, settled];
  return {
    asked: asked(questions, given, skip, settled).map(({ code }) => code),
    left: at.map((code) => left(code, questions, given)),
    after: at.map((code) => after(code, ...way)?.code ?? null),
    before: at.map((code) => before(code, ...way)?.code ?? null),
  };
});
console.log(JSON.stringify(told));
"""
# The one that comes with Playwright: it is there wherever the tests are.
NODE, _CLI = compute_driver_executable()


def as_the_device_has_it(
    part: Part,
    answers: dict[str, Answer],
    settled: Mapping[str, Answer | None] = MappingProxyType({}),
    skip: Sequence[str] = (),
) -> dict[str, object]:
    return {
        "questions": [
            {
                "code": q.code,
                "when": [when_on_device(one, settled) for one in q.asked_when],
            }
            for q in part.questions
        ],
        "skip": list(skip),
        "settled": list(settled),
        "answers": {
            code: None if one.value is None else one.stored.split() or [one.stored]
            for code, one in answers.items()
            if one.missing is not Missing.NOT_ASKED
        },
        "at": [q.code for q in part.questions],
    }


def as_told(part: Part, answers: dict[str, Answer]) -> dict[str, object]:
    path = asked(part, answers)
    after = [next_question(part, path, after=q.code) for q in part.questions]
    before = [previous_question(part, path, before=q.code) for q in part.questions]
    return {
        "asked": [q.code for q in path],
        "left": [questions_left(part, answers, at=q.code) for q in part.questions],
        "after": [q.code if q else None for q in after],
        "before": [q.code if q else None for q in before],
    }


def on_the_device(cases: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    code = base64.b64encode(MIRROR.read_bytes()).decode()
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", RUN, code],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(parts_with_answers(), min_size=5, max_size=20))
def test_the_device_asks_what_the_platform_asks_and_counts_the_same(
    drawn: list[tuple[Part, dict[str, Answer]]],
) -> None:
    told = on_the_device([as_the_device_has_it(*one) for one in drawn])
    assert told == [as_told(*one) for one in drawn]


def test_it_does_so_in_every_questionnaire_that_comes_with_trede() -> None:
    drawn, by_chance = [], Random(1)
    for code in shipped_codes():
        part = shipped(code).part(PartKind.CORE)
        drawn += [(part, answered_by_chance(part, by_chance)) for _ in range(40)]
    told = on_the_device([as_the_device_has_it(*one) for one in drawn])
    assert told == [as_told(*one) for one in drawn]


def answered_by_chance(part: Part, by_chance: Random) -> dict[str, Answer]:
    """Also what was answered before going back, and what a condition asks about."""
    reasons = [Answer(missing=one) for one in Missing]
    given = {}
    for one in part.questions:
        values = sorted(one.values, key=str) or [one.at_least or 0, one.at_most or 1]
        worth = [Answer(value=by_chance.choice(values)) for _ in range(8)]
        answer = by_chance.choice([*worth, *reasons, None])
        if answer is not None:
            given[one.code] = answer
    return given


FIELDS = [
    ("single", {"value": ["a"]}),
    ("single", {"value": [""]}),
    ("single", {"value": ["a"], "missing": ["refused"]}),
    ("single", {"value": ["a"], "missing": [""]}),
    ("labelled_scale", {"value": ["3"]}),
    ("multiple", {"value": ["b", "", "a"]}),
    ("number", {"value": ["007"]}),
    ("number", {"value": [" 3 "]}),
    ("number", {"value": ["\u0663"]}),
    ("year", {"value": ["\u06f1\u06f9\u06f7\u06f5"]}),
    ("hours", {"value": ["not"], "day": ["0"] * 7}),
    ("hours", {"value": ["yes"], "day": ["0", "3", "0", "0", "4", "0", "0"]}),
    ("hours", {"value": ["yes"], "hours": ["012"]}),
    ("hours", {"hours": ["12"]}),
    ("date", {"date_day": ["3"], "date_month": ["2"], "date_year": ["1999"]}),
    ("date", {"date_day": [""], "date_month": [""], "date_year": [""]}),
    ("text", {"value": ["  Dorpsstraat "]}),
    ("text", {"value": [" \n\t "]}),
    ("long_text", {"value": [""], "missing": ["skipped"]}),
]


def test_the_device_reads_the_fields_of_a_page_as_the_platform_does() -> None:
    """As far as a condition can ask: which codes or number, or whether anything."""
    bounds = {"number": (0, 20), "year": (1900, 2100), "hours": (0, 168)}
    cases, expected = [], []
    for kind, fields in FIELDS:
        least, most = bounds.get(kind, (None, None))
        put = question(
            "q",
            kind,
            at_least=least,
            at_most=most,
            optional=True,
            options=options(3) if kind == "labelled_scale" else options("a", "b"),
        )
        read = read_answer(put, fields, on=date(2026, 3, 1))
        assert isinstance(read, Answer), fields
        sent = {"bounds": [least, most, ""]} if kind in bounds else {}
        cases.append({"fields": [fields, sent]})
        expected.append(as_values(put, read))
    told = on_the_device(cases)
    for (kind, fields), values, wanted in zip(FIELDS, told, expected, strict=True):
        as_text = kind in ("text", "long_text", "date")
        assert (bool(values) if as_text else values) == wanted, (kind, fields)


def as_values(put: Question, read: Answer) -> object:
    if put.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.DATE):
        return read.value is not None
    if read.value is None:
        return None
    in_any_order = read.stored.split()
    return in_any_order[::-1] if put.kind is Kind.MULTIPLE else in_any_order


@st.composite
def handed_over_half_way(
    draw: st.DrawFn,
) -> tuple[Course, dict[str, Answer]]:
    """Some was answered before, of which the device shows a part; the rest follows."""
    part, answers = draw(parts_with_answers())
    codes = [one.code for one in part.questions]
    before = codes[: draw(st.integers(0, len(codes)))]
    answers = dict.fromkeys(before, Answer(missing=Missing.REFUSED)) | answers
    shown = draw(st.sets(st.sampled_from(codes)))
    known = {code: answers[code] for code in before}
    there = replace(NOBODY, answers=known)
    return Course(part, there, frozenset(shown & known.keys()), ""), answers


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(handed_over_half_way(), min_size=5, max_size=20))
def test_what_was_answered_before_leads_on_though_the_device_is_not_told_it(
    drawn: list[tuple[Course, dict[str, Answer]]],
) -> None:
    cases, expected = [], []
    for course, answers in drawn:
        to_come = to_come_on_device(course)
        skip = [q.code for q in course.part.questions if q not in to_come]
        settled = settled_before(course, skip)
        on_it = {
            code: answer for code, answer in answers.items() if code not in settled
        }
        cases.append(as_the_device_has_it(course.part, on_it, settled, skip))
        expected.append(
            [q.code for q in asked(course.part, answers) if q.code not in skip]
        )
    assert [told["asked"] for told in on_the_device(cases)] == expected
