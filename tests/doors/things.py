"""What stands behind the doors: for every kwarg of a URL, whose thing it is.

Each app has a file `things_<app>.py` beside this one with

    def add(cast: Cast, things: Things) -> None:
        things["own"]["person_id"] = ...        # Sanne's (a referral: Rik's)
        things["colleague"]["person_id"] = ...  # Willem's, in the same municipality
        things["elsewhere"]["person_id"] = ...  # of the other municipality

Tokens of links need nothing: a door with a link is tried with a token that is wrong.
"""

from importlib import import_module
from pathlib import Path

from tests.cast import Cast
from trede.accounts.models import Municipality

OWNERS = ("own", "colleague", "elsewhere")
Things = dict[str, dict[str, object]]


def things(cast: Cast) -> Things:
    found: Things = {owner: {} for owner in OWNERS}
    for path in sorted(Path(__file__).parent.glob("things_*.py")):
        import_module(f"tests.doors.{path.stem}").add(cast, found)
    # A pilot may ask for a second step at sign-in, which would shut every other door.
    Municipality.objects.update(second_step_roles=[])
    return found
