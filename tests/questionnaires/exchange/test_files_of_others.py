"""Files that other people made with other software, read as the command reads them.

They lie beside the checkout and not in it: they are not ours to hand on. How many
questions there are is counted here from the file itself, by other means.
"""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse
from openpyxl import load_workbook

from trede.commands.entry import run
from trede.environment import ROOT

THEIRS = ROOT.parent / "shared" / "data"
# Kinds of row of a form that ask nothing.
NO_QUESTIONS = ("begin", "end", "calculate", "start", "today", "deviceid")


def in_lss(path: Path) -> tuple[int, int]:
    """Groups, and questions that are not part of another."""
    tables = parse(path).getroot()

    def keys(table: str, key: str) -> set[str]:
        rows = tables.findall(f"{table}/rows/row")
        return {
            row.findtext(key, "")
            for row in rows
            if table != "questions" or row.findtext("parent_qid", "0") in ("", "0")
        }

    return len(keys("groups", "gid")), len(keys("questions", "qid"))


def in_txt(path: Path) -> tuple[int, int]:
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    kinds = [row["class"] for row in rows]
    return kinds.count("G"), kinds.count("Q")


def in_xlsx(path: Path) -> tuple[int, int]:
    sheet = load_workbook(path)["survey"]
    heads, *rows = sheet.iter_rows(values_only=True)
    column = [str(head).strip() for head in heads].index("type")
    kinds = [str(row[column]).strip() for row in rows if row[column]]
    asked = [kind for kind in kinds if not kind.startswith(NO_QUESTIONS)]
    groups = [kind for kind in kinds if kind.startswith("begin")]
    return len(groups), len(asked)


COUNT: dict[str, Callable[[Path], tuple[int, int]]] = {
    ".lss": in_lss,
    ".txt": in_txt,
    ".xlsx": in_xlsx,
}


@pytest.mark.parametrize(
    ("name", "version", "carried"),
    [
        ("limesurvey/bench40_export.lss", "627", 40),
        ("limesurvey/bench40_export.txt", "", 40),
        ("limesurvey/citric_survey.lss", "641", 3),
        ("limesurvey/ls205_group_relevance.lss", "177", 21),
        ("limesurvey/ls3_limesurvey_survey_351443.lss", "349", 5),
        ("xlsform/group.xlsx", "", 3),
        ("xlsform/or_other.xlsx", "", 2),
    ],
)
def test_every_question_comes_over_or_is_named_with_the_reason(
    name: str, version: str, carried: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = THEIRS / name
    if not path.exists():
        pytest.skip(f"{name} does not lie beside this checkout")
    assert run(["questionnaire", "check", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    groups, questions = COUNT[path.suffix](path)
    assert told["version"] == version
    assert (told["groups"], told["questions"]) == (groups, questions)
    assert told["carried"] == carried
    lost = {one["question"] for one in told["not_carried"] if one["question"]}
    assert len(lost) >= questions - carried
    assert all(one["what"] and one["why"] for one in told["not_carried"])
