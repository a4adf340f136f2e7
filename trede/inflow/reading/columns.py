"""Decides which column of a file is which field, and says how sure that is and why.

A name in the header counts, and so does what stands below it: a column called "BSN"
with birth dates in it is not a BSN. What is not recognised is named as not kept.
"""

import datetime
import functools
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from trede.inflow.reading.dates import read_date
from trede.inflow.reading.places import read_country
from trede.inflow.reading.reasons import Params, Refused, params_of
from trede.inflow.reading.values import (
    fold,
    passes_eleven_test,
    read_bsn,
    read_email,
    read_postcode,
    read_sex,
    read_telephone,
    read_yes_no,
)

HEADERS = Path(__file__).with_name("headers.toml")
# Words beside a name that say nothing about which field it is.
EMPTY_WORDS = frozenset(
    ("de", "het", "een", "van", "der", "client", "klant", "persoon")
)
# Whose column it is, when it is not the person's own.
OTHER_PEOPLE = (
    "partner kind kinderen vader moeder ouder ouders contactpersoon klantmanager "
    "consulent gemachtigde bewindvoerder huisarts spouse child"
)
OTHERS = frozenset(OTHER_PEOPLE.split())
WRITTEN_OUT = {
    "dat": "datum",
    "dtm": "datum",
    "dd": "datum",
    "geb": "geboorte",
    "nr": "nummer",
    "num": "nummer",
    "no": "nummer",
    "tel": "telefoon",
    "uitk": "uitkering",
    "ing": "ingang",
    "ingangsdatum": "ingang datum",
    "vest": "vestiging",
    "nl": "nederland",
    "lst": "laatste",
    "laatst": "laatste",
    "vanaf": "sinds",
    "sedert": "sinds",
    "per": "sinds",
    "start": "begin",
    "aanvang": "begin",
    "wwb": "bijstand",
    "pw": "bijstand",
}
SAMPLE = 400
LATER = datetime.date(2100, 1, 1)
SURE, LIKELY, DOUBTFUL = 0.95, 0.75, 0.4
# Only these look like nothing else, so that their content alone is enough.
SELF_EVIDENT = ("bsn", "email", "postcode", "telephone")


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """One column of the file: what it becomes, how sure, and why."""

    index: int
    source: str
    field: str | None
    confidence: float
    reason: str
    params: Params = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class FieldNames:
    holds: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Claim:
    field: str
    confidence: float
    reason: str


@functools.cache
def fields() -> dict[str, FieldNames]:
    known = tomllib.loads(HEADERS.read_text(encoding="utf-8"))
    return {
        code: FieldNames(about["holds"], frozenset(about["names"]))
        for code, about in known.items()
    }


FIELDS = (*(code for code in fields() if code != "not_needed"), "telephone_other")


@functools.cache
def _field_by_name() -> dict[str, str]:
    known = {
        name.replace(" ", ""): code
        for code, about in fields().items()
        for name in about.names
    }
    for code, about in fields().items():
        for name in about.names:
            known.setdefault(_in_any_order(name.split()), code)
    return known


def _in_any_order(words: Sequence[str]) -> str:
    """Abbreviations written out, in the order of the alphabet: uitk. ingang datum."""
    return "|".join(sorted(WRITTEN_OUT.get(word, word) for word in words))


def field_named(header: str) -> tuple[str, bool] | None:
    """The field a header names, and whether it does so exactly."""
    words = fold(re.sub(r"\([^)]*\)", " ", header)).split()
    known = _field_by_name()
    if code := known.get("".join(words)) or known.get(fold(header).replace(" ", "")):
        return code, True
    if OTHERS & set(words):
        return "not_needed", False
    bare = [word for word in words if word not in EMPTY_WORDS]
    bare = [stem for word in bare if (stem := word.rstrip("0123456789"))]
    if code := known.get("".join(bare)) or known.get(_in_any_order(bare)):
        return code, True
    return _field_named_within(bare)


def _field_named_within(words: list[str]) -> tuple[str, bool] | None:
    """The longest known name that stands in a longer header, as in "Tel privé 2"."""
    known = _field_by_name()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            part = "".join(words[start : start + length])
            if len(part) > 3 and part in known:
                return known[part], False
    return None


