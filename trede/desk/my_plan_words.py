"""The words of Mijn plan, in the language that the person reads.

They stand in a file, as those of the letters do, so that a municipality can put its own
in their place and a translator can add a language.
"""

from dataclasses import dataclass
from pathlib import Path

TEXT = Path(__file__).parent / "plan_texts" / "plan.toml"


@dataclass(frozen=True, kw_only=True)
class PlanWords:
    title: str
    goals: str
    no_goals: str
    steps: str
    done: str
    busy: str
    planned: str
    together: str
    alone: str
    strengths: str
    small_steps: str
    manner: str
    weekly: str
    fortnightly: str
    monthly: str
    seldom: str
    rather_not: str
    next: str
    when: str
    no_next: str
    interpreter: str
    change: str
    helps: str
    my_coach: str
    call: str
    kept: str
    details: str
    contacts: str
    meetings: str
    letters: str
    own_goals: str
    around: str
    ladder: str
    notes: str
    consents: str
    answers: str
    copy: str
    looked: str
    nobody: str
    role_own: str
    role_coach: str
    role_coordinator: str
    role_privacy_officer: str
    role_referrer: str
    role_other: str
    stop: str
    stop_words: str
    stop_here: str
    paper: str
    scan: str
    picture: str
    only_yours: str
    by_machine: str
    # Without these, as in an older text of a municipality, they are not told.
    coach_calm: str = ""
    coach_active: str = ""
    coach_outdoors: str = ""
    coach_group: str = ""
