"""Mijn plan as a sheet of paper, in the person's language, with their own link on it.

The sheet is kept as it was handed over. Who looked and what is kept changes every day:
that stands on the page behind the link.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trede.accounts.acting import Actor
from trede.contact.appointment_words import when_told
from trede.contact.letter_texts import Specimen, letter_of
from trede.contact.letters import make_letter
from trede.contact.links import make_link
from trede.contact.models import Letter
from trede.contact.specimens import nobody, page_of_nobody
from trede.desk.my_plan import MyPlan, my_plan
from trede.desk.my_plan_words import TEXT, PlanWords
from trede.documents.translated import Said, long_date
from trede.documents.typesetting import qr_code, typeset
from trede.formats.telephone import telephone_shown
from trede.languages import language_of
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.trajectories.models import Step
from trede.trajectories.showing import MARKS

Told = dict[str, object]
# The number of the coach stands on it after closing too.
DAYS_AFTER_PILOT = 365


def make(
    *,
    person: Person,
    pilot: Pilot,
    address: Callable[[str], str],
    by: Actor,
    at: datetime,
) -> Letter:
    """`address` makes of a token the whole address of the page."""
    rules = rules_of(pilot, timezone.localdate(at))
    left = (rules.pilot.ends_on - timezone.localdate(at)).days
    said = letter_of(PlanWords, TEXT, person.language_read, rules)
    with transaction.atomic():
        token = make_link(
            person=person,
            pilot=pilot,
            purpose="plan",
            days=max(left, 0) + DAYS_AFTER_PILOT,
            by=by,
            at=at,
        )
        plan = my_plan(person, pilot, at)
        return make_letter(
            person=person,
            pilot=pilot,
            kind=Letter.Kind.PLAN,
            pdf=pdf(content(person, pilot, plan, said, address(token), at)),
            by=by,
            at=at,
        )


def specimen(of: Specimen) -> dict[str, object]:
    """The sheet as it is printed, for nobody, before anything is planned."""
    empty = MyPlan(goals=[], meeting=None, coach=of.by, kept={}, looks=[])
    said = letter_of(PlanWords, TEXT, of.language, rules_of(of.pilot))
    return content(nobody(of), of.pilot, empty, said, page_of_nobody(), of.at)


def pdf(said: dict[str, object]) -> bytes:
    return typeset("my_plan", said)


def content(
    person: Person,
    pilot: Pilot,
    plan: MyPlan,
    said: Said[PlanWords],
    address: str,
    at: datetime,
) -> dict[str, object]:
    """What `my_plan.typ` takes."""
    rules, today = rules_of(pilot), timezone.localdate(at)
    words = said.filled(
        coach=plan.coach.name if plan.coach else rules.pilot.municipality,
        telephone=telephone_of(plan, person, rules),
    )
    return {
        "language": said.language,
        "direction": language_of(said.language).direction,
        "made_on": today.isoformat(),
        "municipality": f"Gemeente {rules.pilot.municipality}",
        "footer": f"Gemeente {rules.pilot.municipality}",
        "name": person.full_name,
        "day": long_date(today, said.language),
        "goals": goals_told(plan, words, today),
        "around": around_told(plan, said, rules),
        "meeting": meeting_told(plan, said, rules),
        "coach": plan.coach.name if plan.coach else rules.pilot.name,
        "telephone": telephone_of(plan, person, rules),
        "page": {
            "address": address,
            "qr": qr_code(address),
            "alt": words.picture,
            "scan": words.scan,
        },
        "by_machine": said.status == "machine",
        "words": vars(words),
    }


def telephone_of(plan: MyPlan, person: Person, rules: Rules) -> str:
    own = plan.coach.telephone if plan.coach else ""
    town = person.municipality.help_telephone
    return telephone_shown(own or town or rules.pilot.help_telephone)


def goals_told(plan: MyPlan, words: PlanWords, on: date) -> list[dict[str, object]]:
    states = {
        Step.State.DONE: words.done,
        Step.State.BUSY: words.busy,
        Step.State.PLANNED: words.planned,
    }
    return [
        {
            "words": goal.words,
            "steps": [
                {
                    "words": step.words,
                    "state": states[Step.State(step.state)],
                    "mark": MARKS[Step.State(step.state)],
                    "who": words.together if step.together else words.alone,
                    "day": _day_told(step, on),
                }
                for step in goal.steps.all()
            ],
        }
        for goal in plan.goals
    ]


def _day_told(step: Step, on: date) -> str:
    """“Later” beside a day that has passed would be odd, and a reproach."""
    day = step.planned_on
    if day is None or (step.state == Step.State.PLANNED and day < on):
        return ""
    return f"{day:%d-%m-%Y}"


def around_told(plan: MyPlan, said: Said[PlanWords], rules: Rules) -> Told:
    """What goes well, small steps with their day, and how this person likes it."""
    around, words = plan.around, said.text
    strengths = around.strengths if around else []
    steps = around.small_steps if around else []
    told: Told = {
        "strengths": [one.words for one in strengths],
        "small_steps": [
            {"words": one.words, "day": f"{one.on:%d-%m-%Y}"} for one in steps
        ],
        "manner": [],
        "rather_not": "",
    }
    if around and around.liked:
        manner = around.liked[0].manner
        labels = {one.code: one.label for one in rules.locations}
        labels |= {str(one.code): one.label for one in rules.contact.channels}
        named = [labels.get(code, code) for code in (manner.place, manner.channel)]
        often = getattr(words, manner.often) if manner.often else ""
        coach = getattr(words, f"coach_{manner.coach}") if manner.coach else ""
        liked = (often, *(_in(said, name) for name in named), coach)
        told["manner"] = [one for one in liked if one]
        told["rather_not"] = manner.avoid
    return told


def _in(said: Said[PlanWords], label: str) -> str:
    """A word of the pilot in the language of the person, where that is known."""
    return (said.words.of(label) if said.words else "") or label


def meeting_told(
    plan: MyPlan, said: Said[PlanWords], rules: Rules
) -> dict[str, str] | None:
    one = plan.meeting
    if one is None:
        return None
    known = {place.code: place.label for place in rules.locations}
    label = known.get(one.location, one.location)
    return {
        "when": when_told(one.starts_at, said),
        "place": _in(said, label),
        "with": one.staff.name,
        "interpreter": said.text.interpreter if one.interpreter_booked_at else "",
    }
