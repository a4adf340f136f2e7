"""What the commands on a pilot's file share: reading it, with every mistake named."""

from pathlib import Path

from trede.commands.entry import CannotDo
from trede.pilots.mistakes import RulesRefused
from trede.pilots.models import Pilot
from trede.pilots.reading import read_file
from trede.pilots.rules import Rules


def read(path: Path) -> tuple[str, Rules]:
    """The text and the rules of a file."""
    if not path.is_file():
        raise CannotDo(f"There is no file {path}. Check the name and the folder.")
    content = path.read_bytes()
    try:
        rules = read_file(content)
    except RulesRefused as refusal:
        raise CannotDo(
            "\n".join(f"{path.name}, {mistake}" for mistake in refusal.mistakes)
        ) from refusal
    return content.decode("utf-8-sig"), rules


def pilot_named(code: str) -> Pilot:
    pilot = Pilot.objects.filter(code=code).select_related("municipality").first()
    if pilot is None:
        known = ", ".join(Pilot.objects.values_list("code", flat=True)) or "none yet"
        raise CannotDo(f"There is no pilot {code}. The pilots here: {known}.")
    return pilot
