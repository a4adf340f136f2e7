"""A personal link in a message, made by the step of the journey that opens it.

A message that asks for something may carry a link. Who knows how such a link is made
registers here, from its `apps.py`, for the kind of message. Without a maker, or when it
makes none, the message says to call.
"""

from collections.abc import Callable
from datetime import datetime

from trede.accounts.acting import Actor
from trede.contact.models import Message

# The whole address, from https:// on; None for no link in this message.
LinkMaker = Callable[[Message, Actor, datetime], str | None]
_makers: dict[str, LinkMaker] = {}


def makes_links(kind: str, maker: LinkMaker) -> None:
    """`maker(message, by, at)` runs in the transaction that claims the message."""
    _makers[kind] = maker


def link_for(message: Message, *, by: Actor, at: datetime) -> str | None:
    maker = _makers.get(message.kind)
    return maker(message, by, at) if maker else None
