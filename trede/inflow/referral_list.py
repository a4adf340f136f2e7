"""Referrals, filtered by how far they are and by the way in; the newest first.

What is asked for stands in the address; the number on each filter is the number of
lines it gives. A referrer sees their own, and how far each is; nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.contact.models import ContactMoment
from trede.inflow.models import Referral, ReferralQuerySet
from trede.inflow.referral_words import STATUS_WORDS
from trede.inflow.referring import Status, in_status, status_of


@dataclass(frozen=True)
class Asked:
    status: str = ""
    channel: str = ""

    @property
    def address(self) -> str:
        query = {"stand": self.status, "weg": self.channel}
        return f"?{urlencode({key: said for key, said in query.items() if said})}"


def asked(query: QueryDict) -> Asked:
    status = query.get("stand", "")
    known = status if status in set(Status) else ""
    return Asked(known, query.get("weg", "")[:40])


class ReferralLines:
    """Of what somebody may see, `seen`, what is asked for."""

    def __init__(
        self, ask: Asked, seen: ReferralQuerySet, ways: Mapping[str, str]
    ) -> None:
        self.ask, self.ways = ask, ways
        since = ContactMoment.objects.standing().filter(
            person=OuterRef("candidate__person"),
            pilot=OuterRef("candidate__pilot"),
            at__gte=OuterRef("at"),
        )
        self.all = seen.annotate(contacted=Exists(since))

    @property
    def rows(self) -> ReferralQuerySet:
        found = self.all.filter(self._status(self.ask.status), self._channel)
        found = found.order_by("-at", "-pk")
        return found.select_related("candidate__person", "candidate__pilot", "referrer")

    def statuses(self) -> list[dict[str, Any]]:
        rows = self.all.filter(self._channel)
        counted = rows.order_by().aggregate(
            n_=Count("pk"),
            **{f"n_{one}": Count("pk", filter=in_status(one)) for one in Status},
        )
        every = pgettext("referrals", "All")
        named = {"": every} | {
            one.value: capfirst(str(STATUS_WORDS[one])) for one in Status
        }
        return [
            self._chip(label, counted[f"n_{code}"], replace(self.ask, status=code))
            for code, label in named.items()
        ]

    def channels(self) -> list[dict[str, Any]]:
        rows = self.all.filter(self._status(self.ask.status)).order_by("channel")
        counted = dict(rows.values_list("channel").annotate(Count("pk")))
        every = pgettext("referrals", "Every way in")
        found = [("", every, sum(counted.values()))]
        found += [(code, self.ways.get(code, code), n) for code, n in counted.items()]
        return [
            self._chip(label, n, replace(self.ask, channel=code))
            for code, label, n in found
        ]

    def filters(self) -> dict[str, list[dict[str, Any]]]:
        return {_("How far"): self.statuses(), _("Way in"): self.channels()}

    def _chip(self, label: str, n: int, ask: Asked) -> dict[str, Any]:
        current = ask == self.ask
        return {"label": label, "count": n, "url": ask.address, "current": current}

    def _status(self, status: str) -> Q:
        return in_status(Status(status)) if status else Q()

    @property
    def _channel(self) -> Q:
        return Q(channel=self.ask.channel) if self.ask.channel else Q()


def far(referral: Referral) -> Status:
    """How far a line of the list is."""
    return status_of(referral, contacted=bool(getattr(referral, "contacted", False)))
