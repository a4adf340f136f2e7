"""What comes with Trede is there for all; what a municipality made is its own."""

from dataclasses import replace

from tests.cast import AT, Cast
from tests.doors.things import Things
from trede.accounts.acting import SYSTEM
from trede.questionnaires.publishing import publish
from trede.questionnaires.shipped_files import shipped


def add(cast: Cast, things: Things) -> None:
    for owner, town in {
        "own": cast.here,
        "colleague": cast.here,
        "elsewhere": cast.elsewhere,
    }.items():
        made = publish(
            replace(shipped("short"), code=f"short_of_{town.code}"),
            by=SYSTEM,
            at=AT,
            municipality=town,
        )
        things[owner] |= {
            "code": made.code,
            "version": made.version,
            "language": "en",
        }
