"""From plain TOML values to rules: is every key known, present and of the right kind?

Shaping never stops at the first mistake. Where a value is wrong it notes the complaint
and goes on with a harmless stand-in, so that one reading names every mistake. What a
stand-in touches is remembered as unsound; the rules built on it are never handed out.
"""

import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trede.pilots.mistakes import Complaint
from trede.pilots.positions import Path
from trede.pilots.shape import Constraint, DependsOn, Words
from trede.pilots.slips import meant

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")

_IN_WORDS: Mapping[object, Words] = {
    str: _("a text between double quotes"),
    int: _("a whole number, without quotes"),
    bool: _("true or false, without quotes"),
    date: _("a date such as 2020-02-01, without quotes"),
}
_EXAMPLES: Mapping[object, str] = {
    str: '"..."',
    int: "12",
    bool: "true",
    date: "2020-02-01",
}
_STAND_INS: Mapping[object, object] = {
    str: "",
    int: 0,
    bool: False,
    date: date(2000, 1, 1),
}


@cache
def hints_of(cls: type) -> dict[str, object]:
    return get_type_hints(cls, include_extras=True)


def keys_of(cls: "type[DataclassInstance]") -> tuple["Field[object]", ...]:
    """The fields that are keys in the file."""
    return tuple(each for each in fields(cls) if each.metadata.get("in_file", True))


