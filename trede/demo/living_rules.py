"""The rules of the living demo pilot: Nijmegen's, at work today."""

from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

from trede.pilots.reading import read_rules
from trede.pilots.rules import Rules

CODE = "samen-meedoen"
NAME = "Samen Meedoen"
CONSENT_TEXT = "samen-meedoen-1"
BEGAN = 330  # days ago


def living_rules(today: date) -> Rules:
    """One design, no halts, nothing retired, and every channel in use."""
    path = files("trede.pilots").joinpath("approaches", "nijmegen.toml")
    rules = read_rules(path.read_text(encoding="utf-8"))
    began = today - timedelta(days=BEGAN)
    paired = next(one for one in rules.designs if one.kind == "waiting_list")
    waves = tuple(
        replace(
            wave,
            retired_on=None,
            retired_reason=None,
            due=tuple(due for due in wave.due if due.design == paired.code),
        )
        for wave in rules.waves
    )
    ends = today + timedelta(days=500)
    return replace(
        rules,
        pilot=replace(rules.pilot, code=CODE, name=NAME, starts_on=began, ends_on=ends),
        designs=(replace(paired, from_on=began, until_on=None),),
        waves=waves,
        consent=replace(rules.consent, text_version=CONSENT_TEXT, by_design=()),
        amendments=(),
        circumstances=(),
        contact=replace(
            rules.contact,
            channels=tuple(
                replace(channel, from_on=None) for channel in rules.contact.channels
            ),
        ),
        retention=replace(
            rules.retention, pseudonym_key_until_on=ends + timedelta(days=365)
        ),
        report=replace(rules.report, withheld=()),
    )
