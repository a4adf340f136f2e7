"""What R found (`reference/instrument.R`)."""

import json
from pathlib import Path
from typing import Any

from tests.evaluation.change.figures import values
from trede.evaluation.estimate import Values

_PATH = Path(__file__).parents[1] / "reference" / "instrument.json"
R: dict[str, Any] = json.loads(_PATH.read_text())


def items(answers: Any) -> dict[str, Values]:
    """Items by letter, out of rows of people."""
    columns = zip(*answers, strict=True)
    return {chr(97 + k): values(column) for k, column in enumerate(columns)}
