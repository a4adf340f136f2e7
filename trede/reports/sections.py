"""The pieces of a report: chapters, and in them one question at a time.

A section asks a question, answers it in a sentence, shows a picture and a table, and
says how it was made. Screen, paper and files are laid out from these same pieces.
"""

from dataclasses import dataclass, field

from trede.reports.drawing import Picture, as_svg
from trede.reports.laying_out import Grid


@dataclass(frozen=True)
class Section:
    """`points` are sentences of equal weight, told one under the other."""

    id: str
    question: str
    lead: str
    picture: Picture | None = None
    grid: Grid | None = None
    method: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)

    @property
    def svg(self) -> str:
        """The picture by itself, for paper and for a file that stands alone."""
        return as_svg(self.picture) if self.picture else ""

    @property
    def narrow_svg(self) -> str:
        """The same for a telephone, when it was drawn for one."""
        narrow = self.picture.narrow if self.picture else None
        return as_svg(narrow) if narrow else ""

    @property
    def hides(self) -> bool:
        return self.grid is not None and self.grid.hides


@dataclass(frozen=True)
class Chapter:
    code: str
    label: str
    sections: list[Section]
