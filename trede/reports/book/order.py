"""The chapters of a report in their order, and what belongs in each.

Some are counted: the system knows the design, the people, the contacts. Others only
somebody who was there can write, and those wait for a researcher. A researcher may put
words of their own in any of them.
"""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# Where in the report a chapter stands: before the figures of the people who take part,
# at their head, after all figures, or among what is added at the end.
Place = Literal["before", "figures", "after", "annex"]


@dataclass(frozen=True)
class Kind:
    """`counted`: there is something to read before anybody has written."""

    code: str
    label: Promise
    asks: Promise
    place: Place
    counted: bool = False


KINDS: Final = (
    Kind(
        "policy_theory",
        pgettext_lazy("chapter", "Policy theory"),
        pgettext_lazy(
            "chapter",
            "Why should this approach work? What is done, what should change because of"
            " it, and through which steps.",
        ),
        "before",
    ),
    Kind(
        "set_up",
        pgettext_lazy("chapter", "Set-up of the study"),
        pgettext_lazy(
            "chapter",
            "What was asked, of whom and when; who was interviewed and how they were"
            " chosen.",
        ),
        "before",
        counted=True,
    ),
    Kind(
        "participants",
        pgettext_lazy("chapter", "The participants"),
        pgettext_lazy("chapter", "Who they are and how they began."),
        "figures",
        counted=True,
    ),
    Kind(
        "swot",
        pgettext_lazy("chapter", "Strengths, weaknesses, chances and threats"),
        pgettext_lazy(
            "chapter",
            "What helps these people forward and what holds them back; what that asks"
            " of the approach.",
        ),
        "after",
    ),
    Kind(
        "execution",
        pgettext_lazy("chapter", "How it was carried out"),
        pgettext_lazy(
            "chapter",
            "How the guidance went in practice, as coaches and participants tell it.",
        ),
        "after",
        counted=True,
    ),
    Kind(
        "experiences",
        pgettext_lazy("chapter", "Experiences"),
        pgettext_lazy(
            "chapter",
            "What coaches and participants noticed, what worked for them and what did"
            " not.",
        ),
        "after",
    ),
    Kind(
        "lessons",
        pgettext_lazy("chapter", "Lessons"),
        pgettext_lazy(
            "chapter", "What another municipality, coach or participant can learn."
        ),
        "after",
    ),
    Kind(
        "reflection",
        pgettext_lazy("chapter", "Reflection"),
        pgettext_lazy(
            "chapter",
            "What the answers to the research questions are, and how sure one can be.",
        ),
        "after",
    ),
    Kind(
        "interview_guides",
        pgettext_lazy("chapter", "Interview guides"),
        pgettext_lazy(
            "chapter",
            "The questions of the talks with coaches, officials and participants.",
        ),
        "annex",
    ),
)
_BY_CODE: Final = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> Kind | None:
    return _BY_CODE.get(code)
