"""Which figures of a computation a text can name, and what each is called.

The codes are made of the codes in the results, joined by points: `flow.reached`,
`claim.isolated.percent`, `wave.T1`, `change.tread`, `table.sex.woman.n`. The full and
the public results have the same codes; in the public ones a figure may be withheld.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.reports.analysed import names_in
from trede.reports.book.binding import Figure, Figures
from trede.reports.book.headlines import Headline, headlines_in
from trede.reports.figures_json import (
    CellJson,
    Json,
    RowJson,
    TableJson,
    claims_in,
    tables_in,
)
from trede.reports.wording import (
    CLAIMS,
    KEYS,
    MEASURES,
    STEPS,
    Wording,
    Words,
    number,
    percent,
)

ABOUT = "participants"
# What an outcome is called.
Called = Callable[[str], str]
FACTS: Words = {
    "aim": pgettext_lazy("figure", "Trajectories aimed at"),
    "trajectory_months": pgettext_lazy("figure", "Months that a trajectory lasts"),
    "caseload_from": pgettext_lazy("figure", "People a coach has, from"),
    "caseload_to": pgettext_lazy("figure", "People a coach has, up to"),
    "youngest": pgettext_lazy("figure", "Age of the youngest"),
}


def figures_to_name(results: Json, wording: Wording) -> Figures:
    called = names_in(results, wording.rules).outcome
    found = (
        *_of_the_flow(results),
        *_of_claims(results),
        *_of_waves(results),
        *_of_changes(results, called),
        *_of_tables(results, wording),
    )
    return {figure.code: figure for figure in found}


def _figure(
    code: str, about: str, value: object, say: Callable[[object], str]
) -> Figure:
    if value is None:
        return Figure(code, about, _("not shown"), hidden=True)
    return Figure(code, about, say(value))


def _of_the_flow(results: Json) -> Iterator[Figure]:
    flow = cast(Mapping[str, object], results["flow"])
    steps = {
        str(step["code"]): step["n"] for step in cast(Sequence[Json], flow["steps"])
    }
    # A step that is withheld is left out of the diagram altogether.
    for code, words in STEPS.items():
        yield _figure(f"flow.{code}", str(words), steps.get(code), number)
    left = _("Left after the intake")
    yield _figure("flow.left", left, flow["gross"], number)
    fitting = _("Left after the intake, without who did not fit the criteria")
    yield _figure("flow.left.net", fitting, flow["net"], number)


def _of_claims(results: Json) -> Iterator[Figure]:
    for claim in claims_in(results):
        code = str(claim["code"])
        words = CLAIMS.get(code) or FACTS.get(code)
        if words is None:
            continue
        yield _figure(f"claim.{code}", str(words), claim.get("n"), number)
        if code in CLAIMS:
            share = _("percentage")
            about = f"{words}, {share}"
            yield _figure(f"claim.{code}.percent", about, claim.get("percent"), percent)


def _of_waves(results: Json) -> Iterator[Figure]:
    for wave in cast(Sequence[Json], results["waves"]):
        about = _("Filled in: %(wave)s") % {"wave": wave["label"]}
        yield _figure(f"wave.{wave['wave']}", about, wave["done"], number)


# What changed ---------------------------------------------------------------------


def _of_changes(results: Json, called: Called) -> Iterator[Figure]:
    first: set[str] = set()
    for one in headlines_in(results):
        stem = one.outcome
        if stem in first:
            stem = f"{stem}.{one.contrast.replace('/', '.')}"
        first.add(one.outcome)
        yield from _of_change(one, stem, called(one.outcome))


def _of_change(one: Headline, stem: str, name: str) -> Iterator[Figure]:
    def say(value: object) -> str:
        return in_its_units(one, value)

    kind = "effect" if one.compared else "change"
    told = _("Effect: %(name)s") if one.compared else _("Change: %(name)s")
    ends = None if None in (one.low, one.high) else one
    interval = _("Interval of it: %(name)s")
    yield _figure(f"{kind}.{stem}", told % {"name": name}, one.value, say)
    yield _figure(
        f"{kind}.{stem}.interval",
        interval % {"name": name},
        ends,
        lambda _one: ends_told(one),
    )
    counted = _("People in it: %(name)s") % {"name": name}
    yield _figure(f"{kind}.{stem}.n", counted, one.n, number)
    if one.compared:
        return
    begun = _("Before: %(name)s") % {"name": name}
    yield _figure(f"before.{stem}", begun, one.before, say)
    ended = _("After: %(name)s") % {"name": name}
    yield _figure(f"after.{stem}", ended, one.after, say)
    up = _("Went up: %(name)s") % {"name": name}
    yield _figure(f"up.{stem}", up, one.up, number)
    same = _("Stayed the same: %(name)s") % {"name": name}
    yield _figure(f"same.{stem}", same, one.same, number)
    down = _("Went down: %(name)s") % {"name": name}
    yield _figure(f"down.{stem}", down, one.down, number)


def in_its_units(one: Headline, value: object) -> str:
    return number(value, 1 if one.is_share else 2)


def ends_told(one: Headline) -> str:
    return _("%(low)s to %(high)s") % {
        "low": in_its_units(one, one.low),
        "high": in_its_units(one, one.high),
    }


# Tables of the intake -------------------------------------------------------------


def _of_tables(results: Json, wording: Wording) -> Iterator[Figure]:
    for table in tables_in(results):
        for row in table["rows"]:
            for each in (row, *row.get("of_which", ())):
                yield from _of_row(table, each, wording)


def _of_row(table: TableJson, row: RowJson, wording: Wording) -> Iterator[Figure]:
    for cell in row["cells"]:
        if cell["group"] != ABOUT:
            continue
        parts = [table["id"], row["code"]]
        words = [wording.title(table["id"]), wording.row(table["id"], row["code"])]
        if item := cell["item"]:
            parts.append(item)
            words.append(wording.item(item))
        if measure := cell["measure"]:
            parts.append(measure)
            words.append(str(MEASURES[measure]))
        yield from _of_cell(cell, ".".join(parts), ", ".join(words), table["form"])


def _of_cell(cell: CellJson, stem: str, words: str, form: str) -> Iterator[Figure]:
    figures: Mapping[str, object] = dict(cell)
    for key, called in KEYS.items():
        if key in figures:
            about = f"{words}, {str(called).lower()}"
            code = f"table.{stem}.{key}"
            yield _figure(code, about, figures[key], _SAID.get(key, _mean(form)))


def _mean(form: str) -> Callable[[object], str]:
    places = 1 if form == "hours" else 2
    return lambda value: number(value, places)


_SAID: Mapping[str, Callable[[object], str]] = {
    "n": number,
    **dict.fromkeys(
        ("percent", "percent_ge_8", "percent_le_4", "percent_never"), percent
    ),
}
