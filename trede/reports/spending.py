"""What it took, beside the steps that were made: talks, hours, euros for each tread.

Told of everybody together. It says what was spent beside what changed, not that the one
bought the other; and never of one coach, because that would teach whom to help.
"""

from collections.abc import Iterator, Mapping
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.reports.effects.analysis_json import EstimateJson, RefusedJson
from trede.reports.effects.figures import DASH, TREADS, Unit, capital, counted, shown
from trede.reports.effects.methods_told import notes_told, refusal_told
from trede.reports.effects.names import Names
from trede.reports.figures_json import Json
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Chapter, Section

FEW, MANY = Unit("plain", 1, difference=False), Unit("plain", 0, difference=False)
ENOUGH = 10  # From here on a decimal says nothing.
STEPS = "mean_steps"
KINDS: Mapping[str, Promise] = {
    "talks": pgettext_lazy("what was spent", "talks"),
    "hours": pgettext_lazy("what was spent", "hours of meeting"),
    "euros": pgettext_lazy("what was spent", "euros of meeting"),
}
ROWS: Mapping[str, Promise] = {
    "cost_per_step_fieller": pgettext_lazy("what was spent", "for each tread"),
    "cost_per_step_bca": pgettext_lazy(
        "what was spent", "for each tread, interval by resampling"
    ),
    "mean_cost": pgettext_lazy("what was spent", "mean of a person"),
    "mean_steps": pgettext_lazy("what was spent", "mean rise in treads beside it"),
}
RATIOS: Mapping[str, Promise] = {
    "talks": pgettext_lazy(
        "what was spent", "For each tread that people rose there were %(size)s talks"
    ),
    "hours": pgettext_lazy(
        "what was spent",
        "For each tread that people rose there were %(size)s hours of meeting",
    ),
    "euros": pgettext_lazy(
        "what was spent", "In money that is %(size)s euros for each tread"
    ),
}


def spending_chapters(results: Json) -> list[Chapter]:
    """Nothing where it was not computed, as in an older run."""
    if "spent" not in results:
        return []
    spent = cast(list[Json], results["spent"])
    lines = [*(line for one in spent for line in _lines(one)), *_steps(spent)]
    section = Section(
        "spent",
        _("How much went with a tread?"),
        " ".join(_leads(spent))
        or _("This is not shown, or there was nothing to tell."),
        grid=Grid(
            _("What was spent, and how far people rose"),
            ("n", _("Figure"), _("95% interval")),
            tuple(lines),
        )
        if lines
        else None,
        points=[
            refusal_told(no, Names())
            for one in spent
            for no in cast(list[RefusedJson], one["refused"])
        ],
        method=[*_method(spent), *_notes(spent)],
    )
    title = _("What it took, beside the steps that were made")
    return [Chapter("spent", title, [section])]


def _estimates(one: Json) -> list[EstimateJson]:
    return cast(list[EstimateJson], one["estimates"])


def _leads(spent: list[Json]) -> Iterator[str]:
    for one in spent:
        if found := _estimates(one):
            for code, unit in _reckoned(one, found[0]):
                size = unit.figure(found[0].get("estimate"))
                told = str(RATIOS[code]) % {"size": size}
                yield f"{told}{_how_sure(found[0], unit)}."


def _reckoned(one: Json, each: EstimateJson) -> Iterator[tuple[str, Unit]]:
    """As it was counted, and in money where an hour has a price."""
    value = each.get("estimate")
    many = isinstance(value, int | float) and value >= ENOUGH
    yield str(one["code"]), MANY if many else FEW
    if price := _price(one):
        euros = float(cast(int, price["euros"]))
        yield "euros", Unit("plain", 0, scale=euros, difference=False)


def _price(one: Json) -> Json:
    return cast(Json, one.get("price") or {})


def _how_sure(one: EstimateJson, unit: Unit) -> str:
    if not one.get("ci"):
        return _("; how many more it may be cannot be said")
    return _(" (95%% interval %(interval)s)") % {
        "interval": unit.interval(one.get("ci"))
    }


def _lines(one: Json) -> Iterator[Line]:
    told = [
        (
            code,
            _line(f"{capital(str(KINDS[code]))}: {ROWS[each['method']]}", each, unit),
        )
        for each in _estimates(one)
        if each["method"] != STEPS
        for code, unit in _reckoned(one, each)
    ]
    # What was counted first, and then the same in money.
    yield from (line for _code, line in sorted(told, key=lambda row: row[0] == "euros"))


def _steps(spent: list[Json]) -> Iterator[Line]:
    """The same people rose as far, whatever was spent on them: told once."""
    for one in spent:
        for each in _estimates(one):
            if each["method"] == STEPS:
                yield _line(capital(str(ROWS[STEPS])), each, TREADS)
                return


def _line(label: str, each: EstimateJson, unit: Unit) -> Line:
    return Line(
        label,
        (
            counted(each.get("n")),
            shown(unit.figure(each.get("estimate"))),
            shown(unit.interval(each.get("ci")) if each.get("ci") else DASH),
        ),
    )


def _method(spent: list[Json]) -> Iterator[str]:
    yield _(
        "Of everybody whose tread is known at the start and at the end: what was spent"
        " on them during the trajectory, divided by how many treads they rose. It does"
        " not say that the one brought the other about, and it is not told by coach:"
        " people differ, and such a list would teach whom to help."
    )
    if any(one["code"] == "talks" for one in spent):
        yield _("A talk is every time that somebody was spoken to, by whatever way.")
    if any(one["code"] == "hours" for one in spent):
        yield _("Hours are those of appointments kept, as long as they were planned.")
    else:
        yield _("No appointments were noted as kept, so nothing is told in hours.")
    for one in spent:
        if price := _price(one):
            yield _("Euros are those hours at €%(euros)s an hour: %(source)s.") % price
            return
    yield _("No price of an hour is known, so nothing is told in euros.")


def _notes(spent: list[Json]) -> list[str]:
    return notes_told(
        note
        for one in spent
        for each in _estimates(one)
        for note in each.get("notes") or ()
    )