def bare(hint: object) -> object:
    """A hint without its constraints and without `None`."""
    if get_origin(hint) is Annotated:
        return bare(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return bare(next(each for each in get_args(hint) if each is not type(None)))
    return hint


def nearest(word: object, known: Iterable[str]) -> Words:
    """The fix for a word that is not known: the nearest one, or else all of them."""
    known = sorted(known)
    if close := _close(word, known):
        return format_lazy(_("Did you mean “{word}”?"), word=close[0])
    return format_lazy(_("Use one of these: {words}."), words=", ".join(known))


def _close(word: object, known: list[str]) -> list[str]:
    return get_close_matches(str(word), known, n=1, cutoff=0.6)


def _key_fix(key: str, absent: list[str]) -> Words:
    if _close(key, absent):
        return nearest(key, absent)
    if not absent:
        return _("Remove it.")
    words = ", ".join(absent)
    return format_lazy(_("Remove it, or use one of these: {words}."), words=words)


class Shaper:
    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self.unsound: list[Path] = []

    def table(
        self, cls: type[T], raw: object, path: Path, *, also: Iterable[str] = ()
    ) -> T:
        """`also` names further keys that may stand in the table."""
        if not isinstance(raw, dict):
            self._refuse(path, _("This is not a table."), _table_fix(path, raw))
            return _stand_in_table(cls)
        misspelt = self._name_unknown_keys(cls, raw, path, also)
        values = {
            each.name: self._field(each, _chosen(cls, each, raw), raw, path)
            if each.name not in misspelt
            else self._passed_over(hints_of(cls)[each.name], (*path, each.name))
            for each in keys_of(cls)
        }
        return cls(**values)

    def _name_unknown_keys(
        self,
        cls: "type[DataclassInstance]",
        raw: Mapping[str, object],
        path: Path,
        also: Iterable[str],
    ) -> set[str]:
        """Returns the keys that were meant: they are not called missing as well."""
        known = {each.name for each in keys_of(cls)} | set(also)
        absent = sorted(known - set(raw))
        misspelt: set[str] = set()
        for key in raw:
            if key not in known:
                misspelt.update(_close(key, absent))
                what = format_lazy(_("“{key}” is not known here."), key=key)
                fix = _key_fix(key, absent)
                self.complaints.append(Complaint((*path, key), what, fix))
        return misspelt

    def _passed_over(self, hint: object, path: Path) -> object:
        self.unsound.append(path)
        return _stand_in(hint)

    def _field(
        self,
        each: "Field[object]",
        hint: object,
        raw: Mapping[str, object],
        path: Path,
    ) -> object:
        here = (*path, each.name)
        if each.name in raw:
            return self._value(hint, raw[each.name], here)
        if each.default is not MISSING:
            return each.default
        if each.default_factory is not MISSING:
            # A criterion without parameters may leave them out; another may not.
            return self._value(hint, {}, here)
        self._refuse(
            here,
            format_lazy(_("“{key}” is missing."), key=each.name),
            format_lazy(_("Add: {line}"), line=_example(each.name, hint, path)),
        )
        return _stand_in(hint)

    def _value(self, hint: object, raw: object, path: Path) -> object:
        inner = bare(hint)
        if get_origin(inner) is Literal:
            value = self._one_of(inner, raw, path)
        elif get_origin(inner) is tuple:
            value = self._list(inner, raw, path)
        elif isinstance(inner, type) and is_dataclass(inner):
            value = self.table(inner, raw, path)
        else:
            value = self._scalar(inner, raw, path)
        if path not in self.unsound:
            self._constrain(hint, value, path)
        return value

    def _one_of(self, hint: object, raw: object, path: Path) -> object:
        known = get_args(hint)
        if raw in known and isinstance(raw, str):
            return raw
        what = format_lazy(_("“{value}” cannot be used here."), value=raw)
        self._refuse(path, what, nearest(raw, known))
        return known[0]

    def _list(self, hint: object, raw: object, path: Path) -> tuple[object, ...]:
        inner = get_args(hint)[0]
        if not isinstance(raw, list):
            self._refuse(path, _("This is not a list."), _list_fix(path, inner))
            return ()
        if not raw:
            self._refuse(
                path,
                _("The list is empty."),
                _("Name at least one, or remove the key if it may be left out."),
            )
        return tuple(
            self._value(inner, each, (*path, place)) for place, each in enumerate(raw)
        )

    def _scalar(self, hint: object, raw: object, path: Path) -> object:
        # `type(...)`: to Python true is a number and a moment is a date; not here.
        if type(raw) is hint:
            return raw
        what = format_lazy(_("This is not {kind}."), kind=_IN_WORDS[hint])
        if written := meant(raw, hint):
            fix = format_lazy(_("Write {value}."), value=written)
        else:
            fix = format_lazy(_("Write {kind}."), kind=_IN_WORDS[hint])
        self._refuse(path, what, fix)
        return _STAND_INS[hint]

    def _constrain(self, hint: object, value: object, path: Path) -> None:
        for constraint in _constraints(hint):
            if wanted := constraint.refuse(value):
                self._refuse(path, wanted.what, wanted.fix)

    def _refuse(self, path: Path, what: Words, fix: Words) -> None:
        self.complaints.append(Complaint(path, what, fix))
        self.unsound.append(path)


def _chosen(
    cls: "type[DataclassInstance]", each: "Field[object]", raw: Mapping[str, object]
) -> object:
    """The field's hint; where it depends on a key beside it, the shape for that key."""
    hint = hints_of(cls)[each.name]
    for extra in get_args(hint) if get_origin(hint) is Annotated else ():
        if isinstance(extra, DependsOn):
            return extra.shapes.get(str(raw.get(extra.key)), bare(hint))
    return hint


def _constraints(hint: object) -> list[Constraint]:
    """The constraints of a hint; of `X | None`, those of X."""
    if get_origin(hint) in (Union, types.UnionType):
        return [found for each in get_args(hint) for found in _constraints(each)]
    extras = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return [each for each in extras if isinstance(each, Constraint)]


def _stand_in(hint: object) -> object:
    inner = bare(hint)
    if get_origin(inner) is Literal:
        return get_args(inner)[0]
    if get_origin(inner) is tuple:
        return ()
    if isinstance(inner, type) and is_dataclass(inner):
        return _stand_in_table(inner)
    return _STAND_INS[inner]


def _stand_in_table(cls: type[T]) -> T:
    return cls(
        **{
            each.name: _stand_in(hints_of(cls)[each.name])
            for each in keys_of(cls)
            if each.default is MISSING and each.default_factory is MISSING
        }
    )


def _example(key: str, hint: object, path: Path) -> str:
    inner = bare(hint)
    if get_origin(inner) is Literal:
        return f'{key} = "{get_args(inner)[0]}"'
    if get_origin(inner) is tuple:
        element = get_args(inner)[0]
        if is_dataclass(element):
            return f"[[{key}]]" if not path else f"{key} = [{{ ... }}]"
        return f"{key} = [...]"
    if is_dataclass(inner):
        return f"[{'.'.join([*map(str, path), key])}]"
    return f"{key} = {_EXAMPLES[inner]}"


def _table_fix(path: Path, raw: object) -> Words:
    if isinstance(raw, list) and len(path) == 1:
        return format_lazy(_("Write [{key}] with single brackets."), key=path[0])
    return _("Write it between braces: { key = value }.")


def _list_fix(path: Path, inner: object) -> Words:
    if is_dataclass(bare(inner)) and len(path) == 1:
        return format_lazy(_("Write [[{key}]] with double brackets."), key=path[0])
    return _("Put it between square brackets: [ ... ].")
