"""Who may take part, how people are reached and guided: the rules in sentences."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.countries import country_name
from trede.pilots.describing_limits import what_limits
from trede.pilots.description import (
    Chapter,
    Group,
    Sentence,
    days,
    group,
    labels,
    listed,
    months,
    on,
    period,
    weeks,
    years,
    yes_no,
)
from trede.pilots.rules import (
    ActivityType,
    Contact,
    Criterion,
    EndReason,
    InCountries,
    InMonths,
    InYears,
    Location,
    Purpose,
    Rules,
    WorkingStep,
)
from trede.pilots.shape import Words

PARTS_OF_DAY: Mapping[str, Words] = {
    "morning": gettext_lazy("in the morning"),
    "afternoon": gettext_lazy("in the afternoon"),
    "evening": gettext_lazy("in the evening"),
}
CIRCUMSTANCES: Mapping[str, Words] = {
    "open": pgettext_lazy("circumstance", "open"),
    "halted": pgettext_lazy("circumstance", "halted"),
    "digital_only": pgettext_lazy("circumstance", "digital only"),
    "places_closed": pgettext_lazy("circumstance", "places closed"),
}
USES: Mapping[str, Words] = {
    "study_questionnaires": gettext_lazy("the questionnaires of the study"),
    "interview_recordings": gettext_lazy("recording an interview"),
    "register_data": gettext_lazy("using the municipality's records"),
}
COUNTED: Mapping[str, Words] = {
    "completed": gettext_lazy("counts as completed"),
    "dropout": gettext_lazy("counts as a dropout"),
    "ineligible": gettext_lazy("counts as ineligible after all"),
    "other": gettext_lazy("counts separately"),
}
DOMAINS: Mapping[str, Words] = {
    "finances": pgettext_lazy("life domain", "finances"),
    "work_and_education": pgettext_lazy("life domain", "work and education"),
    "use_of_time": pgettext_lazy("life domain", "use of time"),
    "housing": pgettext_lazy("life domain", "housing"),
    "domestic_relations": pgettext_lazy("life domain", "domestic relations"),
    "mental_health": pgettext_lazy("life domain", "mental health"),
    "physical_health": pgettext_lazy("life domain", "physical health"),
    "substance_use": pgettext_lazy("life domain", "substance use"),
    "basic_activities": pgettext_lazy("life domain", "basic daily activities"),
    "instrumental_activities": pgettext_lazy(
        "life domain", "instrumental daily activities"
    ),
    "social_network": pgettext_lazy("life domain", "social network"),
    "participation": pgettext_lazy("life domain", "participation"),
    "justice": pgettext_lazy("life domain", "justice"),
}


def the_pilot(rules: Rules) -> Chapter:
    pilot = rules.pilot
    facts = (
        Sentence(pilot.name, pilot.code),
        Sentence(
            _("Run by the municipality of %(municipality)s.")
            % {"municipality": pilot.municipality}
        ),
        Sentence(_("Programme: %(programme)s.") % {"programme": pilot.programme}),
        Sentence(
            _("The pilot runs %(period)s.")
            % {"period": period(pilot.starts_on, pilot.ends_on)}
        ),
        Sentence(_("The aim is %(n)d trajectories.") % {"n": pilot.aim}),
        Sentence(
            _("Whoever needs help calls %(telephone)s.")
            % {"telephone": pilot.help_telephone}
        ),
    )
    groups = (
        group(_("The pilot"), facts),
        group(_("Quarters"), labels(rules.quarters)),
    )
    return Chapter("pilot", _("The pilot"), groups)


def who_may_take_part(rules: Rules) -> Chapter:
    def judged(where: str) -> Iterator[Sentence]:
        return (
            Sentence(_criterion(each), each.code)
            for each in rules.criteria
            if each.judged == where
        )

    groups = (
        group(_("Judged from the target list"), judged("list")),
        group(_("Judged by the coach's screening"), judged("screening")),
    )
    return Chapter("criteria", _("Who may take part"), groups)


def _criterion(criterion: Criterion) -> str:
    params = criterion.params
    value = ""
    if isinstance(params, InYears):
        value = years(params.years)
    elif isinstance(params, InMonths):
        value = months(params.months)
    elif isinstance(params, InCountries):
        value = ", ".join(sorted(map(country_name, params.countries)))
    rule = str(_KINDS[criterion.kind]) % {"value": value}
    return f"{criterion.label}. {rule}"


_KINDS: Mapping[str, Words] = {
    "age_at_least": gettext_lazy("At least %(value)s old on the reference date."),
    "benefit_longer_than_months": gettext_lazy(
        "On social assistance for more than %(value)s on the reference date."
    ),
    "background": gettext_lazy("Born in one of these countries: %(value)s."),
    "settled_at_least_years": gettext_lazy(
        "In the Netherlands for at least %(value)s on the reference date."
    ),
    "flag_not": gettext_lazy("The list has no yes for it."),
    "no_contact_for_months": gettext_lazy(
        "No contact for at least %(value)s; without a date it is unknown."
    ),
    "none_running": gettext_lazy("The list names no track that is running."),
    "coach_judges": gettext_lazy("The coach decides."),
}


def reaching_people(rules: Rules) -> Chapter:
    ways = (
        Sentence(
            f"{each.label}: {each.explanation} "
            + yes_no(
                each.referrer_form,
                _("The referrer may use the form."),
                _("Without a form for referrers."),
            ),
            each.code,
        )
        for each in rules.referral_channels
    )
    groups = (
        group(_("Ways in"), ways),
        group(_("Contact protocol"), _protocol(rules.contact)),
        *_contact_moments(rules.contact),
        group(_("Where people talk"), map(_location, rules.locations)),
    )
    return Chapter("contact", _("Reaching people"), groups)


def _protocol(contact: Contact) -> Iterator[Sentence]:
    yield Sentence(_("Whoever has waited longest is called first."), contact.order)
    yield Sentence(
        _("At most %(n)d calls, at least %(days)s apart, in turn %(parts)s.")
        % {
            "n": contact.calls,
            "days": days(contact.days_between_calls),
            "parts": listed(PARTS_OF_DAY[each] for each in contact.parts_of_day),
        }
    )
    yield Sentence(
        _("After call %(n)d without an answer the letter of invitation follows.")
        % {"n": contact.letter_after_calls}
    )
    wait = {"days": days(contact.wait_days_after_letter)}
    if contact.then == "rest":
        yield Sentence(
            _("Without a reply in %(days)s the person is left in peace.") % wait
        )
    else:
        yield Sentence(_("Without a reply in %(days)s the candidacy is closed.") % wait)
    yield Sentence(
        _("Resting lasts %(months)s.") % {"months": months(contact.rest_months)}
    )
    if contact.light_contact_while_resting:
        yield Sentence(_("While somebody rests there is light contact."))
    else:
        yield Sentence(_("While somebody rests there is no contact."))
    if contact.light_contact_weeks is not None:
        yield Sentence(
            _("Light contact is sought every %(weeks)s.")
            % {"weeks": weeks(contact.light_contact_weeks)}
        )


def _contact_moments(contact: Contact) -> Iterator[Group]:
    yield group(
        _("Channels"),
        (
            Sentence(
                _("%(label)s, from %(date)s")
                % {"label": each.label, "date": on(each.from_on)}
                if each.from_on
                else each.label,
                each.code,
            )
            for each in contact.channels
        ),
    )
    yield group(
        _("Outcomes of a contact"),
        (
            Sentence(
                f"{each.label}: "
                + yes_no(each.reached, _("reached"), _("not reached")),
                each.code,
            )
            for each in contact.outcomes
        ),
    )


def _location(location: Location) -> Sentence:
    text = f"{location.label}: " + yes_no(
        location.in_letter,
        _("a choice in the letter."),
        _("not a choice in the letter."),
    )
    if location.closed_in:
        kinds = listed(CIRCUMSTANCES[each] for each in location.closed_in)
        text += " " + _("Not in a period that is: %(kinds)s.") % {"kinds": kinds}
    return Sentence(text, location.code)


def reasons(rules: Rules) -> Chapter:
    given = rules.reasons
    groups = (
        group(_("Reasons to decline"), labels(given.decline)),
        group(_("No longer a candidate"), map(_end_reason, given.no_longer)),
        group(_("Closing a trajectory"), map(_end_reason, given.closing)),
        group(_("Pausing a trajectory"), labels(given.pause)),
        group(_("Overriding a criterion"), labels(given.override)),
        group(_("Not now"), labels(given.not_now)),
    )
    return Chapter("reasons", _("Reasons to choose from"), groups)


def _end_reason(reason: EndReason) -> Sentence:
    return Sentence(f"{reason.label}: {COUNTED[reason.counts_as]}", reason.code)


def intake(rules: Rules) -> Chapter:
    outcomes = (Sentence(each.label, each.code) for each in rules.intake.outcomes)
    topics = (
        Sentence(f"{each.label}: {each.opening}", each.code)
        for each in rules.talk.topics
    )
    barriers = (
        Sentence(f"{each.label} ({DOMAINS[each.domain]})", each.code)
        for each in rules.talk.barriers
    )
    groups = (
        group(_("Working steps of the intake"), labels(rules.intake.steps)),
        group(_("Outcomes of the intake"), outcomes),
        group(
            _("Consent"),
            (*_texts(rules), *map(_purpose, rules.consent.purposes)),
        ),
        group(_("Topics for the talk"), topics),
        group(_("Barriers, asked one by one"), barriers),
    )
    return Chapter("intake", _("Intake"), groups)


def _texts(rules: Rules) -> Iterator[Sentence]:
    yield Sentence(
        _("The text is version %(version)s.") % {"version": rules.consent.text_version}
    )
    names = {each.code: each.label for each in rules.designs}
    for each in rules.consent.by_design:
        told = {
            "design": names.get(each.design, each.design),
            "version": each.text_version,
        }
        yield Sentence(
            _("Under the design “%(design)s” it is version %(version)s.") % told
        )


def _purpose(purpose: Purpose) -> Sentence:
    uses = listed(USES[each] for each in purpose.needed_for)
    return Sentence(
        _("%(label)s: needed for %(uses)s.") % {"label": purpose.label, "uses": uses},
        purpose.code,
    )


def trajectory(rules: Rules) -> Chapter:
    schemes = (
        Sentence(f"{each.label}: {each.explanation}", each.code)
        for each in rules.schemes
    )
    groups = (
        group(_("Limits"), what_limits(rules.limits)),
        group(
            _("Working steps, as a gentle checklist"), map(_step, rules.working_steps)
        ),
        group(_("Schemes of the municipality"), schemes),
        group(_("Kinds of provision"), map(_activity_type, rules.activity_types)),
        group(_("Participation Ladder"), _ladder(rules)),
    )
    return Chapter("trajectory", _("Trajectory"), groups)


def _step(step: WorkingStep) -> Sentence:
    if step.weeks_after_start is None:
        return Sentence(step.label, step.code)
    return Sentence(
        _("%(label)s (about %(weeks)s after the start)")
        % {"label": step.label, "weeks": weeks(step.weeks_after_start)},
        step.code,
    )


def _activity_type(each: ActivityType) -> Sentence:
    if each.from_on:
        told = {"label": each.label, "date": on(each.from_on)}
        return Sentence(_("%(label)s, from %(date)s") % told, each.code)
    if each.until_on:
        told = {"label": each.label, "date": on(each.until_on)}
        return Sentence(_("%(label)s, until %(date)s") % told, each.code)
    return Sentence(each.label, each.code)


def _ladder(rules: Rules) -> Iterator[Sentence]:
    ladder = rules.ladder
    yield Sentence(
        _("The version of the ladder is %(code)s.") % {"code": ladder.version}
    )
    yield Sentence(
        _("The coach looks at the tread again every %(months)s.")
        % {"months": months(ladder.reassess_months)}
    )
    yield Sentence(
        yes_no(
            ladder.growth_potential,
            _("Growth potential is recorded too."),
            _("Growth potential is not recorded."),
        )
    )


CHAPTERS: tuple[Callable[[Rules], Chapter], ...] = (
    the_pilot,
    who_may_take_part,
    reaching_people,
    reasons,
    intake,
    trajectory,
)
