"""What every picture of ours is drawn from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A rectangle, or a line of text when there is text. `look` names its colour."""

    look: str
    x: float
    y: float
    width: float = 0
    height: float = 0
    text: str = ""
