"""What the people of the demo say in their own words, or leave open."""

import tomllib
from collections.abc import Iterable

import numpy as np

from trede.demo.margins import FOLDER, SKIPPED, Answer

AT_INTAKE = ("hopes", "wish_next")
AT_EVALUATION = ("what_changed", "what_helped", "drawbacks", "suggestions", "wish_next")

_WORDS = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


def draw_words(
    codes: Iterable[str], people: int, rng: np.random.Generator
) -> dict[str, list[Answer]]:
    """For each open question what each person wrote, if anything."""
    return {
        code: [
            Answer(str(rng.choice(_WORDS[code]["texts"])))
            if rng.random() < _WORDS[code]["share"]
            else SKIPPED
            for _ in range(people)
        ]
        for code in codes
    }
