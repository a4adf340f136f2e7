"""The notebook for researchers runs, and shows what is printed in it."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
NOTEBOOK = ROOT / "docs" / "examples" / "evaluate_in_a_notebook.ipynb"


@pytest.fixture(scope="module")
def cells() -> list[tuple[list, list]]:
    """Per cell of code what is printed in the repository, and what comes out now."""
    path = ROOT / "tools" / "notebook.py"
    found = importlib.util.spec_from_file_location("notebook", path)
    assert found is not None and found.loader is not None
    tool = importlib.util.module_from_spec(found)
    found.loader.exec_module(tool)
    printed = tool.code_cells(json.loads(NOTEBOOK.read_text(encoding="utf-8")))
    return list(
        zip([cell["outputs"] for cell in printed], tool.run(NOTEBOOK), strict=True)
    )


def test_every_cell_shows_what_is_printed_in_it(cells: list[tuple[list, list]]):
    assert len(cells) == 9
    for printed, shown in cells:
        for one, other in zip(printed, shown, strict=True):
            if "text/plain" in one["data"]:
                assert one == other


def test_there_is_a_picture_with_the_names_of_the_outcomes(
    cells: list[tuple[list, list]],
):
    drawn = [
        "".join(one["data"]["image/svg+xml"])
        for _, shown in cells
        for one in shown
        if "image/svg+xml" in one["data"]
    ]
    assert len(drawn) == 1
    assert "Tevreden met het leven" in drawn[0]


def test_the_effect_in_the_notebook_holds_the_truth_that_it_names(
    cells: list[tuple[list, list]],
):
    path = NOTEBOOK.parent / "data" / "fictitious_control_group_truth.json"
    true = json.loads(path.read_text())["effect"]["satisfied"]["everybody"]
    assert f"effect was {true:.2f}" in NOTEBOOK.read_text(encoding="utf-8")
