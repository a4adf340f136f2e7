"""After a hand-over: the document for the successor, and the letter to the person."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.models import Staff
from trede.accounts.staff_views import StaffQuerySet
from trede.accounts.visibility import fetch
from trede.contact.letters import together
from trede.contact.sending import By, reachable_by
from trede.people.models import Responsibility
from trede.together import Part, ask
from trede.trajectories import hand_over_document
from trede.trajectories.hand_over_letter import (
    WHOM,
    NewCoach,
    of_hand_over,
    tell,
    to_tell,
    without_letter,
)
from trede.trajectories.models import HandOver

# Who was handed over longer ago knows by now.
RECENT = timedelta(days=30)


@never_cache
def document(request: StaffRequest, hand_over_id: int) -> HttpResponse:
    handed = fetch(request, HandOver.objects.select_related(*WHOM), hand_over_id)
    looked(request, handed.trajectory.person_id)
    content = hand_over_document.pdf(handed, request.at)
    return _file(content, f"{gettext('hand-over')}-{handed.on:%Y-%m-%d}")


def letter(request: StaffRequest, hand_over_id: int) -> HttpResponse:
    handed = fetch(request, HandOver.objects.select_related(*WHOM), hand_over_id)
    return _letters(request, [of_hand_over(handed)])


def letters(request: StaffRequest, staff_id: int) -> HttpResponse:
    giver = fetch(request, StaffQuerySet(Staff), staff_id)
    return _letters(request, untold_of(request, giver)["by_letter"])


def lately_changed(request: StaffRequest, giver: Staff) -> Part[Responsibility]:
    """To be asked, before `untold_of`."""
    return without_letter(giver, timezone.localdate(request.at) - RECENT)


def untold_of(
    request: StaffRequest,
    giver: Staff,
    changed: Part[Responsibility] | None = None,
) -> dict[str, list[NewCoach]]:
    """Who is to be told, by whether the post can bring it; `changed`, for who asked it
    with something else."""
    if changed is None:
        changed = lately_changed(request, giver)
        ask(changed)
    found: dict[str, list[NewCoach]] = {"by_letter": [], "otherwise": []}
    for one in to_tell(changed.found, giver, timezone.localdate(request.at)):
        posted = reachable_by(one.person, By.LETTER)
        found["by_letter" if posted else "otherwise"].append(one)
    return found


def _letters(request: StaffRequest, changes: list[NewCoach]) -> HttpResponse:
    """One PDF for the printer; each stands with its person, to be noted as sent."""
    made = tell(changes, by=request.actor, at=request.at)
    content = together(made, timezone.localdate(request.at))
    return _file(content, f"{gettext('letters')}-{request.at:%Y-%m-%d}")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
