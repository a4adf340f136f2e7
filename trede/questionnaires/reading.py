"""From a questionnaire file to a questionnaire, or to the list of its mistakes.

A file names its parts, and takes sections, questions, answer scales and shared texts
from itself and from the files that it includes, so that the same item has the same
words in every wave. A questionnaire is refused as a whole when anything in it is
missing, unknown, contradictory or cannot be reached.
"""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from trede.questionnaires.bank import KINDS_OF_PIECES, Bank
from trede.questionnaires.composing import Composer
from trede.questionnaires.definition import (
    Part,
    PartKind,
    Question,
    Questionnaire,
    Section,
    conditions_in,
)
from trede.questionnaires.reach import unreachable
from trede.questionnaires.routing import allows
from trede.questionnaires.scores import check_scores, read_scores
from trede.questionnaires.tables import (
    Document,
    Mistake,
    QuestionnaireRefused,
    Table,
    nearest,
    parse,
)

_HEAD = ("code", "version", "languages", "source", "licence", "include", "title")
_KEYS_OF_PART = ("kind", "intro", "outro", "sections")


def read_file(path: Path) -> Questionnaire:
    """A questionnaire from a file, with what it includes from beside it."""
    main = parse(path.read_bytes(), path.name)
    included = [_included(main, path.parent, name) for name in _includes(main)]
    return _read(main, [document for document in included if document is not None])


def read_text(text: str, *, name: str) -> Questionnaire:
    """A questionnaire that holds everything itself, as a stored version does."""
    main = parse(text.encode(), name)
    if "include" in main.root:
        main.root.blame(
            "include",
            _("This text cannot include other files."),
            _("Copy the pieces into it."),
        )
    return _read(main, [])


def _includes(main: Document) -> tuple[str, ...]:
    return main.root.list_of_words("include") if "include" in main.root else ()


def _included(main: Document, folder: Path, name: str) -> Document | None:
    """A file beside or below the including one; never somewhere else on the disk."""
    path = (folder / name).resolve()
    if path.is_relative_to(folder.resolve()) and path.is_file():
        return parse(path.read_bytes(), name)
    main.root.blame(
        "include",
        _("“%(name)s” cannot be found.") % {"name": name},
        _("Name a file in the same folder or in a folder below it."),
    )
    return None


def _read(main: Document, included: list[Document]) -> Questionnaire:
    root = main.root
    root.only((*_HEAD, "part", "score", *KINDS_OF_PIECES))
    for document in included:
        document.root.only(KINDS_OF_PIECES)
    languages = root.list_of_words("languages")
    if not languages:
        # Without languages every text looks wrong: say only what is the matter.
        _refuse_mistakes([main])
    bank = Bank.of([main, *included])
    composer = Composer(bank, languages)
    parts = [(table, _read_part(table, composer)) for table in root.tables("part")]
    questionnaire = Questionnaire(
        code=root.code("code"),
        version=root.words("version"),
        title=composer.text(root, "title"),
        languages=composer.languages,
        source=root.words("source"),
        licence=root.words("licence"),
        parts=tuple(part for _table, part in parts),
        scores=tuple(read_scores(root, composer)),
    )
    _check_parts(root, questionnaire)
    _check_codes(composer, questionnaire)
    for table, part in parts:
        _check_routes(table, composer, part)
    check_scores(root, questionnaire)
    bank.blame_unused(main)
    _refuse_mistakes([main, *included])
    return questionnaire


def _read_part(table: Table, composer: Composer) -> Part:
    table.only(_KEYS_OF_PART)
    kind = table.words("kind")
    if kind not in set(PartKind):
        table.blame(
            "kind",
            _("“%(kind)s” is not a part.") % {"kind": kind},
            nearest(kind, list(PartKind)),
        )
        # The strictest part: no second round of mistakes follows from the first.
        kind = PartKind.CORE
    by_person = kind == PartKind.CORE
    sections: list[Section] = []
    for code in table.list_of_words("sections"):
        section = composer.bank.find("section", code, asker=table, key="sections")
        if section is not None:
            sections += composer.sections(code, section, by_person=by_person)
    return Part(
        kind=PartKind(kind),
        sections=tuple(sections),
        intro=composer.optional_text(table, "intro"),
        outro=composer.optional_text(table, "outro"),
    )


def _check_parts(root: Table, questionnaire: Questionnaire) -> None:
    kinds = [part.kind for part in questionnaire.parts]
    if PartKind.CORE not in kinds or kinds != [k for k in PartKind if k in kinds]:
        root.blame(
            "part",
            _("The parts are not complete or not in order."),
            _("Write at most one opening, then one core, then at most one closing."),
        )


def _check_codes(composer: Composer, questionnaire: Questionnaire) -> None:
    seen: set[str] = set()
    for question in questionnaire.questions:
        if question.code in seen:
            composer.tables[question.code].blame(
                None,
                _("“%(code)s” is asked twice.") % {"code": question.code},
                _("Take it out of one of the sections."),
            )
        seen.add(question.code)


def _check_routes(table: Table, composer: Composer, part: Part) -> None:
    earlier: dict[str, Question] = {}
    sound = True
    for question in part.questions:
        for condition in conditions_in(question.asked_when):
            asker = composer.tables[question.code]
            before = earlier.get(condition.question)
            if before is None:
                sound = False
                asker.blame(
                    "asked_when",
                    _("“%(code)s” is not asked earlier in this part.")
                    % {"code": condition.question},
                    nearest(condition.question, earlier),
                )
            elif not allows(before, condition):
                sound = False
                asker.blame(
                    "asked_when",
                    _("“%(code)s” has no such answer.") % {"code": before.code},
                    _possible_answers(before),
                )
        earlier[question.code] = question
    # Whether a question can be reached can only be told from sound conditions.
    if sound:
        _check_reach(composer, part)


def _check_reach(composer: Composer, part: Part) -> None:
    for code in unreachable(part):
        composer.tables[code].blame(
            "asked_when",
            _("No answers ever lead to “%(code)s”.") % {"code": code},
            _("Change its conditions, or those of the questions they look at."),
        )


def _possible_answers(question: Question) -> str:
    if question.options:
        values = ", ".join(str(option.value) for option in question.options[:12])
        return _("Choose from: %(names)s.") % {"names": values}
    if question.at_most is None:
        return _("Look at a question with fixed answers instead.")
    return _("Write a number from %(least)d to %(most)d.") % {
        "least": question.at_least or 0,
        "most": question.at_most,
    }


def _refuse_mistakes(documents: Iterable[Document]) -> None:
    mistakes: list[Mistake] = []
    for document in documents:
        # The same text may be asked for by several questions: say it once.
        unique = dict.fromkeys(document.mistakes)
        mistakes += sorted(unique, key=lambda mistake: mistake.line)
    if mistakes:
        raise QuestionnaireRefused(mistakes)
