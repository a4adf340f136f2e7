"""One filled demo, served for all journeys; a Chromium; and somebody of the cast.

The journeys speak to the platform over HTTP only. The cast of the demo stands in
`SignIn`; each journey takes people of its own, or a sitting (`make`), so that the order
does not matter.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Some of it for all journeys to ask for.
from tests.browser.cut_off import begin as begin
from tests.browser.looking import DESK
from tests.browser.looking import TELEPHONE as TELEPHONE
from tests.browser.own_sittings import make as make

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ONE = re.compile(r'name="staff" value="(\d+)">.*?class="strong">(\w+)', re.DOTALL)
OURS = "x" * 32  # any will do, the same in the cookie and in what is sent
PATIENCE = 300  # seconds for filling, on two busy cores

SignIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what is served keeps its secrets and its database."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="package")
def site(demo_folder: Path) -> Iterator[str]:
    """The address of the living demo pilot, filled as of today."""
    folder = demo_folder
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {
        name: value for name, value in os.environ.items() if "TREDE" not in name
    } | {"DJANGO_SETTINGS_MODULE": "trede.settings"}
    log = folder / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.serving_demo", folder, str(port)],
            cwd=ROOT,
            env=clean,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(server, address, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert "Internal Server Error" not in log.read_text(), log.read_text()[-3000:]


def wait_until_it_answers(
    server: subprocess.Popen[bytes], address: str, log: Path
) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/aanmelden/", timeout=20):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"The demo is not served: {log.read_text()[-3000:]}")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Install the package chromium, or choose -m 'not browser'."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a fresh browser window; a script error in it fails the journey."""
    contexts, wrong = [], []

    def open_page(**options: object) -> Page:
        context = chromium.new_context(
            base_url=site, locale="nl-NL", **({"viewport": DESK} | options)
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda line: (
                wrong.append(line.text) if "Security Policy" in line.text else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong, wrong


@pytest.fixture(scope="package")
def numbers(site: str) -> dict[str, str]:
    """By first name: by which number the sign-in page knows somebody of the cast."""
    with urllib.request.urlopen(f"{site}/aanmelden/") as page:
        return {name: number for number, name in ONE.findall(page.read().decode())}


@pytest.fixture
def sign_in(opened: Callable[..., Page], site: str, numbers: dict[str, str]) -> SignIn:
    """As one of the cast, by first name: `sign_in("Sanne", viewport=TELEPHONE)`.

    Sends what the button of the sign-in page sends, without drawing that page each
    time: `test_coach.py` goes in by the button.
    """

    def as_one_of_the_cast(name: str, **options: object) -> Page:
        page = opened(**options)
        page.context.add_cookies([{"name": "csrftoken", "value": OURS, "url": site}])
        sent = {"csrfmiddlewaretoken": OURS, "next": "/", "staff": numbers[name]}
        page.request.post("/aanmelden/demo/", form=sent, max_redirects=0)
        page.goto("/")
        assert page.url == f"{site}/"
        return page

    return as_one_of_the_cast
