"""The file in which a pilot hands over its summaries.

A small JSON text, for one pilot: which norm of disclosure control was applied, and per
outcome one figure with its error and its meaning.

```json
{"schema": 1, "pilot": "arnhem", "norm": {"threshold": 5}, "summaries": [{
  "outcome": "satisfied", "label": "Satisfied with life", "type": "score",
  "definition": "How satisfied are you ...?",
  "definition_hash": "(SHA-256 of the definition)", "scale": [0, 10],
  "unit": "points", "before": "t0", "after": "t1", "population": "completers",
  "design": "pre_post", "vocabulary": "change", "estimand": "mean_change",
  "value": 0.8, "se": 0.3, "df": 22, "n": 23, "n_missing": null,
  "method": "paired_t", "error_from": "estimate"}]}
```

The reader is strict, because nobody can see afterwards what it let through: an unknown
or missing key, a number that cannot be, words that were changed under their digest, and
everything that gives people away (fewer of them than the norm, a share or a mean that
says what each of them answered). It names every mistake with its place. Only `label`,
the short name of an outcome, may be left out: older files have none.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict

from trede.evaluation.norms import default_norms
from trede.evaluation.synthesis.fields import Fields, Reader
from trede.evaluation.synthesis.summaries import (
    DESIGNS,
    ERRORS_FROM,
    ESTIMANDS,
    TYPES,
    VOCABULARIES,
    Measure,
    Summary,
)

SCHEMA = 1
LONGEST = 1_000_000
# Whoever is more certain than this made a mistake.
SMALLEST_ERROR = 1e-12
KEYS = ("schema", "pilot", "norm", "summaries")
SUMMARY = (
    *("outcome", "type", "definition", "definition_hash", "scale", "unit"),
    *("before", "after", "population", "design", "vocabulary", "estimand"),
    *("value", "se", "df", "n", "n_missing", "method", "error_from"),
)
LABEL = "label"


class ExchangeRefused(ValueError):
    """Everything that is wrong with a file, one plain sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def exchange_text(summaries: Sequence[Summary]) -> str:
    """The file of one pilot; reading it gives the same summaries, to the last digit.

    Raises:
        ValueError: no summaries, or of several pilots or norms.
    """
    heads = {(one.pilot, one.threshold) for one in summaries}
    if len(heads) != 1:
        raise ValueError(f"a file is of one pilot and one norm, not of {len(heads)}")
    ((pilot, threshold),) = heads
    content = {
        "schema": SCHEMA,
        "pilot": pilot,
        "norm": {"threshold": threshold},
        "summaries": [_fields(one) for one in summaries],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _fields(summary: Summary) -> dict[str, object]:
    measure = summary.measure
    fields = asdict(summary) | asdict(measure)
    fields["definition_hash"] = measure.definition_hash
    fields["vocabulary"] = measure.vocabulary
    wanted = (*SUMMARY, LABEL) if measure.label else SUMMARY
    return {key: fields[key] for key in wanted}


def read_exchange(text: str, threshold: int | None = None) -> tuple[Summary, ...]:
    """The summaries of one file.

    Args:
        threshold: the norm of who reads, by default the one that is shipped; the
            stricter of this one and that of the file holds.

    Raises:
        ExchangeRefused: with every mistake.
    """
    problems: list[str] = []
    file = Reader(_parsed(text), "", problems)
    file.refuse_keys(KEYS)
    _refuse(problems)
    if file.fields["schema"] is True or file.fields["schema"] != SCHEMA:
        file.wrong(f'"schema" must be {SCHEMA}; a newer file needs a newer Trede')
    norm = Reader(file.fields["norm"], "norm: ", problems)
    norm.refuse_keys(("threshold",))
    applied, pilot = norm.whole("threshold", 2), file.word("pilot")
    own = default_norms().threshold if threshold is None else threshold
    entries = file.fields["summaries"]
    if not isinstance(entries, list) or not entries:
        file.wrong('"summaries" must be a list that is not empty')
        entries = []
    read = tuple(
        _summary(Reader(entry, f"summaries {number}: ", problems), pilot, applied, own)
        for number, entry in enumerate(entries, 1)
    )
    _refuse(problems)
    return read


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ExchangeRefused(problems)


def _parsed(text: str) -> object:
    if len(text) > LONGEST:
        raise ExchangeRefused([f"The file is longer than {LONGEST} characters."])

    def once(pairs: list[tuple[str, object]]) -> Fields:
        keys = [key for key, _ in pairs]
        for key in {key for key in keys if keys.count(key) > 1}:
            raise ExchangeRefused([f'"{key}" stands twice.'])
        return dict(pairs)

    def no_number(word: str) -> object:
        raise ExchangeRefused([f"{word} is not a number."])

    try:
        content = json.loads(text, object_pairs_hook=once, parse_constant=no_number)
    except json.JSONDecodeError as problem:
        told = f"Line {problem.lineno}, column {problem.colno}: this is not JSON."
        raise ExchangeRefused([told]) from problem
    except (RecursionError, ValueError) as problem:
        if isinstance(problem, ExchangeRefused):
            raise
        raise ExchangeRefused(["This is not a file of summaries."]) from problem
    return content


def _summary(entry: Reader, pilot: str, applied: int, own: int) -> Summary:
    """One entry; what is wrong with it goes on the list of its reader."""
    entry.refuse_keys(SUMMARY, may_be_there=(LABEL,))
    fewest = max(applied, own)
    summary = Summary(
        pilot=pilot,
        measure=_measure(entry),
        population=entry.word("population"),
        design=entry.choice("design", tuple(DESIGNS)),
        value=entry.number("value"),
        se=entry.number("se", above=SMALLEST_ERROR),
        df=None if entry.fields.get("df") is None else entry.number("df", above=0),
        n=_people(entry, fewest),
        n_missing=_missing(entry, fewest),
        method=entry.word("method"),
        error_from=entry.choice("error_from", ERRORS_FROM),
        threshold=applied,
    )
    _refuse_words(entry, summary)
    _refuse_value(entry, summary)
    return summary


def _measure(entry: Reader) -> Measure:
    return Measure(
        outcome=entry.word("outcome"),
        type=entry.choice("type", TYPES),
        definition=entry.word("definition"),
        scale=entry.scale("scale"),
        unit=entry.word("unit"),
        before=entry.word("before"),
        after=entry.word("after"),
        estimand=entry.choice("estimand", tuple(ESTIMANDS)),
        label=entry.word(LABEL) if LABEL in entry.fields else "",
    )


def _people(entry: Reader, fewest: int) -> int:
    n = entry.whole("n", 0)
    if n < fewest and "n" in entry.fields:
        entry.wrong(
            f'"n" is under the norm of {fewest} people: such a figure may not be shared'
        )
    return n


def _missing(entry: Reader, fewest: int) -> int | None:
    if entry.fields.get("n_missing") is None:
        return None
    missing = entry.whole("n_missing", 0)
    if 0 < missing < fewest:
        entry.wrong(
            f'"n_missing" is under the norm of {fewest} people: write null instead'
        )
    return missing


def _refuse_words(entry: Reader, summary: Summary) -> None:
    """Refuse words that contradict each other."""
    measure = summary.measure
    written = entry.choice("vocabulary", VOCABULARIES)
    if written != measure.vocabulary:
        entry.wrong(f'"{measure.estimand}" may not be called "{written}"')
    if DESIGNS[summary.design] != measure.vocabulary:
        entry.wrong(f'the design "{summary.design}" cannot give "{measure.estimand}"')
    if entry.word("definition_hash") != measure.definition_hash:
        entry.wrong('"definition" was changed: "definition_hash" is not of these words')
    if measure.before == measure.after:
        entry.wrong('"before" and "after" are the same wave')


def _refuse_value(entry: Reader, summary: Summary) -> None:
    """Refuse a value that cannot be, or that says what everybody answered."""
    most = summary.measure.largest
    if abs(summary.value) >= most:
        entry.wrong(
            f'"value" must lie between {-most:g} and {most:g}: at an end it would say'
            " what each person answered"
        )
