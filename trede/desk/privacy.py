"""What the privacy officer sees of one person: consents, files, who looked.

Nothing of the guidance itself. Who looked is told from the audit trail, newest first.
"""

from django.db.models import QuerySet
from django.utils import timezone

from trede.accounts import trail_words
from trede.accounts.doors import StaffRequest
from trede.accounts.models import Staff
from trede.accounts.trail_views import addresses
from trede.audit.models import Line, Mention
from trede.people.consenting import standing_decisions
from trede.people.models import Person
from trede.people.pages import about

SHOWN = 20


def privacy_view(request: StaffRequest, person: Person) -> dict[str, object]:
    staff = Staff.objects.filter(municipality=person.municipality_id).in_bulk()
    return about(request, person, "desk:person") | {
        "decisions": standing_decisions(person),
        "files": person.files.all().kept(),
        "looks": [
            {
                "at": timezone.localtime(line.at),
                "who": trail_words.who(line, staff),
                "what": trail_words.what(line, addresses()),
            }
            for line in _lines_about(person)[:SHOWN]
        ],
    }


def _lines_about(person: Person) -> QuerySet[Line]:
    mentions = Mention.objects.filter(person_id=person.pk)
    lines = Line.objects.filter(municipality_id=person.municipality_id)
    return lines.filter(pk__in=mentions.values("line_id")).order_by("-sequence")
