"""From tables to sections and questions, with their words and answers filled in.

A section that says `for_each` is written once and asked for every thing on a list
(each municipal scheme): `{scheme}` becomes its code, `{scheme.name}` its name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trede.questionnaires.bank import Bank
from trede.questionnaires.definition import (
    WITH_OPTIONS,
    Condition,
    Demand,
    Joint,
    Kind,
    Option,
    Question,
    Section,
    Test,
    Text,
    Together,
    Value,
)
from trede.questionnaires.tables import Table, nearest

_ALWAYS = ("kind", "text", "hint", "explain", "asked_when", "optional", "may_not_know")
_BY_KIND = {
    **{kind: ("scale", "option") for kind in WITH_OPTIONS},
    Kind.TEXT: ("longest",),
    Kind.LONG_TEXT: ("longest", "may_speak"),
    Kind.SCALE_0_10: ("low", "high"),
    Kind.NUMBER: ("at_least", "at_most"),
    Kind.YEAR: ("at_least", "at_most"),
    Kind.HOURS: (),
}
# A week has 168 hours; parents of young children do fill in all of them.
_BOUNDS = {
    Kind.SCALE_0_10: (0, 10),
    Kind.HOURS: (0, 7 * 24),
    Kind.NUMBER: (0, 999),
    Kind.YEAR: (1900, 2100),
}
LARGEST = 999_999_999  # that can be answered
_LONGEST = {Kind.TEXT: 200, Kind.LONG_TEXT: 2000}
# Whether something was answered at all is asked with true or false.
_TESTS = tuple(test for test in Test if test is not Test.NOT_ANSWERED)
# More layers of "any" and "all" nobody can follow.
DEEPEST = 4
_PLACEHOLDER = re.compile(r"\{(\w+)(?:\.(\w+))?\}")


@dataclass(frozen=True)
class Entry:
    """The thing on a list that a section is being asked about."""

    listed: str
    code: str
    texts: dict[str, Text]

    def fill(self, words: str, language: str) -> str:
        return _PLACEHOLDER.sub(lambda found: self._put(found, language), words)

    def _put(self, found: re.Match[str], language: str) -> str:
        name, attribute = found.groups()
        if name != self.listed:
            return found.group()
        if attribute is None:
            return self.code
        text = self.texts.get(attribute)
        return found.group() if text is None else text.read_in(language)


@dataclass
class Composer:
    bank: Bank
    languages: tuple[str, ...]
    # Where each question asked was written: for mistakes found later.
    tables: dict[str, Table] = field(default_factory=dict)

    def sections(
        self, code: str, table: Table, *, by_person: bool
    ) -> Iterator[Section]:
        table.only(("title", "intro", "ask", "for_each"))
        table.check_code(None, code)
        entries: list[Entry | None] = [None]
        if "for_each" in table:
            entries = list(self._entries(table))
        questions = [
            question
            for entry in entries
            for name in table.list_of_words("ask")
            if (question := self._ask(table, name, entry, by_person=by_person))
        ]
        yield Section(
            code=code,
            title=self.text(table, "title"),
            questions=tuple(questions),
            intro=self.optional_text(table, "intro"),
        )

    def text(self, table: Table, key: str, entry: Entry | None = None) -> Text:
        """Words in every language, written here or shared under a name."""
        where = self._where(table, key)
        if where is None:
            return Text(((self.languages[0], ""),))
        text = where.text(self.languages)
        if entry is not None:
            text = Text(tuple((lang, entry.fill(w, lang)) for lang, w in text.words))
        self._check_filled(where, text)
        return text

    def optional_text(
        self, table: Table, key: str, entry: Entry | None = None
    ) -> Text | None:
        return self.text(table, key, entry) if key in table else None

    def _where(self, table: Table, key: str) -> Table | None:
        if isinstance(table.data.get(key, ""), str):
            name = table.words(key)
            return self.bank.find("text", name, asker=table, key=key) if name else None
        return table.table(key)

    def _entries(self, table: Table) -> Iterator[Entry]:
        listed = table.words("for_each")
        found = self.bank.find("list", listed, asker=table, key="for_each")
        if found is None:
            return
        for code in found.data:
            one = found.table(code)
            one.check_code(None, code)
            texts = {name: self.text(one, name) for name in one.data}
            yield Entry(listed, code, texts)

    def _check_filled(self, table: Table, text: Text) -> None:
        for _language, words in text.words:
            if left := _PLACEHOLDER.search(words):
                table.blame(
                    None,
                    _("Nothing can be put in place of “%(name)s”.")
                    % {"name": left.group()},
                    _("Use it in a section with for_each, with a name from its list."),
                )

    def _ask(
        self, section: Table, name: str, entry: Entry | None, *, by_person: bool
    ) -> Question | None:
        table = self.bank.find("question", name, asker=section, key="ask")
        if table is None:
            return None
        code = entry.fill(name, "") if entry else name
        table.check_code(None, code)
        self.tables.setdefault(code, table)
        return self._question(table, code, entry, by_person=by_person)

    def _question(
        self, table: Table, code: str, entry: Entry | None, *, by_person: bool
    ) -> Question:
        kind = self._kind(table)
        table.only((*_ALWAYS, *_BY_KIND.get(kind, ())))
        is_scale = kind is Kind.SCALE_0_10
        least, most = self._bounds(table, kind)
        return Question(
            code=code,
            kind=kind,
            text=self.text(table, "text", entry),
            hint=self.optional_text(table, "hint", entry),
            explanation=self.optional_text(table, "explain", entry),
            options=self._options(table, kind),
            low=self.text(table, "low", entry) if is_scale else None,
            high=self.text(table, "high", entry) if is_scale else None,
            at_least=least,
            at_most=most,
            longest=self._longest(table, kind),
            asked_when=tuple(self._demands(table, "asked_when", entry)),
            optional=table.flag("optional"),
            may_not_know=table.flag("may_not_know"),
            may_speak=table.flag("may_speak"),
            may_refuse=by_person,
        )

    def _kind(self, table: Table) -> Kind:
        kind = table.words("kind")
        if kind in set(Kind):
            return Kind(kind)
        if kind:
            table.blame(
                "kind",
                _("“%(kind)s” is not a kind of question.") % {"kind": kind},
                nearest(kind, list(Kind)),
            )
        # Any kind will do: the mistake has been noted and the reading goes on.
        return Kind.TEXT

    def _bounds(self, table: Table, kind: Kind) -> tuple[int | None, int | None]:
        if kind not in _BOUNDS:
            return None, None
        least = table.number("at_least", _BOUNDS[kind][0])
        most = table.number("at_most", _BOUNDS[kind][1])
        if not 0 <= least <= most <= LARGEST:
            table.blame(
                "at_most",
                _("No number lies between these bounds."),
                _("Write bounds from 0 to %(most)d, the smaller one as at_least.")
                % {"most": LARGEST},
            )
        return least, most

    def _longest(self, table: Table, kind: Kind) -> int | None:
        return table.number("longest", _LONGEST[kind]) if kind in _LONGEST else None

    def _options(self, table: Table, kind: Kind) -> tuple[Option, ...]:
        if kind not in WITH_OPTIONS:
            return ()
        if "scale" in table:
            rows = self.bank.scale(table.words("scale"), asker=table)
        else:
            rows = table.tables("option")
        options = tuple(self._option(row) for row in rows)
        if kind is not Kind.MULTIPLE and any(one.exclusive for one in options):
            table.blame(
                "scale" if "scale" in table else "option",
                _("Of these answers one is chosen anyway."),
                _("Take exclusive out, or use the kind multiple."),
            )
        self._check_options(table, kind, [option.value for option in options])
        return options

    def _option(self, row: Table) -> Option:
        row.only(("value", "text", "picture", "exclusive"))
        value = row.data.get("value")
        if isinstance(value, bool) or not isinstance(value, str | int):
            value = row.words("value")
        if isinstance(value, str) and not re.fullmatch(r"\w{1,60}", value):
            row.blame(
                "value",
                _("“%(code)s” cannot be a code.") % {"code": value},
                _("Use letters, digits and _, without spaces."),
            )
        picture = row.code("picture") if "picture" in row else ""
        text, exclusive = self.text(row, "text"), row.flag("exclusive")
        return Option(value=value, text=text, picture=picture, exclusive=exclusive)

    def _check_options(self, table: Table, kind: Kind, values: list[Value]) -> None:
        key = "scale" if "scale" in table else "option"
        wants_numbers = kind is Kind.LABELLED_SCALE
        if len(set(values)) < max(2, len(values)):
            table.blame(
                key,
                _("There are too few answers, or two have the same value."),
                _("Write two answers or more, each with a value of its own."),
            )
        elif any(isinstance(value, int) is not wants_numbers for value in values):
            table.blame(
                key,
                _("These values do not fit the kind of question."),
                _("Use whole numbers for a labelled_scale and codes for the others."),
            )
        elif kind is Kind.YES_NO and set(values) != {"yes", "no"}:
            table.blame(
                key,
                _("A question of yes or no has other answers than those."),
                _("Use the values yes and no, or the kind single."),
            )

    # When it is asked -----------------------------------------------------------------

    def _demands(
        self, table: Table, key: str, entry: Entry | None, depth: int = 0
    ) -> Iterator[Demand]:
        for row in table.tables(key):
            joints = [joint for joint in Joint if joint in row]
            if not joints:
                yield from self._condition(row, entry)
            elif depth == DEEPEST:
                row.blame(
                    None,
                    _("Conditions stand too deep inside each other."),
                    _("Write them in at most %(n)d layers.") % {"n": DEEPEST},
                )
            else:
                yield self._together(row, joints[0], entry, depth + 1)

    def _together(
        self, row: Table, joint: Joint, entry: Entry | None, depth: int
    ) -> Together:
        row.only((joint,))
        inside = tuple(self._demands(row, joint, entry, depth))
        if not row.data[joint]:
            row.blame(
                joint,
                _("There are no conditions in “%(name)s”.") % {"name": joint},
                _("Write two conditions or more, or leave it out."),
            )
        return Together(joint, inside)

    def _condition(self, row: Table, entry: Entry | None) -> Iterator[Condition]:
        row.only(("question", *_TESTS, *Joint))
        question = row.words("question")
        tests = [test for test in _TESTS if test in row]
        if len(tests) != 1:
            row.blame(
                None,
                _("A condition needs exactly one test."),
                _("Use one of: %(names)s.") % {"names": ", ".join(_TESTS)},
            )
            return
        test: Test = tests[0]
        values: tuple[Value, ...] = ()
        if test is Test.ANSWERED:
            test = test if row.flag(test) else Test.NOT_ANSWERED
        elif test in (Test.AT_LEAST, Test.AT_MOST):
            values = (row.number(test, 0),)
        else:
            values = row.values(test)
        question = entry.fill(question, "") if entry else question
        yield Condition(question, test, values)
