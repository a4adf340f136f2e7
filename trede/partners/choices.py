"""What a partner's page offers to choose from: the quarters and kinds of provision of
all pilots of the municipality."""

from dataclasses import dataclass
from datetime import date

from trede.accounts.models import Municipality
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import ActivityType


@dataclass(frozen=True)
class Known:
    quarters: dict[str, str]
    types: dict[str, ActivityType]

    def types_on(self, on: date) -> list[tuple[str, str]]:
        return [(one.code, one.label) for one in self.types.values() if one.exists(on)]

    def type_label(self, code: str) -> str:
        return self.types[code].label if code in self.types else code


def known_in(municipality: Municipality, on: date) -> Known:
    """Of all pilots together; the newest says what a code is called."""
    pilots = Pilot.objects.filter(municipality=municipality).prefetch_related("files")
    every = [rules_of(one, on) for one in pilots.order_by("pk")]
    return Known(
        {one.code: one.label for rules in every for one in rules.quarters},
        {one.code: one for rules in every for one in rules.activity_types},
    )
