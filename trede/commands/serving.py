"""`trede run`: set up and serve.

Makes what is not there yet (secrets, database, demo pilots), and then serves. What was
made before is left alone, so that a second start takes seconds.
"""

import argparse
import gc
import os
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.template.loader import get_template
from django.urls import reverse
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

from trede.commands.entry import CannotDo
from trede.commands.secret_making import make_secrets
from trede.environment import ROOT

STEPS = 4
MOST_WORKERS = 8


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-demo", action="store_true")


def carry_out(options: argparse.Namespace) -> None:
    demo = not options.no_demo
    if demo and not is_loopback(options.host):
        raise CannotDo(
            "The demo lets everybody in without a password, so it is served on this"
            f" machine only, not on {options.host}. Use --no-demo for a real one."
        )
    prepare(demo)
    address = f"http://{options.host}:{options.port}/"
    say(4, f"ready: open {address}")
    print(how_to_sign_in(demo), flush=True)
    Server(options.host, options.port).run()


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def prepare(demo: bool) -> None:
    folder = Path(os.environ.get("TREDE_VAR", ROOT / "var"))
    secrets = folder / "trede.env"
    made = make_secrets(secrets)
    say(1, "secrets made for this machine" if made else "secrets are there")
    os.environ["TREDE_DEMO"] = "yes" if demo else "no"
    os.environ.setdefault("TREDE_HTTPS", "no" if demo else "yes")
    django.setup()
    call_command("migrate", verbosity=0)
    if made:
        refuse_new_secrets_for_old_data(secrets)
    call_command("collectstatic", interactive=False, verbosity=0)
    say(2, "database is up to date")
    if demo:
        fill_demo()


def refuse_new_secrets_for_old_data(made: Path) -> None:
    """As after a backup was put back without its secrets: what is written from now on
    would have other keys than what stands there, and nobody could read both."""
    # By name, because this module is read before Django is set up.
    if not import_string("trede.audit.verifying.begun_with_this_key")():
        made.unlink()
        raise CannotDo(
            "This database was begun with other secrets, which are not on this machine."
            f" Put its file trede.env back as {made} and start again (docs/beheer)."
        )


def fill_demo() -> None:
    """In a process of its own: the threads that typeset its letters do not live on in
    the server's workers, which are forks of this one, and would be waited for."""
    say(3, "the demo pilots; the first time that takes a few minutes")
    if subprocess.run([sys.executable, "-m", "trede", "demo"], check=False).returncode:
        raise CannotDo("The demo was not started.")


def say(step: int, what: str) -> None:
    print(f"[{step}/{STEPS}] {what}", flush=True)


def how_to_sign_in(demo: bool) -> str:
    if demo:
        return "Sign in: choose somebody of the cast on the page. Stop with Ctrl+C."
    return "Sign in with your e-mail address and password. Stop with Ctrl+C."


class Server(BaseApplication):
    """gunicorn with threads, in two processes for each core, all split off from one
    that has read everything: nobody waits because a process was not visited before.
    """

    def __init__(self, host: str, port: int) -> None:
        self.bind = f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        for name, value in (
            ("bind", self.bind),
            ("worker_class", "gthread"),
            ("workers", min(2 * (os.cpu_count() or 1), MOST_WORKERS)),
            ("threads", 4),
            ("preload_app", True),
            ("loglevel", "warning"),
        ):
            self.cfg.set(name, value)

    def load(self) -> Any:
        application = get_wsgi_application()
        read_every_view()
        compile_every_template()
        let_go_of_the_database()
        gc.freeze()  # What is shared stays so: a collection would write in all of it.
        return application


def read_every_view() -> None:
    reverse("account_login")  # Whichever address is asked, all are read for it.


def compile_every_template() -> None:
    for folder in (ROOT / "trede").rglob("templates"):
        for page in folder.rglob("*.html"):
            get_template(str(page.relative_to(folder)))


def let_go_of_the_database() -> None:
    """A process split off may not speak on its parent's lines, and does not have the
    threads that look after them: on PostgreSQL it would wait for one for ever."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, PostgreSQL):
            connection.close_pool()
