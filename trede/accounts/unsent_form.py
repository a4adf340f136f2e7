"""A form that was sent after the session had ended waits for whoever filled it in.

What was typed is kept, encrypted, in the new session of the same browser until the
same member of staff has signed in again; then it is sent with one press, or dropped.
A colleague who signs in instead neither sees nor sends it. Files and passwords are not
kept.
"""

import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from trede.accounts.models import Staff
from trede.accounts.permissions import DOORS
from trede.accounts.session_cipher import cipher

_KEPT = "unsent_form"
_PURPOSE = "unsent form"
LONGEST = 50_000  # characters; nobody types more between two pages
_NOT_TYPED = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class UnsentForm:
    """`fields`: every name with its values, in the order of the page."""

    owner: int
    address: str
    page_before: str
    fields: dict[str, list[str]]

    @property
    def sentences(self) -> list[str]:
        """What was written in words; codes and numbers would say nothing here."""
        values = [value for many in self.fields.values() for value in many]
        return [value for value in values if " " in value.strip()]


def owner_of_ended_session(request: HttpRequest) -> int | None:
    """Whose session it was: its row stays for a while after its time is over."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    ended = Session.objects.filter(pk=key).first()
    number = ended.get_decoded().get(SESSION_KEY, "") if ended else ""
    return int(number) if str(number).isdecimal() else None


def keep(request: HttpRequest, *, owner: int | None, page_before: str) -> bool:
    """Whether the form that came with this request is kept for its owner."""
    if (
        owner is None
        or request.method != "POST"
        or request.FILES
        or _is_secret(request)
    ):
        return False
    fields = _typed(request.POST)
    form = UnsentForm(owner, request.get_full_path(), page_before, fields)
    words = json.dumps(asdict(form))
    if not fields or len(words) > LONGEST:
        return False
    request.session[_KEPT] = cipher(_PURPOSE).encrypt(words.encode()).decode()
    return True


def waiting_for(request: HttpRequest, staff: Staff) -> UnsentForm | None:
    """The form of this member of staff; one of somebody else is dropped unseen."""
    kept = request.session.get(_KEPT)
    if kept is None:
        return None
    form = UnsentForm(**json.loads(cipher(_PURPOSE).decrypt(kept)))
    if form.owner == staff.pk:
        return form
    drop(request)
    return None


def drop(request: HttpRequest) -> None:
    request.session.pop(_KEPT, None)


def _is_secret(request: HttpRequest) -> bool:
    """Passwords and codes are typed once more."""
    match = request.resolver_match
    door = DOORS.get(match.view_name) if match else None
    return door is None or door.purpose == "signing in"


def _typed(data: MultiValueDict[str, str]) -> dict[str, list[str]]:
    return {name: values for name, values in data.lists() if name not in _NOT_TYPED}
