"""Walking up to every door: all addresses of the platform, and how one knocks."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.doors.things import Things
from trede.accounts.models import Staff
from trede.accounts.permissions import DOORS, Door

TOKENS = ("token",)
BOGUS = "no-such-token-0123456789"


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    kwargs: tuple[str, ...]

    @property
    def door(self) -> Door:
        return DOORS[self.name]


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", "/", ()))


def _walk(
    patterns: list[URLPattern | URLResolver],
    space: str,
    before: str,
    kwargs: tuple[str, ...],
) -> Iterator[Address]:
    for pattern in patterns:
        here = kwargs + tuple(pattern.pattern.converters)
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, space + inner, route, here)
        else:
            yield Address(f"{space}{pattern.name}", route, here)


def url_of(address: Address, things: Things, owner: str, *, token: str = BOGUS) -> str:
    given = things[owner] | dict.fromkeys(TOKENS, token)
    url = reverse(address.name, kwargs={name: given[name] for name in address.kwargs})
    if address.kwargs:
        return url
    # A list that could be asked of another town's pilot; a file that can be read.
    return f"{url}?pilot={things['elsewhere']['pilot_code']}&als=csv"


def visitor(staff: Staff | None) -> Client:
    client = Client(raise_request_exception=True)
    if staff is not None:
        client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


def _turned_away(answer: HttpResponseBase, address: Address) -> str | None:
    """A redirect that looks like an open door and is none."""
    to = answer.headers.get("Location", "")
    if to.startswith("/aanmelden/?next="):
        return "sent to the sign-in page"
    if to.startswith("/mijn-account/") and address.door.purpose != "signing in":
        return "sent to set up the account first"
    return None


def _shown(answer: HttpResponseBase, hidden: Collection[str]) -> str | None:
    """A word on the page, or in the file, that is not for whoever asked."""
    content = answer.content if hasattr(answer, "content") else answer.getvalue()
    return next((f"shows {word}" for word in hidden if word.encode() in content), None)


def knock(
    client: Client,
    address: Address,
    url: str,
    *,
    method: str = "",
    hidden: Collection[str] = (),
) -> int | str:
    """The status one meets; whatever the visit changed is put back."""
    cookies = client.cookies.copy()
    try:
        with transaction.atomic():
            answer = getattr(client, (method or address.door.method).lower())(url)
            if hasattr(answer, "render") and not answer.is_rendered:
                answer.render()
            wrong = _turned_away(answer, address) or _shown(answer, hidden)
            transaction.set_rollback(True)
            return wrong or int(answer.status_code)
    except Exception as problem:  # whatever it is, the door is named with it
        return f"{type(problem).__name__}: {problem}"
    finally:
        client.cookies = cookies
