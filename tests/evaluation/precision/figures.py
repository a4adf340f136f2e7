"""What R found (`reference/precision.R`)."""

import json
from pathlib import Path
from typing import Any

_PATH = Path(__file__).parents[1] / "reference" / "precision.json"
R: dict[str, Any] = json.loads(_PATH.read_text())
