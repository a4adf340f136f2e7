"""What a referrer hears of a referral: how far it is, in a word."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from trede.inflow.referring import Status

STATUS_WORDS: Mapping[Status, Promise] = {
    Status.RECEIVED: pgettext_lazy("referral", "received"),
    Status.CONTACTED: pgettext_lazy("referral", "contact sought"),
    Status.STARTED: pgettext_lazy("referral", "started"),
    Status.CLOSED: pgettext_lazy("referral", "closed"),
}
STATUS_MARKS: Mapping[Status, str] = {
    Status.RECEIVED: "wait",
    Status.CONTACTED: "part",
    Status.STARTED: "open",
    Status.CLOSED: "done",
}
