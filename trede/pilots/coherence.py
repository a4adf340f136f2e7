"""Do the rules of a pilot fit together?

Each check yields a complaint per mistake: codes that are used twice, references to
codes that do not exist, dates out of order, designs that leave a day uncovered, ages
that fall in no band. Checks look at meaning only; `shaping` has looked at each value.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from datetime import timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trede.pilots import coherence_of_final_report
from trede.pilots.coherence_of_study import (
    activity_types_run_forward,
    amendments_belong_to_designs,
    circumstances_do_not_overlap,
    consent_texts_belong_to_designs,
    designs_cover_the_pilot,
    designs_say_what_their_kind_needs,
    reminders_come_in_time,
    report_can_be_made,
    waves_fall_due_in_designs,
)
from trede.pilots.mistakes import ANY, Complaint
from trede.pilots.positions import Path
from trede.pilots.rules import KINDS, Plain, Rules
from trede.pilots.shape import Words
from trede.pilots.shaping import keys_of


def complaints_about(rules: Rules) -> Iterator[Complaint]:
    for check in CHECKS:
        yield from check(rules)


def codes_stand_once(rules: Rules) -> Iterator[Complaint]:
    yield from _codes_once(rules, ())


def _codes_once(value: object, path: Path) -> Iterator[Complaint]:
    if isinstance(value, tuple):
        yield from _twice(value, path)
        for place, each in enumerate(value):
            yield from _codes_once(each, (*path, place))
    elif is_dataclass(value) and not isinstance(value, type):
        for each in keys_of(type(value)):
            yield from _codes_once(getattr(value, each.name), (*path, each.name))


def _twice(elements: tuple[object, ...], path: Path) -> Iterator[Complaint]:
    first: dict[object, int] = {}
    for place, each in enumerate(elements):
        code = getattr(each, "code", each)
        if is_dataclass(code):
            continue
        if code in first:
            yield Complaint(
                (*path, place, "code") if hasattr(each, "code") else (*path, place),
                format_lazy(_("“{code}” is in this list twice."), code=code),
                _("Give it a code of its own, or remove one of the two."),
                rests_on=((*path, ANY, "code"),),
            )
        first.setdefault(code, place)


def pilot_runs_forward(rules: Rules) -> Iterator[Complaint]:
    pilot = rules.pilot
    if pilot.ends_on < pilot.starts_on:
        yield Complaint(
            ("pilot", "ends_on"),
            _("The pilot ends before it starts."),
            format_lazy(
                _("Write a date on or after {date}."), date=pilot.starts_on.isoformat()
            ),
            rests_on=(("pilot", "starts_on"),),
        )
    if pilot.code != pilot.code.lower():
        yield Complaint(
            ("pilot", "code"),
            _("The code of a pilot is part of a web address."),
            format_lazy(_("Write “{code}”."), code=pilot.code.lower()),
        )


def criteria_are_judged_by_their_kind(rules: Rules) -> Iterator[Complaint]:
    for place, each in enumerate(rules.criteria):
        rightly = "screening" if each.kind == "coach_judges" else "list"
        if each.judged != rightly:
            yield Complaint(
                ("criteria", place, "judged"),
                format_lazy(
                    _("A criterion of the kind “{kind}” is not judged there."),
                    kind=each.kind,
                ),
                format_lazy(_("Write “{word}”."), word=rightly),
                rests_on=(("criteria", place, "kind"),),
            )
        if KINDS[each.kind] is Plain or not isinstance(each.params, Plain):
            continue
        yield Complaint(
            ("criteria", place, "params"),
            format_lazy(
                _("A criterion of the kind “{kind}” needs a number or a list."),
                kind=each.kind,
            ),
            _("Add a key params, such as params = { years = 28 }."),
            rests_on=(("criteria", place, "kind"),),
        )


def contact_protocol_can_be_followed(rules: Rules) -> Iterator[Complaint]:
    contact = rules.contact
    if contact.letter_after_calls > contact.calls:
        yield Complaint(
            ("contact", "letter_after_calls"),
            _("The letter would follow a call that is never made."),
            format_lazy(_("Write {most} or less."), most=contact.calls),
            rests_on=(("contact", "calls"),),
        )
    if contact.light_contact_while_resting and contact.light_contact_weeks is None:
        yield Complaint(
            ("contact", "light_contact_while_resting"),
            _("It is not said how often light contact is sought."),
            _("Add: light_contact_weeks = 8"),
        )
    if not contact.light_contact_while_resting and contact.light_contact_weeks:
        yield Complaint(
            ("contact", "light_contact_weeks"),
            _("There is no light contact while people rest in this pilot."),
            _("Remove the line, or set light_contact_while_resting = true."),
            rests_on=(("contact", "light_contact_while_resting"),),
        )


def letter_offers_a_place(rules: Rules) -> Iterator[Complaint]:
    if not any(each.in_letter for each in rules.locations):
        yield Complaint(
            ("locations",),
            _("The letter of invitation offers no place to choose."),
            _("Set in_letter = true for at least one location."),
        )


def limits_leave_room(rules: Rules) -> Iterator[Complaint]:
    limits = rules.limits
    if limits.caseload_to < limits.caseload_from:
        yield Complaint(
            ("limits", "caseload_to"),
            _("The largest caseload is smaller than the smallest."),
            format_lazy(_("Write {least} or more."), least=limits.caseload_from),
            rests_on=(("limits", "caseload_from"),),
        )
    if limits.weight_in_after_care_percent > limits.weight_in_tail_percent:
        yield Complaint(
            ("limits", "weight_in_after_care_percent"),
            _("After-care would weigh more than the last weeks before it."),
            format_lazy(_("Write {most} or less."), most=limits.weight_in_tail_percent),
            rests_on=(("limits", "weight_in_tail_percent"),),
        )
    longest = limits.trajectory_months * 4
    if limits.warn_weeks_before_end > longest:
        yield Complaint(
            ("limits", "warn_weeks_before_end"),
            _("The warning would come before the trajectory starts."),
            format_lazy(_("Write {most} or less."), most=longest),
            rests_on=(("limits", "trajectory_months"),),
        )
    if limits.tail_weeks and limits.tail_weeks > longest:
        yield Complaint(
            ("limits", "tail_weeks"),
            _("The tail would begin before the trajectory starts."),
            format_lazy(_("Write {most} or less."), most=longest),
            rests_on=(("limits", "trajectory_months"),),
        )


def working_steps_fit_in_a_trajectory(rules: Rules) -> Iterator[Complaint]:
    weeks = rules.limits.trajectory_months * 5
    for place, each in enumerate(rules.working_steps):
        if each.weeks_after_start and each.weeks_after_start > weeks:
            yield Complaint(
                ("working_steps", place, "weeks_after_start"),
                _("This step would come after the trajectory has ended."),
                format_lazy(_("Write {most} or less."), most=weeks),
                rests_on=(("limits", "trajectory_months"),),
            )


def consent_covers_every_use(rules: Rules) -> Iterator[Complaint]:
    seen: set[str] = set()
    for place, each in enumerate(rules.consent.purposes):
        for spot, use in enumerate(each.needed_for):
            if use in seen:
                yield Complaint(
                    ("consent", "purposes", place, "needed_for", spot),
                    format_lazy(
                        _("Consent for “{use}” is asked under another purpose too."),
                        use=use,
                    ),
                    _("Name each use under one purpose only."),
                    rests_on=(("consent", "purposes"),),
                )
            seen.add(use)
    if "study_questionnaires" not in seen:
        yield Complaint(
            ("consent", "purposes"),
            _("No purpose asks consent for the study's questionnaires."),
            _("Add “study_questionnaires” to needed_for of the study's purpose."),
        )


def waiting_has_a_design(rules: Rules) -> Iterator[Complaint]:
    waits = any(each.kind == "waiting_list" for each in rules.designs)
    offered = {each.code: place for place, each in enumerate(rules.intake.outcomes)}
    if "start" not in offered:
        yield _outcome((), _("Nobody could start after the intake."), "start")
    if waits and "wait" not in offered:
        yield _outcome((), _("The design lets people wait, the intake not."), "wait")


def _outcome(path: Path, what: Words, code: str) -> Complaint:
    return Complaint(
        ("intake", "outcomes", *path),
        what,
        format_lazy(_("Add an outcome with the code “{code}”."), code=code),
        rests_on=(("designs", ANY, "kind"),),
    )


def nothing_is_kept_too_short(rules: Rules) -> Iterator[Complaint]:
    ends_on = rules.pilot.ends_on
    if rules.retention.pseudonym_key_until_on <= ends_on:
        yield Complaint(
            ("retention", "pseudonym_key_until_on"),
            _("The key would be destroyed while the pilot still runs."),
            format_lazy(
                _("Write a date on or after {date}."),
                date=(ends_on + timedelta(days=1)).isoformat(),
            ),
            rests_on=(("pilot", "ends_on"),),
        )


CHECKS: tuple[Callable[[Rules], Iterable[Complaint]], ...] = (
    codes_stand_once,
    pilot_runs_forward,
    criteria_are_judged_by_their_kind,
    contact_protocol_can_be_followed,
    letter_offers_a_place,
    limits_leave_room,
    working_steps_fit_in_a_trajectory,
    activity_types_run_forward,
    consent_covers_every_use,
    waiting_has_a_design,
    nothing_is_kept_too_short,
    waves_fall_due_in_designs,
    reminders_come_in_time,
    designs_say_what_their_kind_needs,
    designs_cover_the_pilot,
    amendments_belong_to_designs,
    circumstances_do_not_overlap,
    consent_texts_belong_to_designs,
    report_can_be_made,
    *coherence_of_final_report.CHECKS,
)
