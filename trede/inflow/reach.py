"""Who on the target list was reached, and who was not.

The list was neither complete nor current, and nobody should conclude from those who
were spoken to about those who were not. Reached is: spoken to at least once, by
whatever channel, or seen at an intake. Here are only counts; intervals and disclosure
control come with the reports.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.contact.models import ContactMoment
from trede.inflow.models import Candidate, Intake, ListRow, ListUpload
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules

Label = str | Promise
UNKNOWN = "unknown"
# Years on benefit: from, and up to but not including.
YEARS = ((0, 2), (2, 5), (5, 10), (10, 200))


@dataclass(frozen=True)
class ReachRow:
    code: str
    label: Label
    n: int
    reached: int

    @property
    def missed(self) -> int:
        return self.n - self.reached

    @property
    def share(self) -> float | None:
        return 100 * self.reached / self.n if self.n else None


@dataclass(frozen=True)
class ReachPart:
    """The list divided by one feature; the rows add up to the whole list."""

    code: str
    label: Label
    rows: tuple[ReachRow, ...]


@dataclass(frozen=True)
class ReachTable:
    on: date
    n: int
    reached: int
    parts: tuple[ReachPart, ...]

    @property
    def share(self) -> float | None:
        return 100 * self.reached / self.n if self.n else None


@dataclass(frozen=True)
class Listed:
    """Of one person on the list no more than the table needs."""

    sex: str
    birth_year: int | None
    country: str
    quarter: str
    benefit_since: str
    reached: bool


# Where a candidate's row holds all of that but the last.
FIELDS = (
    *("person__sex", "person__birth_year", "person__birth_country"),
    *("person__quarter", "benefit_since_on"),
)
Coder = Callable[[Listed], str]
Options = list[tuple[str, Label]]


@dataclass(frozen=True)
class Feature:
    """By what the list is divided; `ordered` says that its options lie in an order, but
    for the last, which is of whom it is not known."""

    code: str
    label: Label
    options: Options
    coder: Coder
    ordered: bool = False


def reach(*, pilot: Pilot, on: date) -> ReachTable:
    """The table as it stood at the end of a day."""
    rules = rules_of(pilot, on)
    listed = list(_listed(pilot, rules, on))
    quarters = {one.quarter for one in listed}
    parts = tuple(_part(each, listed) for each in features(rules, on, quarters))
    reached = sum(one.reached for one in listed)
    return ReachTable(on, len(listed), reached, parts)


def features(rules: Rules, on: date, quarters: Iterable[str]) -> tuple[Feature, ...]:
    """`quarters`: those that anybody on the list lives in."""
    places, years = _place_coder(rules), _years_coder(on)
    return (
        Feature("sex", _("Sex"), _sexes(), lambda one: one.sex),
        Feature("age", _("Age"), _ages(rules), _age_coder(rules, on), ordered=True),
        Feature("origin", _("Born in"), _places(rules), places),
        Feature("quarter", _("Quarter"), _quarters(quarters), _quarter),
        Feature("years", _("Years on benefit"), _years(), years, ordered=True),
    )


def words_of_list(rules: Rules) -> dict[str, tuple[str, dict[str, str]]]:
    """What each feature is called, and each of its options that has another name than
    its code."""
    every = features(rules, rules.pilot.starts_on, ())
    return {
        each.code: (str(each.label), {key: str(name) for key, name in each.options})
        for each in every
    }


def _listed(pilot: Pilot, rules: Rules, on: date) -> Iterable[Listed]:
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    codes = [one.code for one in rules.contact.outcomes if one.reached]
    spoken = ContactMoment.objects.standing().filter(
        person=OuterRef("person"), pilot=pilot, outcome__in=codes, at__lt=end
    )
    intake = Intake.objects.filter(candidate=OuterRef("pk"), began_at__lt=end)
    stood = ListRow.objects.filter(
        candidate=OuterRef("pk"),
        upload__state=ListUpload.State.CONFIRMED,
        upload__confirmed_at__lt=end,
    )
    rows = (
        Candidate.objects.filter(Exists(stood), pilot=pilot)
        .filter(person__merged_into=None)
        .annotate(spoken=Exists(spoken), seen=Exists(intake))
    )
    for *known, spoken_to, seen in rows.values_list(*FIELDS, "spoken", "seen"):
        yield Listed(*(*known, spoken_to or seen))


def _part(feature: Feature, listed: list[Listed]) -> ReachPart:
    counts = {key: [0, 0] for key, _label in feature.options}
    for one in listed:
        cell = counts[feature.coder(one)]
        cell[0] += 1
        cell[1] += one.reached
    rows = (ReachRow(key, name, *counts[key]) for key, name in feature.options)
    # What nobody on the list has says nothing; it is left out.
    return ReachPart(feature.code, feature.label, tuple(row for row in rows if row.n))


def _sexes() -> Options:
    return [(code, label) for code, label in Person.Sex.choices]


def _ages(rules: Rules) -> Options:
    bands = rules.report.masking.age_bands
    named = [(one.code, _span(one.from_age, one.to_age)) for one in bands]
    return [
        *named,
        ("other", pgettext_lazy("age", "another age")),
        (UNKNOWN, pgettext_lazy("age", "unknown")),
    ]


def _age_coder(rules: Rules, on: date) -> Coder:
    def code(one: Listed) -> str:
        if one.birth_year is None:
            return UNKNOWN
        age = on.year - one.birth_year
        for band in rules.report.masking.age_bands:
            if band.from_age <= age <= (band.to_age or age):
                return band.code
        return "other"

    return code


def _places(rules: Rules) -> Options:
    masking = rules.report.masking
    return [
        *((one.code, one.said) for one in masking.places),
        ("elsewhere", masking.elsewhere),
        (UNKNOWN, pgettext_lazy("country", "unknown")),
    ]


def _place_coder(rules: Rules) -> Coder:
    places = {
        country: one.code
        for one in rules.report.masking.places
        for country in one.countries
    }
    return lambda one: places.get(one.country, "elsewhere") if one.country else UNKNOWN


def _quarters(named: Iterable[str]) -> Options:
    known = sorted(filter(None, named))
    unknown = pgettext_lazy("quarter", "unknown")
    return [*((one, one) for one in known), (UNKNOWN, unknown)]


def _quarter(one: Listed) -> str:
    return one.quarter or UNKNOWN


def _years() -> Options:
    named = [(str(low), _span(low, high - 1)) for low, high in YEARS[:-1]]
    last = (str(YEARS[-1][0]), _span(YEARS[-1][0], None))
    return [*named, last, (UNKNOWN, pgettext_lazy("years", "unknown"))]


def _years_coder(on: date) -> Coder:
    def code(one: Listed) -> str:
        year = one.benefit_since[:4]
        if not year.isdigit() or not 0 < int(year) <= on.year:
            return UNKNOWN
        passed = _whole_years(one.benefit_since, on)
        return next(str(low) for low, high in YEARS if passed < high)

    return code


def _whole_years(since: str, on: date) -> int:
    """Of an incomplete date the year counts, and the month where it is known."""
    this_day = f"{on:%m-%d}"
    not_yet = len(since) == 10 and since[5:] > this_day
    return on.year - int(since[:4]) - not_yet


def _span(low: int, high: int | None) -> str:
    return f"{low}–{high}" if high is not None else f"{low}+"
