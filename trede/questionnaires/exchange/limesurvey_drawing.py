"""How a question of ours is drawn from a question of LimeSurvey: codes, words, answers.

Each question remembers by which names the file speaks of its answer, so that the
conditions of later questions can be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from trede.questionnaires.definition import (
    Condition,
    Kind,
    Option,
    Question,
    Test,
    Text,
    Value,
)
from trede.questionnaires.exchange.limesurvey_answers import Variable, in_words
from trede.questionnaires.exchange.limesurvey_codes import our_code, our_value
from trede.questionnaires.exchange.limesurvey_losses import alone_in
from trede.questionnaires.exchange.limesurvey_marks import Marks, read_marks
from trede.questionnaires.exchange.limesurvey_numbers import bounds_of, longest_of
from trede.questionnaires.exchange.limesurvey_survey import (
    Item,
    SubQuestion,
    Words,
)
from trede.questionnaires.exchange.limesurvey_wording import Wording, joined
from trede.questionnaires.exchange.losses import Losses

OTHER = "-oth-"
# A row of such a table may have an opposite at either end: left|right.
_BETWEEN_OPPOSITES = frozenset("ABCEF1")
# The answers by the codes of the file.
Options = Mapping[str, Option]


class NotAsked(Exception):
    """The question has no counterpart; the message says why."""


@dataclass(frozen=True)
class Names:
    """A new code of ours, and what the file calls the same answer."""

    ours: str
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    question: Question
    variables: Mapping[str, Variable]
    # Which value of ours each code of the file became.
    values: Mapping[str, Value] = field(default_factory=dict)
    # The condition of the row that it came from.
    relevance: str = ""


@dataclass
class Drawing:
    sid: str
    wording: Wording
    losses: Losses
    taken: set[str] = field(default_factory=set)

    def names(
        self, item: Item, ours: str = "", by_code: str = "", by_number: str = ""
    ) -> Names:
        marks = self.marks_of(item)
        code = marks.code if marks and marks.code else item.code
        code = our_code(f"{code}_{ours}" if ours else code, self.taken)
        self.taken.add(code)
        return Names(code, self.names_there(item, by_code, by_number))

    def names_there(self, item: Item, by_code: str, by_number: str) -> tuple[str, ...]:
        """By the code of the question, and by the numbers that older files use."""
        number = f"{self.sid}X{item.gid}X{item.qid}"
        return f"{item.code}{by_code}", f"{number}{by_number}"

    def row_names(self, item: Item, code: str) -> Names:
        return self.names(item, code, f"_{code}", code)

    def marks_of(self, item: Item) -> Marks | None:
        return read_marks(item.attribute("cssclass"))

    # Words -------------------------------------------------------------------------

    def words(self, item: Item, row: SubQuestion | None = None) -> Text:
        text = self.wording.text(item.words, of=item.code)
        if row is not None:
            text = joined(text, self.row_words(item, row))
        if text is None:
            self.losses.add(
                item.code,
                _("the text of the question"),
                _("The file has none; the code stands there instead. Write one."),
            )
        return text or self.wording.same(item.code)

    def row_words(self, item: Item, row: SubQuestion) -> Text | None:
        words = row.words
        if item.type in _BETWEEN_OPPOSITES:
            words = {lang: said.replace("|", " – ") for lang, said in words.items()}
        return self.wording.text(words, of=item.code)

    def setting(self, item: Item, name: str) -> Words:
        """A setting in words; old files have it once, for every language."""
        values = item.attributes.get(name, {})
        return {
            language: values.get(language) or values.get("", "")
            for language in self.wording.languages
        }

    def rows(self, item: Item) -> tuple[SubQuestion, ...]:
        rows = item.on_scale("0")
        if not rows:
            raise NotAsked(_("It has no sub-questions."))
        return rows

    def list_conditions(self, item: Item, rows: Iterable[SubQuestion]) -> None:
        """A box to tick is there for everybody, and so is a column."""
        for row in rows:
            if row.relevance.strip() not in ("", "1"):
                self.losses.add(
                    item.code,
                    f"{row.code}: {row.relevance.strip()}",
                    _("It cannot be a condition here: everybody is asked."),
                )

    def asking(self, item: Item, kind: Kind, code: str, text: Text) -> Question:
        before, after = self.setting(item, "prefix"), self.setting(item, "suffix")
        unit = {
            language: f"{before[language]} … {after[language]}".strip()
            for language in self.wording.languages
            if before[language] or after[language]
        }
        hint = self.wording.text(item.help, of=item.code)
        return Question(
            code=code,
            kind=kind,
            text=text,
            hint=joined(hint, self.wording.text(unit, of=item.code)),
            # S asks once more and then lets go.
            optional=item.mandatory != "Y",
            may_refuse=True,
        )

    # Answers to choose from --------------------------------------------------------

    def options(self, item: Item, scale: str) -> Options:
        found: dict[str, Option] = {}
        for answer in item.answers_on(scale):
            if answer.code in found:
                self.losses.add(
                    item.code,
                    answer.code,
                    _("Two answers have this code: only the first is carried over."),
                )
                continue
            text = self.wording.text(answer.words, of=item.code)
            text = text or self.wording.same(answer.code or "–")
            found[answer.code] = self._option(found, answer.code, text)
        return found

    def row_options(self, item: Item, rows: Iterable[SubQuestion]) -> Options:
        found: dict[str, Option] = {}
        for row in rows:
            text = self.row_words(item, row) or self.wording.same(row.code or "–")
            if row.code not in found:
                found[row.code] = self._option(found, row.code, text)
        return found

    def fixed_options(self, codes: Mapping[str, str]) -> Options:
        return {
            code: Option(code, self.wording.fixed(name)) for code, name in codes.items()
        }

    def with_other(self, item: Item, options: Options) -> Options:
        said = self.wording.text(self.setting(item, "other_replace_text"), of=item.code)
        text = said or self.wording.fixed("other")
        taken = {option.value for option in options.values()}
        return {**options, OTHER: Option(our_value("other", taken), text)}

    def _option(self, found: Options, code: str, text: Text) -> Option:
        taken = {option.value for option in found.values()}
        return Option(our_value(code, taken), text)

    # Questions ---------------------------------------------------------------------

    def single(self, item: Item, names: Names, text: Text, options: Options) -> Asked:
        if not options:
            raise NotAsked(_("It has no answers to choose from."))
        if len(options) == 1:
            return self._one_box(item, names, text, options)
        values = {code: option.value for code, option in options.items()}
        question = replace(
            self.asking(item, Kind.SINGLE, names.ours, text),
            options=tuple(options.values()),
        )
        return Asked(question, _under(names, Variable(names.ours, values)), values)

    def scale(self, item: Item, names: Names, text: Text, points: range) -> Asked:
        values: dict[str, Value] = {str(point): point for point in points}
        question = replace(
            self.asking(item, Kind.LABELLED_SCALE, names.ours, text),
            options=tuple(
                Option(point, self.wording.same(str(point))) for point in points
            ),
        )
        return Asked(question, _under(names, Variable(names.ours, values)), values)

    def yes_no(
        self, item: Item, names: Names, text: Text, codes: Mapping[str, Value]
    ) -> Asked:
        question = replace(
            self.asking(item, Kind.YES_NO, names.ours, text),
            options=tuple(
                Option(value, self.wording.fixed(value)) for value in ("yes", "no")
            ),
        )
        return Asked(question, _under(names, Variable(names.ours, codes)), codes)

    def multiple(
        self, item: Item, names: Names, text: Text, ticks: Mapping[str, tuple[str, ...]]
    ) -> Asked:
        """Boxes to tick; `ticks` says what the file calls the tick of each."""
        rows = [row for row in item.subquestions if row.code in ticks]
        options = self.row_options(item, rows)
        if item.other:
            options = self.with_other(item, options)
        if len(options) == 1:
            return self._one_box(item, names, text, options)
        alone = alone_in(item)
        options = {
            code: replace(option, exclusive=code in alone)
            for code, option in options.items()
        }
        question = replace(
            self.asking(item, Kind.MULTIPLE, names.ours, text),
            options=tuple(options.values()),
        )
        variables = {
            # A cell to tick holds a number, a box of its own a letter.
            name: Variable(
                names.ours, {"1" if item.type == ":" else "Y": option.value}, tick=True
            )
            for code, option in options.items()
            if code in ticks
            for name in ticks[code]
        }
        values = {code: option.value for code, option in options.items()}
        return Asked(question, variables, values)

    def _one_box(self, item: Item, names: Names, text: Text, options: Options) -> Asked:
        ((code, option),) = options.items()
        self.losses.add(
            item.code,
            _("only one answer to choose: %(code)s") % {"code": code},
            _("It is asked as a question of yes or no."),
        )
        # What is not ticked there is empty, and "no" here.
        codes: dict[str, Value] = {code: "yes", "Y": "yes", "": "no"}
        return self.yes_no(item, names, joined(text, option.text) or text, codes)

    def other(self, item: Item, asked: Asked, text: Text) -> Asked:
        """What is meant by "other", from who chose it."""
        names = self.names(item, "other", "_other", "other")
        chosen = asked.values[OTHER]
        question = replace(
            self.asking(item, Kind.TEXT, names.ours, text),
            text=joined(text, self.wording.fixed("which_other")) or text,
            hint=None,
            longest=longest_of(item, Kind.TEXT),
            optional=True,
            asked_when=(Condition(asked.question.code, Test.IS, (chosen,)),),
        )
        whether = Variable(
            asked.question.code,
            {"Y": chosen},
            tick=asked.question.kind is Kind.MULTIPLE,
            only_whether=True,
        )
        return Asked(question, _under(names, whether))

    def comment(
        self, item: Item, names: Names, text: Text, asked_when: tuple[Condition, ...]
    ) -> Asked:
        question = replace(
            self.asking(item, Kind.LONG_TEXT, names.ours, text),
            text=joined(text, self.wording.fixed("comment")) or text,
            hint=None,
            longest=longest_of(item, Kind.LONG_TEXT),
            optional=True,
            asked_when=asked_when,
        )
        return Asked(question, _under(names, in_words(names.ours)))

    def written(self, item: Item, names: Names, text: Text, kind: Kind) -> Asked:
        question = replace(
            self.asking(item, kind, names.ours, text), longest=longest_of(item, kind)
        )
        return Asked(question, _under(names, in_words(names.ours)))

    def date(self, item: Item, names: Names, text: Text) -> Asked:
        question = self.asking(item, Kind.DATE, names.ours, text)
        return Asked(question, _under(names, in_words(names.ours)))

    def number(self, item: Item, names: Names, text: Text) -> Asked:
        bounds = bounds_of(item)
        if bounds.narrower:
            self.losses.add(
                item.code,
                _("numbers: decimals, or outside the bounds"),
                _("Whole numbers from %(least)d to %(most)d can be answered here.")
                % {"least": bounds.least, "most": bounds.most},
            )
        question = replace(
            self.asking(item, Kind.NUMBER, names.ours, text),
            at_least=bounds.least,
            at_most=bounds.most,
        )
        numbers = range(bounds.least, bounds.most + 1)
        return Asked(question, _under(names, Variable(names.ours, numbers=numbers)))


def _under(names: Names, variable: Variable) -> Mapping[str, Variable]:
    return dict.fromkeys(names.theirs, variable)
