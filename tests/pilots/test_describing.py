"""What the software does by a file, people can read: no rule goes undescribed."""

from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from datetime import timedelta
from typing import Any, Literal, get_args, get_origin

import pytest
from django.utils import translation

from tests.pilots.files import NIJMEGEN
from trede.pilots.describing import describe
from trede.pilots.description import listed, period
from trede.pilots.positions import Path
from trede.pilots.reading import read_rules
from trede.pilots.rules import Rules
from trede.pilots.shaping import bare, hints_of, keys_of

SHIPPED = read_rules(NIJMEGEN)
# What the shipped file leaves out is given a value here, so that it is walked too.
FULL = replace(
    SHIPPED,
    contact=replace(SHIPPED.contact, light_contact_weeks=8),
    limits=replace(SHIPPED.limits, extension_months=2),
)


def leaves(value: Any, hint: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every rule that is a single value, with its type."""
    if is_dataclass(value):
        cls = type(value)
        for each in keys_of(cls):
            inner = getattr(value, each.name)
            yield from leaves(inner, hints_of(cls)[each.name], (*path, each.name))
    elif isinstance(value, tuple):
        inner = get_args(bare(hint))[0]
        for place, each in enumerate(value):
            yield from leaves(each, inner, (*path, place))
    elif value is not None:
        yield path, bare(hint)


def at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value


def put(value: Any, path: Path, new: object) -> Any:
    if not path:
        return new
    part, rest = path[0], path[1:]
    if isinstance(part, int):
        changed = put(value[part], rest, new)
        return (*value[:part], changed, *value[part + 1 :])
    return replace(value, **{part: put(getattr(value, part), rest, new)})


def another(value: Any, hint: object) -> object:
    if get_origin(hint) is Literal:
        return next((each for each in get_args(hint) if each != value), value)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"
    return value + timedelta(days=40)


def text_of(rules: Rules) -> list[str]:
    return [
        f"{chapter.title} {group.title} {sentence.text} {sentence.code}"
        for chapter in describe(rules)
        for group in chapter.groups
        for sentence in group.sentences
    ]


LEAVES = list(leaves(FULL, Rules))


def test_every_rule_is_walked():
    walked = {path[0] for path, _ in LEAVES}
    assert walked == {each.name for each in keys_of(Rules)}
    assert len(LEAVES) > 700


def test_changing_any_rule_changes_what_people_read():
    before = text_of(FULL)
    silent = []
    for path, hint in LEAVES:
        value = at(FULL, path)
        other = another(value, hint)
        if other != value and text_of(put(FULL, path, other)) == before:
            silent.append(path)
    assert silent == []


def test_every_key_of_every_rule_is_in_the_walk():
    """A key that the shipped file never uses would escape the test above."""
    walked = {part for path, _ in LEAVES for part in path}
    assert {name for _, name in all_keys()} - walked == set()


def all_keys() -> Iterator[tuple[type, str]]:
    seen: set[type] = set()
    todo: list[object] = [Rules]
    while todo:
        hint = bare(todo.pop())
        if get_origin(hint) is tuple:
            todo.append(get_args(hint)[0])
        elif isinstance(hint, type) and is_dataclass(hint) and hint not in seen:
            seen.add(hint)
            for each in keys_of(hint):
                yield hint, each.name
                todo.append(hints_of(hint)[each.name])


def test_no_sentence_is_empty_or_has_an_unfilled_gap():
    for sentence in text_of(SHIPPED):
        assert sentence.strip()
        assert "%(" not in sentence
        assert "None" not in sentence


def test_chapters_have_an_anchor_of_their_own():
    anchors = [chapter.section for chapter in describe(SHIPPED)]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("pilot", "The aim is 150 trajectories."),
        ("pilot", "The pilot runs from 1 January 2020 to 31 October 2021."),
        ("trajectory", "A coach guides 10 to 15 people at a time."),
        (
            "trajectory",
            "A trajectory lasts at most 6 months, pauses not counted.",
        ),
        ("contact", "Without a reply in 14 days the person is left in peace."),
        ("contact", "While somebody rests there is no contact."),
    ],
)
def test_the_sentences_say_what_the_file_says(section: str, sentence: str):
    with translation.override("en"):
        (chapter,) = [each for each in describe(SHIPPED) if each.section == section]
    assert sentence in [
        each.text for group in chapter.groups for each in group.sentences
    ]


def test_a_day_is_one_day():
    contact = replace(SHIPPED.contact, days_between_calls=1)
    with translation.override("en"):
        sentences = text_of(replace(SHIPPED, contact=contact))
    assert any("at least 1 day apart" in each for each in sentences)


def test_an_open_period_has_no_last_day():
    with translation.override("en"):
        assert period(SHIPPED.pilot.starts_on, None) == "from 1 January 2020 on"


def test_words_are_listed_as_in_a_sentence():
    with translation.override("en"):
        assert [listed(["a"]), listed("ab"), listed("abc"), listed([])] == [
            "a",
            "a and b",
            "a, b and c",
            "",
        ]
