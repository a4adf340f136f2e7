"""Small lists of invented people, and a pilot to read them into."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache

from tests.cast import Cast
from tests.inflow.reading.lists import BSNS
from tests.pilots.files import NIJMEGEN
from trede.accounts.acting import SYSTEM
from trede.accounts.models import Municipality
from trede.inflow import importing
from trede.inflow.models import Candidate, ListUpload
from trede.inflow.reading.values import passes_eleven_test
from trede.people.models import Person
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot

ON = date(2020, 2, 1)
AT = datetime(2020, 2, 1, 9, tzinfo=UTC)
LATER = AT + timedelta(days=5)
HEADER = (
    "BSN;Voornamen;Geslachtsnaam;Geboortedatum;Geboorteland;Telefoon;Wijk;"
    "Uitkering sinds;Datum vestiging NL;Laatste contact;Lopend traject;Statushouder"
)
FITS = "Marokko;06-12345678;Oost;01-01-2015;01-01-2000;01-01-2016;;nee"
AMINA = f"{BSNS[0]};Amina;Idrissi;01-02-1975;{FITS}"
HASSAN = f"{BSNS[1]};Hassan;Alaoui;05-06-1968;{FITS}"
FATMA = f"{BSNS[2]};Fatma;Yılmaz;07-08-1980;{FITS}"
WRONG = f"123456789;Wim;Fout;01-02-1975;{FITS}"


def as_list(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def make_pilot(town: Municipality, text: str = NIJMEGEN) -> Pilot:
    """One pilot for each town: a code is used once."""
    own = text.replace('code = "nijmegen"', f'code = "{town.code}"', 1)
    from_on = date(2020, 1, 1)
    pilot = load_pilot(
        text=own,
        municipality=town,
        reason="start",
        by=SYSTEM,
        at=AT,
        in_force_from=from_on,
    )
    # The file asks a second step of some roles; the tests sign in without.
    Municipality.objects.update(second_step_roles=[])
    return pilot


def uploaded(
    cast: Cast, pilot: Pilot, *rows: str, at: datetime = AT, by: str = "greet"
) -> ListUpload:
    return importing.upload(
        pilot=pilot,
        name="list.csv",
        content=as_list(*rows),
        reference_on=ON,
        by=cast.by(by),
        at=at,
    )


def confirmed(
    cast: Cast, pilot: Pilot, *rows: str, at: datetime = AT, by: str = "greet"
) -> ListUpload:
    upload = uploaded(cast, pilot, *rows, at=at, by=by)
    return importing.confirm(upload=upload, by=cast.by(by), at=at)


def named(surname: str) -> Person:
    found = [one for one in Person.objects.all() if one.surname == surname]
    assert len(found) == 1, f"{surname}: {len(found)}"
    return found[0]


def candidate(surname: str) -> Candidate:
    return named(surname).candidacies.get()


def sum_of(counts: dict[str, int]) -> int:
    names = ("new", "same", "changed", "duplicate", "to_check")
    return sum(counts[name] for name in names)


@cache
def bsns(number: int) -> Sequence[str]:
    candidates = (str(n) for n in range(999_990_000, 999_999_999))
    found = [one for one in candidates if passes_eleven_test(one)]
    return found[:number]
