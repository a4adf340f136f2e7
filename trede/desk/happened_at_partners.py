"""What happened with partners, on the timeline of a person: each step of an onward
referral, what the partner told, and what was noted of a placement."""

from collections.abc import Iterator

from trede.desk.casework import Casework
from trede.desk.timeline import Entry, Kind


def partners(work: Casework) -> Iterator[Entry]:
    for onward in work.onwards:
        for told in onward.history:
            yield Entry(
                Kind.PARTNER,
                told.on,
                told.at,
                "heart-handshake",
                f"{told.title}: {onward.referral.where}",
                told.words,
                by=told.by,
            )
