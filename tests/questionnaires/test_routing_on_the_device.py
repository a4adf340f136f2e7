"""The device finds its way as the platform does: the same cases for both.

`static/js/routing.js` is a mirror of `routing.py`, for a device that is cut off. Cases
are drawn at random and put to both; the node of Playwright runs the one of the device.
"""

import base64
import json
import subprocess
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from tests.questionnaires.definition.test_routing import parts_with_answers
from trede.questionnaires.answering import Answer, Missing
from trede.questionnaires.definition import Part
from trede.questionnaires.progress import questions_left
from trede.questionnaires.routing import asked

MIRROR = Path(asked.__code__.co_filename).parents[1] / "static/js/routing.js"
RUN = """
const { asked, left } = await import("data:text/javascript;base64," + process.argv[1]);
const cases = JSON.parse(await new Response(process.stdin).text());
const told = cases.map(({ questions, answers, at }) => {
  const given = new Map(Object.entries(answers));
  return {
    asked: asked(questions, given).map(({ code }) => code),
    left: at.map((code) => left(code, questions, given)),
  };
});
console.log(JSON.stringify(told));
"""
# The one that comes with Playwright: it is there wherever the tests are.
NODE, _CLI = compute_driver_executable()


def as_the_device_has_it(part: Part, answers: dict[str, Answer]) -> dict[str, object]:
    return {
        "questions": [
            {
                "code": q.code,
                "when": [[c.question, c.test, list(c.values)] for c in q.asked_when],
            }
            for q in part.questions
        ],
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


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(parts_with_answers(), min_size=5, max_size=20))
def test_the_device_asks_what_the_platform_asks_and_counts_the_same(
    drawn: list[tuple[Part, dict[str, Answer]]],
) -> None:
    told = on_the_device([as_the_device_has_it(*one) for one in drawn])
    assert told == [as_told(*one) for one in drawn]
