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
from trede.people.models import Person
from trede.pilots.models import Pilot

OWNERS = ("own", "colleague", "elsewhere")
# What everybody is called, so that a page that shows too much is known by a word.
OF_SANNE, OF_WILLEM, ELSEWHERE = NAMES = ("Vansanne", "Vanwillem", "Vanelders")
Things = dict[str, dict[str, object]]


def things(cast: Cast) -> Things:
    found: Things = {owner: {} for owner in OWNERS}
    for path in sorted(Path(__file__).parent.glob("things_*.py")):
        import_module(f"tests.doors.{path.stem}").add(cast, found)
    far = Pilot.objects.get(pk=found["elsewhere"]["pilot_id"])
    found["elsewhere"]["pilot_code"] = far.code
    everybody = Person.objects.all()
    everybody.update(surname=OF_SANNE)
    theirs = {"responsibilities__staff": cast.willem}
    everybody.filter(responsibilities__ended_on=None, **theirs).update(
        surname=OF_WILLEM
    )
    everybody.filter(municipality=cast.elsewhere).update(surname=ELSEWHERE)
    # A pilot may ask for a second step at sign-in, which would shut every other door.
    Municipality.objects.update(second_step_roles=[])
    return found
