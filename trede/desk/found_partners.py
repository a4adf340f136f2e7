"""Partners whose name is searched for, beside people: in use, and not too many."""

from trede.accounts.doors import StaffRequest
from trede.accounts.visibility import seen
from trede.inflow.reading.values import fold
from trede.partners.finding import words
from trede.partners.models import Organisation
from trede.people.blind_index import SHORTEST
from trede.people.pages import may_open

MOST = 10


def partners_named(request: StaffRequest, text: str) -> list[Organisation]:
    wish = words(text)
    short = all(len(form) < SHORTEST for forms in wish for form in forms)
    if short or not may_open(request, "partners:organisation"):
        return []
    rows = seen(request, Organisation.objects.filter(out_of_use_on=None))
    named = rows.only("name", "kind", "quarter").order_by("name", "pk")
    found = (
        one
        for one in named
        if all(any(form in fold(one.name) for form in forms) for forms in wish)
    )
    return list(found)[:MOST]
