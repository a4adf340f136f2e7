"""Acts that begin at the same moment, each over a connection of its own.

On PostgreSQL they run beside each other and meet at the rows they lock; on SQLite they
wait for each other's whole transaction. Either way nothing may be lost or done twice.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from trede.accounts.refusing import Refused
from trede.people.registering import Stale

AT_ONCE = 4
Act = Callable[[], object]


def at_once(*acts: Act) -> list[object]:
    """What each act gave, or the refusal that it met; any other mistake is raised."""
    start = Barrier(len(acts))

    def carried_out(act: Act) -> object:
        try:
            start.wait(timeout=60)
            return act()
        except (Refused, Stale) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(carried_out, acts))


def several(act: Act) -> list[object]:
    """The same act, by several at once."""
    return at_once(*[act] * AT_ONCE)


def refusals(results: list[object]) -> list[Refused | Stale]:
    return [one for one in results if isinstance(one, Refused | Stale)]
