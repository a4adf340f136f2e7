"""Somebody of the cast walks along every page that can be found from the first page.

One page of each kind is opened; of every form on it the door must be open to the same
person.
"""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.conf import settings as live
from django.test import Client
from django.urls import Resolver404, resolve

from trede.accounts.models import Staff
from trede.accounts.permissions import DOORS, Reach

LINK = re.compile(r'<a\b[^>]*\shref="([^"#][^"]*)"')
FORM = re.compile(r"<form\b([^>]*)>")
ACTION = re.compile(r'\saction="([^"]*)"')
METHOD = re.compile(r'\smethod="post"', re.IGNORECASE)


def kind(address: str) -> tuple[str, tuple[str, ...]]:
    """Pages of one kind: the same door, asked with the same words."""
    parts = urlsplit(address)
    asked = sorted(pair.split("=")[0] for pair in parts.query.split("&") if pair)
    try:
        return resolve(parts.path).view_name, tuple(asked)
    except Resolver404:
        return parts.path, tuple(asked)


def is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return (
        not parts.scheme and not parts.netloc and not parts.path.startswith("/static")
    )


class Walk:
    def __init__(self, staff: Staff) -> None:
        self.staff, self.client = staff, Client()
        self.client.force_login(staff, live.AUTHENTICATION_BACKENDS[1])
        self.seen: set[tuple[str, tuple[str, ...]]] = set()
        self.queue = [("/", "/")]
        self.wrong: list[str] = []

    def go(self) -> None:
        while self.queue:
            address, found_on = self.queue.pop()
            if kind(address) not in self.seen:
                self.seen.add(kind(address))
                self.open(address, found_on)

    def open(self, address: str, found_on: str) -> None:
        answer = self.client.get(address)
        if answer.status_code >= 400:
            self.wrong.append(f"{found_on} links to {address}: {answer.status_code}")
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return
        if answer.status_code in (301, 302):
            self.queue.append((answer.headers["Location"], found_on))
            return
        page = answer.content.decode()
        links = (urljoin(address, unescape(one)) for one in LINK.findall(page))
        self.queue += [(link, address) for link in links if is_ours(link)]
        for form in FORM.findall(page):
            self.look_at_form(form, address)

    def look_at_form(self, form: str, address: str) -> None:
        if not METHOD.search(form):
            return
        action = ACTION.search(form)
        to = urljoin(address, unescape(action[1])) if action and action[1] else address
        door = DOORS[kind(to)[0]]
        if not door.link and door.reach_of(self.staff.roles) == Reach.NOBODY:
            self.wrong.append(f"{address} has a form for {to}, which is shut")
