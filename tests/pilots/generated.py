"""Any rules at all that have the right shape, drawn from the annotations in `rules`."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin

from hypothesis import strategies as st

from trede.pilots.rules import Rules
from trede.pilots.shape import Between, Code, Dated, DependsOn, Text, Written
from trede.pilots.shaping import bare, hints_of, keys_of

TEXT_PATTERN = get_args(Text)[1].pattern
CODE_PATTERN = get_args(Code)[1].pattern
CODES = st.sampled_from(["a", "T0b", "nijmegen-2020_1", "9", "z" * 40])
PRINTABLE = st.text(
    st.characters(
        exclude_categories=["Cs"], min_codepoint=32, exclude_characters="\x7f"
    ),
    min_size=1,
    max_size=30,
).filter(str.strip)


def values(hint: object) -> st.SearchStrategy[Any]:
    if get_origin(hint) is Annotated:
        return constrained(get_args(hint)[1], bare(hint))
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), min_size=1, max_size=2).map(tuple)
    if is_dataclass(hint):
        return tables(hint)
    if hint is bool:
        return st.booleans()
    inner = [each for each in get_args(hint) if each is not type(None)]
    return st.none() | values(inner[0])


def constrained(constraint: object, base: object) -> st.SearchStrategy[Any]:
    if isinstance(constraint, Between):
        return st.integers(constraint.least, constraint.most)
    if isinstance(constraint, Dated):
        return st.dates(constraint.first, constraint.last)
    assert isinstance(constraint, Written) and base is str
    if constraint.pattern == TEXT_PATTERN:
        return PRINTABLE
    if constraint.pattern == CODE_PATTERN:
        return CODES
    return st.from_regex(constraint.pattern, fullmatch=True)


@st.composite
def tables(draw: st.DrawFn, cls: Any) -> Any:
    drawn: dict[str, Any] = {}
    for each in keys_of(cls):
        hint = hints_of(cls)[each.name]
        for extra in get_args(hint) if get_origin(hint) is Annotated else ():
            if isinstance(extra, DependsOn):
                hint = extra.shapes[drawn[extra.key]]
        drawn[each.name] = draw(values(hint))
    return cls(**drawn)


PLAIN = st.recursive(
    st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False)
    | st.dates(date(1, 1, 1))
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("ab-_ .\"é'", max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)
SECTIONS = st.dictionaries(
    st.sampled_from(["later", "still_later"]),
    st.dictionaries(st.text("abc_-", min_size=1, max_size=5), PLAIN, max_size=4),
)


@st.composite
def any_rules(draw: st.DrawFn) -> Rules:
    rules = draw(tables(Rules))
    names = [each.name for each in fields(Rules) if each.name != "sections"]
    return Rules(
        **{name: getattr(rules, name) for name in names}, sections=draw(SECTIONS)
    )
