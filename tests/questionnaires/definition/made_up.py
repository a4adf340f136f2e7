"""Small questionnaires: some written out, some drawn at random within the rules."""

from dataclasses import replace

from hypothesis import strategies as st

from trede.questionnaires.answering import Answer, Missing
from trede.questionnaires.definition import (
    Condition,
    Demand,
    Joint,
    Kind,
    Option,
    Part,
    PartKind,
    Question,
    Questionnaire,
    Section,
    Test,
    Text,
    Together,
    Value,
)


def said(words: str) -> Text:
    return Text((("nl", words), ("en", f"{words} (en)")))


def options(*values: Value) -> tuple[Option, ...]:
    return tuple(Option(value, said(str(value))) for value in values)


def question(code: str, kind: str = "yes_no", **more: object) -> Question:
    ranges = {"scale_0_10": (0, 10), "hours": (0, 168), "number": (0, 20)}
    least, most = ranges.get(kind, (None, None))
    made = Question(
        code=code,
        kind=Kind(kind),
        text=said(code),
        options=options("yes", "no") if kind == "yes_no" else (),
        at_least=least,
        at_most=most,
        may_refuse=True,
    )
    return replace(made, **more)


def when(code: str, test: str, *values: Value) -> Condition:
    return Condition(code, Test(test), values)


def any_of(*demands: Demand) -> Together:
    return Together(Joint.ANY, demands)


def all_of(*demands: Demand) -> Together:
    return Together(Joint.ALL, demands)


def core(*questions: Question) -> Part:
    return Part(PartKind.CORE, (Section("only", said("only"), questions),))


def value(given: Value) -> Answer:
    return Answer(value=given)


def missing(reason: str) -> Answer:
    return Answer(missing=Missing(reason))


# Everything that can be drawn ---------------------------------------------------

_WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="{}\r"), min_size=1
).filter(str.strip)
_TEXTS = st.builds(lambda nl, en: Text((("nl", nl), ("en", en))), _WORDS, _WORDS)
_OPTIONS = {
    Kind.SINGLE: ("a", "b", "c"),
    Kind.MULTIPLE: ("a", "b", "c"),
    Kind.YES_NO: ("yes", "no"),
    Kind.LABELLED_SCALE: (1, 2, 3, 4, 5),
    Kind.COUNTRY: ("NL", "SY"),
}
_BOUNDS = {
    Kind.SCALE_0_10: (0, 10),
    Kind.HOURS: (0, 168),
    Kind.NUMBER: (1, 6),
    Kind.YEAR: (1920, 1990),
}
_LONGEST = {Kind.TEXT: 200, Kind.LONG_TEXT: 2000}


def _possible(asked: Question) -> tuple[Value, ...]:
    if asked.kind is Kind.HOURS:
        return ("not", 0, 12, 168)
    if asked.at_least is not None and asked.at_most is not None:
        return (asked.at_least, asked.at_most)
    return tuple(option.value for option in asked.options)


@st.composite
def condition(draw: st.DrawFn, earlier: list[Question]) -> Condition:
    about = draw(st.sampled_from(earlier))
    values = _possible(about)
    numbers = [one for one in values if isinstance(one, int)]
    tests = ["answered", "not_answered"]
    tests += ["is", "is_not"] * bool(values) + ["at_least", "at_most"] * bool(numbers)
    test = draw(st.sampled_from(tests))
    if test in ("answered", "not_answered"):
        return when(about.code, test)
    if test in ("at_least", "at_most"):
        return when(about.code, test, draw(st.sampled_from(numbers)))
    chosen = draw(st.lists(st.sampled_from(values), min_size=1, unique=True))
    return when(about.code, test, *chosen)


def demands(earlier: list[Question]) -> st.SearchStrategy[tuple[Demand, ...]]:
    """None, a condition, several, or several of which one is enough, and so on."""
    if not earlier:
        return st.just(())
    simple = condition(earlier)
    joined = st.recursive(
        simple,
        lambda inside: st.builds(
            Together,
            st.sampled_from(Joint),
            st.lists(inside, min_size=2, max_size=3).map(tuple),
        ),
        max_leaves=4,
    )
    return st.lists(simple | joined, max_size=2).map(tuple)


@st.composite
def parts(
    draw: st.DrawFn,
    kind: PartKind = PartKind.CORE,
    texts: st.SearchStrategy[Text] = _TEXTS,
) -> Part:
    questions: list[Question] = []
    for number in range(draw(st.integers(1, 7))):
        of = draw(st.sampled_from(list(Kind)))
        least, most = _BOUNDS.get(of, (None, None))
        ends = draw(texts) if of is Kind.SCALE_0_10 else None
        labels = tuple(Option(one, draw(texts)) for one in _OPTIONS.get(of, ()))
        questions.append(
            Question(
                code=f"{kind}_{number}",
                kind=of,
                text=draw(texts),
                hint=draw(st.none() | texts),
                explanation=draw(st.none() | texts),
                options=labels,
                low=ends,
                high=ends,
                at_least=least,
                at_most=most,
                longest=_LONGEST.get(of),
                asked_when=draw(demands(questions)),
                optional=draw(st.booleans()),
                may_not_know=draw(st.booleans()),
                may_refuse=kind is PartKind.CORE,
            )
        )
    cut = draw(st.integers(1, len(questions)))
    pieces = [tuple(questions[:cut]), tuple(questions[cut:])]
    sections = tuple(
        Section(f"{kind}_section_{number}", draw(texts), piece)
        for number, piece in enumerate(pieces)
        if piece
    )
    return Part(kind, sections, intro=draw(st.none() | texts))


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    kinds = [k for k in PartKind if k is PartKind.CORE or draw(st.booleans())]
    return Questionnaire(
        code="drawn",
        version="1",
        title=draw(_TEXTS),
        languages=("nl", "en"),
        source="drawn at random",
        licence=draw(_WORDS),
        parts=tuple(draw(parts(kind)) for kind in kinds),
    )


@st.composite
def answers(draw: st.DrawFn, part: Part) -> dict[str, Answer]:
    """For any of the questions, asked or not: also what was answered before going back.

    Every value is one that the question accepts.
    """
    given = {}
    for one in part.questions:
        values = _possible(one) or ("words",)
        reasons = st.sampled_from(["refused", "skipped", "dont_know", "not_asked"])
        answer = draw(
            st.none() | st.sampled_from(values).map(value) | (reasons.map(missing))
        )
        if answer is not None:
            given[one.code] = answer
    return given


@st.composite
def parts_with_answers(draw: st.DrawFn) -> tuple[Part, dict[str, Answer]]:
    """Which question comes hangs on no word: so these are quickly drawn."""
    part = draw(parts(texts=st.just(said("drawn"))))
    return part, draw(answers(part))
