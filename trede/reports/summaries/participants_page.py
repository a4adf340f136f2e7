"""One page for the people who took part: what we asked, what they answered together.

Made of the public edition only, in simple words, in the language that somebody reads.
Numbers are people out of ten, with a picture. It says what happens with the answers and
gives the telephone number of a human.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from trede.accounts.refusing import Refused
from trede.documents.translated import Said
from trede.languages import language_of
from trede.pilots.rules import Rules
from trede.questionnaires.publishing import definition_of, newest
from trede.reports.analysed import TREADS
from trede.reports.book.headlines import Headline, headlines_in
from trede.reports.drawing import Picture
from trede.reports.figures_json import Json, claims_in
from trede.reports.models import Edition
from trede.reports.page import flow_in
from trede.reports.summaries.participants_words import Texts, texts_in
from trede.reports.summaries.ten_people import in_tenths, shared_out, ten_people
from trede.reports.wording import Wording

SAID = (
    "unpaid_in_return_not_opposed",
    "finds_volunteering",
    "self_reliance_problem",
    "discriminated_any",
)
MOST = 2  # changes that fit on the page
TOLD = ("score", "ladder")  # kinds of which up and down mean something to everybody


@dataclass(frozen=True)
class Share:
    """What some said or what became of them, and how many out of ten."""

    words: str
    told: str
    picture: Picture


@dataclass(frozen=True)
class Change:
    about: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class ParticipantsPage:
    said: Said[Texts]
    words: Texts
    direction: str
    who: str
    shares: tuple[Share, ...]
    changes: tuple[Change, ...]
    state: str
    invented: bool


def participants_page(
    edition: Edition, wording: Wording, *, language: str, state: str
) -> ParticipantsPage:
    rules, results = wording.rules, edition.released
    said = texts_in(language, rules)
    about = rules.pilot
    words = said.filled(
        town=about.municipality,
        # A number that is broken over two lines is dialled wrong.
        telephone=about.help_telephone.replace(" ", "\N{NO-BREAK SPACE}"),
        pilot=about.name,
        municipality=about.municipality,
    )
    page = _Page(words, said.language)
    town = edition.study.pilot.municipality_id
    return ParticipantsPage(
        said=said,
        words=words,
        direction=language_of(said.language).direction,
        who=_who(words, results),
        shares=tuple(page.shares(results)),
        changes=tuple(page.changes(results, rules, town))[:MOST],
        state=state,
        invented=bool(results["invented"]),
    )


def _who(words: Texts, results: Json) -> str:
    steps = {step["code"]: step["n"] for step in flow_in(results)["steps"]}
    answered = steps.get("questionnaire")
    if not answered:
        return words.who_hidden
    return words.who.replace("{n}", str(answered))


@dataclass(frozen=True)
class _Page:
    words: Texts
    language: str

    def shares(self, results: Json) -> Iterator[Share]:
        percents = {str(c["code"]): c.get("percent") for c in claims_in(results)}
        for code in SAID:
            percent = percents.get(code)
            if not isinstance(percent, int | float):
                continue
            tenths = in_tenths(percent)
            told = self._of_ten(tenths.n)
            if tenths.nearly:
                told = str(getattr(self.words, f"nearly_{tenths.nearly}"))
            statement = str(getattr(self.words, code))
            yield Share(statement, told, self._picture(tenths.n))

    def changes(self, results: Json, rules: Rules, town: int) -> Iterator[Change]:
        for one in headlines_in(results):
            if not one.primary or one.type not in TOLD or _is_of_others(one):
                continue
            about = self._asked(one.outcome, rules, town)
            if about and one.up is not None and None not in (one.same, one.down):
                counts = (one.up, one.same or 0, one.down or 0)
                yield Change(about, tuple(self._directions(counts)))

    def _directions(self, counts: tuple[int, int, int]) -> Iterator[Share]:
        words = (self.words.went_up, self.words.stayed, self.words.went_down)
        for word, n in zip(words, shared_out(counts), strict=True):
            yield Share(word, self._of_ten(n), self._picture(n))

    def _of_ten(self, n: int) -> str:
        return self.words.of_ten.replace("{n}", str(n))

    def _picture(self, n: int) -> Picture:
        told = self.words.picture.replace("{n}", str(n))
        rtl = language_of(self.language).direction == "rtl"
        return ten_people(n, told=told, from_right=rtl)

    def _asked(self, code: str, rules: Rules, town: int) -> str:
        """The question as it was asked, empty where it is not there in the language."""
        if code in TREADS:
            return self.words.tread
        for wave in rules.waves:
            try:
                asked = definition_of(newest(wave.questionnaire, town=town), town=town)
            except Refused:
                continue
            for part in asked.parts:
                for section in part.sections:
                    for question in section.questions:
                        if question.code == code:
                            return dict(question.text.words).get(self.language, "")
        return ""


def _is_of_others(one: Headline) -> bool:
    """Of the comparison, or of people who did not have the guidance."""
    return one.compared or one.contrast.endswith("/comparison")
