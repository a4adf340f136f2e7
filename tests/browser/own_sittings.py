"""A sitting for one journey alone, so that no journey hangs on the one before."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

ROOT = Path(__file__).parents[2]
GRANT = "from tests.browser.making_sittings import grant_wishes; grant_wishes()"
SHELL = [sys.executable, "manage.py", "shell", "-v", "0", "-c", GRANT]


@dataclass(frozen=True)
class Handed:
    """A device that was handed over: what a browser needs to be that device."""

    page: str  # of the coach
    start: str
    cookie: dict[str, str]

    def question(self, code: str) -> str:
        return f"{self.start}vraag/{code}/"

    def be(self, context: BrowserContext, site: str) -> None:
        context.add_cookies([{**self.cookie, "url": site}])


@dataclass(frozen=True)
class Maker:
    beside_the_server: subprocess.Popen[str]

    def prepared(self, **wish: object) -> str:
        """The address of the coach's page of a sitting that is got ready."""
        return str(self._wish("prepare", **wish)["page"])

    def handed(self, **wish: object) -> Handed:
        return Handed(**self._wish("hand over", **wish))

    def answers(self, page: str) -> list[tuple[str, str]]:
        """What was kept of a sitting, by question, in the order in which it counts."""
        return [(question, said) for question, said in self._wish("answers", page=page)]

    def _wish(self, what: str, **more: object):
        wishes, grants = self.beside_the_server.stdin, self.beside_the_server.stdout
        assert wishes
        assert grants
        wishes.write(json.dumps({"wish": what, **more}) + "\n")
        wishes.flush()
        return json.loads(grants.readline())


@pytest.fixture(scope="package")
def make(site: str, demo_folder: Path) -> Iterator[Maker]:
    mine = {
        "DJANGO_SETTINGS_MODULE": "trede.settings",
        "TREDE_DEMO": "yes",
        "TREDE_HTTPS": "no",
        "TREDE_VAR": str(demo_folder),
    }
    clean = {name: value for name, value in os.environ.items() if "TREDE" not in name}
    with subprocess.Popen(
        SHELL,
        cwd=ROOT,
        env=clean | mine,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as beside_the_server:
        yield Maker(beside_the_server)
