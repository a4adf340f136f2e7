"""Which part of the waiting list is asked for, as it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.inflow.models import CandidateQuerySet
from trede.inflow.whose_people import means_a_coach, of_coach
from trede.pilots.models import Pilot

EVERYBODY, TODAY, LETTER, RESTING = "", "vandaag", "brief", "rust"
WORK = (TODAY, LETTER)
WHO: Mapping[str, str | Promise] = {
    TODAY: gettext_lazy("Due today"),
    EVERYBODY: pgettext_lazy("waiting list", "Everybody who waits"),
    LETTER: gettext_lazy("Letter is due"),
    RESTING: gettext_lazy("Left in peace"),
}


# Waits at least so many days.
SINCE: Mapping[str, str | Promise] = {
    "92": pgettext_lazy("waits", "Three months or longer"),
    "183": pgettext_lazy("waits", "Half a year or longer"),
    "366": pgettext_lazy("waits", "A year or longer"),
}
# How each filter is called in the address.
FILTERS = {"quarter": "wijk", "language": "taal", "coach": "coach", "since": "sinds"}


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    pilot: Pilot
    who: str = TODAY
    quarter: str = ""
    language: str = ""
    coach: str = ""
    since: str = ""

    def address(self, name: str, value: str) -> str:
        """The address of another choice; `wie` without a value is everybody."""
        now = self.but(name, value)
        query = {"pilot": now.pilot.code, "wie": now.who}
        filters = {said: getattr(now, one) for one, said in FILTERS.items()}
        return f"?{urlencode(query | {key: v for key, v in filters.items() if v})}"

    def but(self, name: str, value: str) -> "Asked":
        said = {one: getattr(self, one) for one in ("who", *FILTERS)}
        return Asked(self.pilot, **{**said, name: value})

    @property
    def unfiltered(self) -> "Asked":
        return Asked(self.pilot, self.who)

    def narrowed(self, rows: CandidateQuerySet, on: date) -> CandidateQuerySet:
        if self.quarter:
            rows = rows.filter(person__quarter=self.quarter)
        if self.language:
            rows = rows.filter(person__language=self.language)
        if self.coach:
            rows = of_coach(rows, self.coach)
        if self.since:
            rows = rows.filter(since_on__lte=on - timedelta(int(self.since)))
        return rows


def asked(query: QueryDict, pilot: Pilot) -> Asked:
    who, coach = query.get("wie", TODAY), query.get("coach", "")
    return Asked(
        pilot,
        who if who in WHO else TODAY,
        query.get("wijk", "")[:60],
        query.get("taal", "")[:8],
        coach if means_a_coach(coach) else "",
        since if (since := query.get("sinds", "")) in SINCE else "",
    )
