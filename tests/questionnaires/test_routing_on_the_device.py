"""The device finds its way as the platform does: the same cases for both.

`static/js/routing.js` is a mirror of `routing.py`, for a device that is cut off. Cases
are drawn at random and put to both; the node of Playwright runs the one of the device.
"""

import base64
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from tests.questionnaires.definition.test_routing import parts_with_answers
from trede.questionnaires.ahead import (
    settled_before,
    to_come_on_device,
    when_on_device,
)
from trede.questionnaires.answering import Answer, Missing
from trede.questionnaires.course import Course
from trede.questionnaires.definition import Part
from trede.questionnaires.library.seeing import NOBODY
from trede.questionnaires.progress import questions_left
from trede.questionnaires.routing import asked

MIRROR = Path(asked.__code__.co_filename).parents[1] / "static/js/routing.js"
RUN = """
const { asked, left } = await import("data:text/javascript;base64," + process.argv[1]);
const cases = JSON.parse(await new Response(process.stdin).text());
const told = cases.map(({ questions, answers, at, skip, settled }) => {
  const given = new Map(Object.entries(answers));
  return {
    asked: asked(questions, given, skip, settled).map(({ code }) => code),
    left: at.map((code) => left(code, questions, given)),
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
    return {
        "asked": [q.code for q in asked(part, answers)],
        "left": [questions_left(part, answers, at=q.code) for q in part.questions],
    }


def on_the_device(cases: list[dict[str, object]]) -> list[dict[str, object]]:
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