def letter_of(index: int) -> str:
    """The letters above a column in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def header_score(row: Sequence[str]) -> float:
    """How much a row looks like column names; the best row of a file is its header."""
    score = 0.0
    for cell in row:
        if not cell.strip() or len(cell) > 80:
            continue
        if found := field_named(cell):
            score += 1.0 if found[1] else 0.4
        elif re.search(r"\d{4}", cell):
            score -= 0.5
    return score


def find_header(head: Sequence[Sequence[str]]) -> int | None:
    """The place of the header among the first rows, if there is one."""
    scores = [header_score(row) for row in head[:40]]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None or scores[best] < 1.0:
        return None
    filled = sum(1 for cell in head[best] if cell.strip())
    return best if scores[best] >= 2.0 or filled <= 3 else None


def looks_like_list(head: list[list[str]]) -> float:
    """For choosing among sheets: names above columns, then BSNs, then sheer size."""
    names = max((header_score(row) for row in head), default=0.0)
    numbers = sum(1 for row in head for cell in row if _is_bsn(cell))
    return names * 10 + min(numbers, 50) + len(head) / 100


def _is_bsn(text: str) -> bool:
    return bool(read_bsn(text).value) and len(text.strip()) >= 8


def _is_date(text: str) -> bool:
    reading = read_date(text, on=LATER)
    return reading.value is not None or not text.strip("0-/. ")


FITS: dict[str, Callable[[str], bool]] = {
    "bsn": _is_bsn,
    "date": _is_date,
    "postcode": lambda text: bool(read_postcode(text).value),
    "telephone": lambda text: bool(read_telephone(text).value),
    "email": lambda text: bool(read_email(text).value),
    "sex": lambda text: read_sex(text).problem is None,
    "yes_no": lambda text: read_yes_no(text).problem is None,
    "country": lambda text: (place := read_country(text)) is None or bool(place.codes),
}


def share_that_fits(holds: str, values: Sequence[str]) -> float:
    """The share of filled cells that are what this kind of column holds."""
    if holds not in FITS or not values:
        return 1.0
    return sum(1 for value in values if FITS[holds](value)) / len(values)


def recognise(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    first_column: int = 0,
    mapping: Mapping[str, str] | None = None,
) -> tuple[ColumnReading, ...]:
    """All columns of the file, with the field that each of them is.

    `mapping` says of a field which column it is, by its name or its letter; an empty
    name says that the file does not have that field.
    """
    sources = _sources(header, first_column)
    samples = [
        [cell for row in rows if index < len(row) and (cell := row[index].strip())]
        for index in range(len(header))
    ]
    claims = [_claim(*pair) for pair in zip(header, samples, strict=True)]
    _claim_numbers_of_streets(header, claims)
    chosen = _chosen(sources, mapping or {}, first_column)
    winners = _winners(claims, chosen, set(mapping or {}))
    return tuple(
        _reading(index, sources, claims[index], samples[index], winners)
        for index in range(len(header))
    )


def _sources(header: Sequence[str], first_column: int) -> list[str]:
    """A name for every column; a name that occurs twice gets its letter added."""
    names = [" ".join(cell.split()) for cell in header]
    sources = []
    for index, name in enumerate(names):
        letter = letter_of(index + first_column)
        twice = names.count(name) > 1
        sources.append(f"{name} ({letter})" if name and twice else name or letter)
    return sources


def _claim(name: str, sample: list[str]) -> Claim | None:
    sample = sample[:SAMPLE]
    if (found := field_named(name)) is not None:
        field, exactly = found
        fits = share_that_fits(fields()[field].holds, sample)
        if fits < 0.5:
            # Its own full name still counts: a damaged column must be named as such.
            least = DOUBTFUL if exactly else 0.0
            return Claim(field, max(least, DOUBTFUL * fits), "named_only")
        height = SURE if exactly else LIKELY
        return Claim(field, height * fits, "named" if exactly else "named_like")
    return _claim_by_content(sample)


def _claim_numbers_of_streets(
    header: Sequence[str], claims: list[Claim | None]
) -> None:
    """ "Nr" is a house number right behind a street, and elsewhere a serial number."""
    for index in range(1, len(header)):
        before = claims[index - 1]
        behind = before is not None and before.field in ("street", "address")
        if behind and fold(header[index]) in ("nr", "nummer", "no", "num"):
            claims[index] = Claim("house_number", LIKELY, "named_like")


def _claim_by_content(sample: list[str]) -> Claim | None:
    for field in SELF_EVIDENT:
        fits = share_that_fits(fields()[field].holds, sample)
        if len(sample) >= 3 and fits >= 0.8 and _varied(field, sample):
            return Claim(field, LIKELY * fits, "content")
    return None


def _varied(field: str, sample: list[str]) -> bool:
    """Every person has another number; dates and amounts would look like one."""
    if field == "bsn":
        return len(set(sample)) > len(sample) * 0.7
    if field == "telephone":
        return (
            sum(cell.lstrip().startswith(("0", "+")) for cell in sample)
            > len(sample) * 0.8
        )
    return True


def _chosen(
    sources: list[str], mapping: Mapping[str, str], first_column: int
) -> dict[str, int]:
    letters = [letter_of(index + first_column) for index in range(len(sources))]
    chosen: dict[str, int] = {}
    for field, source in mapping.items():
        if field not in FIELDS:
            known = ", ".join(FIELDS)
            raise Refused("mapping_field", params_of(field=field, known=known))
        if not source:
            continue
        wanted = " ".join(source.split())
        found = sources if wanted in sources else letters
        if wanted not in found:
            known = ", ".join(sources)
            raise Refused("mapping_source", params_of(source=source, known=known))
        chosen[field] = found.index(wanted)
    return chosen


def _winners(
    claims: list[Claim | None], chosen: dict[str, int], decided: set[str]
) -> dict[str, int]:
    """Per field the column that gets it: the chosen one, else the surest, leftmost."""
    winners = dict(chosen)
    taken = set(chosen.values())
    order = sorted(
        (index for index, claim in enumerate(claims) if claim),
        key=lambda index: (-_confidence(claims[index]), index),
    )
    for index in order:
        claim = claims[index]
        if claim is None or index in taken or claim.field == "not_needed":
            continue
        field = claim.field
        if field == "telephone" and field in winners:
            field = "telephone_other"
        if field in winners or field in decided or claim.confidence < 0.2:
            continue
        winners[field] = index
        taken.add(index)
    return winners


def _confidence(claim: Claim | None) -> float:
    return claim.confidence if claim else 0.0


def _reading(
    index: int,
    sources: list[str],
    claim: Claim | None,
    sample: list[str],
    winners: dict[str, int],
) -> ColumnReading:
    field = next((code for code, place in winners.items() if place == index), None)
    reading = ColumnReading(
        index, sources[index], field, 0.0, "unknown", example=_example(field, sample)
    )
    if field is not None:
        fitting = claim is not None and claim.field == field.removesuffix("_other")
        if claim is None or not fitting:
            return replace(reading, confidence=1.0, reason="chosen")
        return replace(
            reading, confidence=round(claim.confidence, 2), reason=claim.reason
        )
    if claim is not None and claim.field == "not_needed":
        return replace(reading, confidence=claim.confidence, reason="not_needed")
    if claim is not None and claim.field in winners:
        params = params_of(field=claim.field, source=sources[winners[claim.field]])
        return replace(reading, reason="claimed", params=params)
    return reading if sample else replace(reading, reason="nothing_in_it")


def _example(field: str | None, sample: list[str]) -> str:
    """A first value to look at; of a BSN only the end, of what is not kept nothing."""
    if field is None or not sample:
        return ""
    if field == "bsn":
        return "••• ••• " + sample[0][-3:]
    return sample[0][:40]


def has_bsn_without_header(row: Sequence[str]) -> bool:
    return any(
        len(cell.strip()) == 9 and cell.strip().isdigit() and passes_eleven_test(cell)
        for cell in row
    )
