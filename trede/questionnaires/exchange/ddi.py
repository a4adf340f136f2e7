"""A codebook in the words of the DDI Alliance (DDI Codebook 2.5), which archives read.

Describes variables, whoever has them: an instrument before anybody answered it, or the
dataset of a study. The four reasons why an answer is missing are values of their own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape

from trede.questionnaires.definition import Text

NAMESPACE = "ddi:codebook:2_5"
# What XML cannot hold at all.
_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Category:
    code: str
    label: Text
    missing: bool = False


@dataclass(frozen=True)
class Variable:
    """One column. `asked_if` says in words who was asked."""

    name: str
    label: Text
    categories: tuple[Category, ...] = ()
    numeric: bool = False
    continuous: bool = False
    dated: bool = False
    least: int | None = None
    most: int | None = None
    question: Text | None = None
    instructions: tuple[Text, ...] = ()
    asked_if: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Variables that belong together: a section, or the ticks of one question."""

    name: str
    label: Text
    variables: tuple[str, ...]
    several_answers: bool = False


@dataclass(frozen=True)
class Study:
    code: str
    title: Text
    version: str
    source: str = ""
    licence: str = ""
    cases: int | None = None


@dataclass
class Element:
    """A piece of XML to be written; reading is never done here."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    words: str = ""
    children: list["Element"] = field(default_factory=list)

    def add(
        self, tag: str, words: str = "", /, *, language: str = "", **attributes: str
    ) -> "Element":
        if language:
            attributes["xml:lang"] = language
        child = Element(tag, attributes, words)
        self.children.append(child)
        return child

    def texts(self, tag: str, text: Text) -> None:
        """The same piece once for each language."""
        for language, words in text.words:
            self.add(tag, words, language=language)

    def lines(self, depth: int = 0) -> Iterator[str]:
        held = (f' {name}="{_held(it)}"' for name, it in self.attributes.items())
        start = self.tag + "".join(held)
        margin = "  " * depth
        if self.children:
            yield f"{margin}<{start}>"
            for child in self.children:
                yield from child.lines(depth + 1)
            yield f"{margin}</{self.tag}>"
        elif self.words:
            yield f"{margin}<{start}>{_held(self.words)}</{self.tag}>"
        else:
            yield f"{margin}<{start}/>"


def _held(words: str) -> str:
    return escape(_UNHELD.sub("", words))


def as_ddi(
    study: Study, groups: Sequence[Group], variables: Sequence[Variable]
) -> bytes:
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5"})
    _citation(root.add("docDscr"), study)
    _citation(root.add("stdyDscr"), study)
    if study.cases is not None:
        size = root.add("fileDscr", ID="F1").add("fileTxt").add("dimensns")
        size.add("caseQnty", str(study.cases))
        size.add("varQnty", str(len(variables)))
    data = root.add("dataDscr")
    for number, group in enumerate(groups, start=1):
        _group(data, number, group)
    for variable in variables:
        _variable(data, variable)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return "\n".join([declaration, *root.lines(), ""]).encode()


def _citation(parent: Element, study: Study) -> None:
    citation = parent.add("citation")
    titles = citation.add("titlStmt")
    (language, words), *others = study.title.words
    titles.add("titl", words, language=language)
    for other, translated in others:
        titles.add("parTitl", translated, language=other)
    titles.add("IDNo", study.code)
    if study.source or study.licence:
        made = citation.add("prodStmt")
        if study.source:
            made.add("producer", study.source)
        if study.licence:
            made.add("copyright", study.licence)
    citation.add("verStmt").add("version", study.version)


def _group(data: Element, number: int, group: Group) -> None:
    made = data.add(
        "varGrp",
        ID=f"G{number}",
        name=group.name,
        type="multipleResp" if group.several_answers else "section",
        var=" ".join(map(_id, group.variables)),
    )
    made.texts("labl", group.label)


def _variable(data: Element, variable: Variable) -> None:
    """The order of the pieces is the one that the standard sets."""
    intrvl = "contin" if variable.continuous else "discrete"
    made = data.add("var", ID=_id(variable.name), name=variable.name, intrvl=intrvl)
    made.texts("labl", variable.label)
    if variable.question is not None:
        _question(made, variable, variable.question)
    _ranges(made, variable)
    for words in variable.asked_if:
        made.add("universe", words)
    for category in variable.categories:
        one = made.add("catgry", **({"missing": "Y"} if category.missing else {}))
        one.add("catValu", category.code)
        one.texts("labl", category.label)
    kind = "numeric" if variable.numeric else "character"
    dated = {"category": "date"} if variable.dated else {}
    made.add("varFormat", type=kind, schema="other", **dated)


def _question(made: Element, variable: Variable, literal: Text) -> None:
    question = made.add("qstn", ID=f"Q_{variable.name}")
    question.texts("qstnLit", literal)
    for text in variable.instructions:
        question.texts("ivuInstr", text)


def _ranges(made: Element, variable: Variable) -> None:
    if variable.least is not None and variable.most is not None:
        bounds = {"min": str(variable.least), "max": str(variable.most)}
        made.add("valrng").add("range", UNITS="INT", **bounds)
    missing = [one.code for one in variable.categories if one.missing]
    if missing:
        invalid = made.add("invalrng")
        for code in missing:
            invalid.add("item", VALUE=code)


def _id(name: str) -> str:
    return f"V_{name}"
