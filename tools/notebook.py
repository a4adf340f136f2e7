"""Runs a notebook and keeps what comes out in it, without needing Jupyter.

`python tools/notebook.py docs/examples/evaluate_in_a_notebook.ipynb`

A cell shows what its last line is worth, as in Jupyter: a picture as a picture, all
else as text. A test runs the same and compares, so that what is printed in the
repository is what comes out.
"""

import ast
import json
import sys
from pathlib import Path


def run(path: Path) -> list[list[dict[str, object]]]:
    """What every cell of code shows; the notebook itself stays as it is."""
    names: dict[str, object] = {"__name__": "notebook"}
    shown = []
    for number, cell in enumerate(code_cells(json.loads(path.read_text())), 1):
        value = last_value("".join(cell["source"]), names, f"cell {number}")
        shown.append([] if value is None else [output(value, number)])
    return shown


def last_value(source: str, names: dict[str, object], where: str) -> object:
    """The value of the last line, when that is an expression."""
    *steps, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        steps, last = [*steps, last], None
    exec(compile(ast.Module(steps, []), where, "exec"), names)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), where, "eval"), names)


def output(value: object, number: int) -> dict[str, object]:
    drawing = getattr(value, "_repr_svg_", None)
    kind, text = ("image/svg+xml", drawing()) if drawing else ("text/plain", str(value))
    return {
        "output_type": "execute_result",
        "execution_count": number,
        "metadata": {},
        "data": {kind: text.splitlines(keepends=True)},
    }


def code_cells(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def main(path: Path) -> None:
    notebook = json.loads(path.read_text())
    for number, (cell, shown) in enumerate(
        zip(code_cells(notebook), run(path), strict=True), 1
    ):
        cell["outputs"], cell["execution_count"] = shown, number
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
