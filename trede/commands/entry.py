"""The command line's front door: finds the command, reports plainly, says how it went.

Exit status 0 means done, 1 that the input was refused (the reason stands on standard
error), 2 wrong use. A command's module has `declare(parser)` and `carry_out(options)`;
it is imported only when called, because Django must be set up first.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

import django
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from trede.commands.secret_making import use_throwaway_secrets


@dataclass(frozen=True)
class Command:
    words: tuple[str, ...]
    does: str
    module: str
    needs_django: bool = True
    # Looks at one file and at nothing that is stored: works on any machine.
    needs_secrets: bool = True


COMMANDS = (
    Command(("run",), "set up and serve", "serving", needs_django=False),
    Command(("demo",), "fill the demo pilots", "demo_fill"),
    Command(
        ("pilot", "check"),
        "look a pilot's file over",
        "pilot_check",
        needs_secrets=False,
    ),
    Command(("pilot", "load"), "load a pilot's file", "pilot_load"),
    Command(("pilot", "export"), "print a pilot's file", "pilot_export"),
    Command(("dataset",), "export pseudonymised data", "dataset_export"),
    Command(("report",), "print a report", "report_print"),
    Command(("administrator",), "employ the first one", "first_administrator"),
    Command(("rotate-keys",), "encrypt anew under the newest key", "keys_rotation"),
    Command(("list", "check"), "read and judge a target list", "list_check"),
    Command(("list", "import"), "read a target list in", "list_import"),
    Command(
        ("questionnaire", "check"),
        "look at an instrument",
        "questionnaire_check",
        needs_secrets=False,
    ),
    Command(("questionnaire", "import"), "store an instrument", "questionnaire_import"),
    Command(("questionnaire", "export"), "write an instrument", "questionnaire_export"),
    Command(
        ("evaluate",), "estimate changes or effects", "evaluate", needs_django=False
    ),
    Command(
        ("synthesise",),
        "put pilots' summaries together",
        "synthesise",
        needs_django=False,
    ),
    Command(
        ("plan",),
        "how many people a study takes",
        "plan",
        needs_django=False,
        needs_secrets=False,
    ),
    Command(("remind",), "remind people of questionnaires", "remind"),
    Command(("retention",), "destroy what is kept no longer", "retention"),
    Command(("audit", "verify"), "check the audit trail", "audit_verify"),
)


class CannotDo(Exception):
    """The input was refused; the message says what to do."""


class Once(argparse.Action):
    """Keeps the value of an option; said twice, one of both would be lost silently."""

    said = False

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        if option_string and self.said:
            parser.error(
                f"{option_string} stands there twice. Give it once; for another"
                " value, run the command again."
            )
        self.said = True
        setattr(namespace, self.dest, values)


def run(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in ("--help", "-h", "help"):
        return tell(overview())
    command, rest = recognise(arguments)
    if command is None:
        print(overview(), file=sys.stderr)
        return 2
    try:
        set_up(command)
    except ImproperlyConfigured as problem:
        print(problem, file=sys.stderr)
        return 1
    module = import_module(f"trede.commands.{command.module}")
    parser = argparse.ArgumentParser(
        prog=" ".join(("trede", *command.words)), description=command.does
    )
    parser.register("action", None, Once)
    module.declare(parser)
    options = parser.parse_args(rest)
    return answer(module.carry_out, options)


def set_up(command: Command) -> None:
    if not command.needs_secrets:
        use_throwaway_secrets()
    if command.needs_django:
        django.setup()


def with_django(module: str) -> ModuleType:
    """A part of a command that needs Django, where the rest of it does not.

    Nothing that is stored is opened: it works on a machine without secrets.
    """
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trede.settings")
        use_throwaway_secrets()
        django.setup()
    return import_module(f"trede.commands.{module}")


def recognise(arguments: Sequence[str]) -> tuple[Command | None, Sequence[str]]:
    for command in COMMANDS:
        length = len(command.words)
        if tuple(arguments[:length]) == command.words:
            return command, arguments[length:]
    return None, arguments


def answer(
    carry_out: Callable[[argparse.Namespace], Any], options: argparse.Namespace
) -> int:
    try:
        result = carry_out(options)
    except CannotDo as refusal:
        print(refusal, file=sys.stderr)
        return 1
    if result is not None:
        return tell(result if isinstance(result, str) else as_json(result))
    return 0


def tell(text: str) -> int:
    """Print; who reads only the beginning (`| head`) has what they asked for."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Python flushes once more when it stops, and would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def as_json(result: Any) -> str:
    return json.dumps(result, ensure_ascii=False, indent=2, default=str)


def overview() -> str:
    lines = ["usage: trede COMMAND ...", ""]
    lines += [f"  {' '.join(one.words):<22} {one.does}" for one in COMMANDS]
    return "\n".join(lines)
