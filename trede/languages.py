"""The languages in which people are spoken to, each in its own script.

The direction of writing and the language of the buttons stand with the language, never
with the page. Dutch in simple words is a language of its own here: it has its own
texts, and the buttons of Dutch. Questionnaires, consent texts and letters use these.
"""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Language:
    # As in the attribute `lang` (BCP 47), in a sitting and in the dataset.
    code: str
    # As its speakers write it.
    own_name: str
    english_name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    # The catalogue of the buttons and messages, where it is another than `code`.
    interface: str = ""
    # The voice of the speech program; none where it cannot speak the language.
    voice: str = ""

    @property
    def buttons(self) -> str:
        return self.interface or self.code


LANGUAGES: Final = (
    Language("nl", "Nederlands", "Dutch", voice="nl"),
    Language(
        "nl-x-a2",
        "Makkelijk Nederlands",
        "Dutch in simple words",
        interface="nl",
        voice="nl",
    ),
    Language("en", "English", "English", voice="en-gb"),
    Language("tr", "Türkçe", "Turkish", voice="tr"),
    Language("ar", "العربية", "Arabic", direction="rtl", voice="ar"),
    Language("fa", "فارسی / دری", "Farsi or Dari", direction="rtl", voice="fa"),
    Language("ti", "ትግርኛ", "Tigrinya"),
    Language("so", "Soomaali", "Somali"),
    Language("uk", "Українська", "Ukrainian", voice="uk"),
    Language("pl", "Polski", "Polish", voice="pl"),
)
_BY_CODE: Final = {language.code: language for language in LANGUAGES}
# What a target list calls a language that is written as one of ours.
_WRITTEN_AS: Final = {"prs": "fa"}


def language_of(code: str) -> Language:
    """A language of ours, or one that only an imported questionnaire knows."""
    return _BY_CODE.get(code) or Language(code, code, code, interface="nl")


def is_known(code: str) -> bool:
    return code in _BY_CODE


def in_order(codes: frozenset[str]) -> tuple[str, ...]:
    """Ours first, in one order on every page; then what only an import knows."""
    ours = [language.code for language in LANGUAGES if language.code in codes]
    return (*ours, *sorted(codes - set(ours)))


def written_as(spoken: str) -> str:
    """The code of ours in which a spoken language is written, else its own."""
    return _WRITTEN_AS.get(spoken, spoken)


def proposed(spoken: str, offered: tuple[str, ...]) -> str:
    """The language to begin in: what stands in the person's record, if it is there."""
    wanted = written_as(spoken)
    return wanted if wanted in offered else offered[0]
