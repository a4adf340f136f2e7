"""The list of what stays behind while a questionnaire is carried over."""

from dataclasses import dataclass, field

from trede.questionnaires.exchange.carried import NotCarried

_LONGEST = 300


@dataclass
class Losses:
    """Gathers while reading goes on; each loss is told once, in the order found."""

    found: dict[NotCarried, None] = field(default_factory=dict)

    def add(self, question: str, what: str, why: str) -> None:
        # An expression can be pages long: its beginning tells which one it is.
        if len(what) > _LONGEST:
            what = what[: _LONGEST - 1] + "…"
        self.found[NotCarried(question, what, why)] = None

    @property
    def listed(self) -> tuple[NotCarried, ...]:
        return tuple(self.found)
