"""The door of a page that opens with a link from a letter."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from trede.accounts.doors import DoorRequest
from trede.accounts.signing_in import address_of
from trede.contact.links import TooManyWrong, open_link
from trede.contact.models import PersonalLink

P = ParamSpec("P")
LinkView = Callable[Concatenate[DoorRequest, PersonalLink, P], HttpResponse]
TokenView = Callable[..., HttpResponse]


def through_link(purpose: str) -> Callable[[LinkView[P]], TokenView]:
    """For a view with `token` in its address: it gets the link, or a page that says
    in plain words that the link does not work (any more) and whom to call."""

    def wrap(view: LinkView[P]) -> TokenView:
        @wraps(view)
        def opened(
            request: DoorRequest, token: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            try:
                link = open_link(
                    token=token,
                    purpose=purpose,
                    at=request.at,
                    origin=address_of(request),
                )
            except TooManyWrong as refusal:
                return link_closed(request, 429, str(refusal.message))
            if link is None:
                return link_closed(request, 410)
            return view(request, link, *args, **kwargs)

        return never_cache(login_not_required(opened))

    return wrap


def link_closed(request: DoorRequest, status: int, message: str = "") -> HttpResponse:
    """In plain words that the link does not work (any more), and whom to call."""
    context = {"message": message}
    return render(request, "contact/link_closed.html", context, status=status)
