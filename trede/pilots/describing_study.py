"""How the pilot is studied, reported and kept: the rules in sentences."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.accounts.models import Role
from trede.countries import country_name
from trede.pilots.describing_guidance import CIRCUMSTANCES
from trede.pilots.description import (
    Chapter,
    Group,
    Sentence,
    days,
    group,
    listed,
    months,
    on,
    period,
    years,
    yes_no,
)
from trede.pilots.rules import Rules
from trede.pilots.shape import Words
from trede.pilots.study_rules import (
    Amendment,
    Band,
    Baseline,
    Design,
    Due,
    Masking,
    Reminder,
    Report,
    Wave,
)

WHOM: Mapping[str, Words] = {
    "everyone": gettext_lazy("everyone"),
    "first": gettext_lazy("the first of a pair"),
    "second": gettext_lazy("the second of a pair"),
}
MOMENTS: Mapping[str, Words] = {
    "intake": gettext_lazy("the intake"),
    "delayed_start": gettext_lazy("the start after waiting"),
    "closing": gettext_lazy("the closing"),
    "partner_closing": gettext_lazy("the closing of the other of the pair"),
}
WAYS: Mapping[str, Words] = {
    "letter": gettext_lazy("by letter"),
    "email": gettext_lazy("by e-mail"),
    "sms": gettext_lazy("by text message"),
}
DESIGNS: Mapping[str, Words] = {
    "waiting_list": gettext_lazy(
        "By lot, one of each pair starts at once and the other waits."
    ),
    "pre_post": gettext_lazy("Everybody is measured before and after."),
    "control_group": gettext_lazy(
        "A control group without the trajectory fills in the same questionnaires."
    ),
}
BASELINE_OF: Mapping[str, Words] = {
    "started": gettext_lazy("whoever had started already"),
    "waiting": gettext_lazy("whoever was still waiting"),
    "new": gettext_lazy("whoever comes after it"),
}
SITTINGS: Mapping[str, Words] = {
    "first": pgettext_lazy("sitting", "the first one"),
    "latest": pgettext_lazy("sitting", "the latest one"),
}


def study(rules: Rules) -> Chapter:
    names = {each.code: each.label for each in (*rules.designs, *rules.waves)}
    groups = (
        _questions(rules),
        *(_wave(each, names) for each in rules.waves),
        *(_design(each) for each in rules.designs),
        *(_amendment(each, names) for each in rules.amendments),
    )
    return Chapter("study", _("Study"), groups)


def _questions(rules: Rules) -> Group:
    wanted = rules.questions
    enough: Mapping[str, Words] = {
        "machine": _("A translation may be made by a machine; the screen says so."),
        "reviewed": _("A translation is used once a speaker has reviewed it."),
        "validated": _("A translation is used once it was tried with speakers."),
    }
    spoken = yes_no(
        wanted.spoken_answers,
        _("An open question may be answered by speaking."),
        _("Open questions are answered in writing."),
    )
    sentences = (
        Sentence(str(enough[wanted.translation_at_least])),
        Sentence(spoken),
    )
    return group(_("Questionnaires"), sentences)


def _wave(wave: Wave, names: Mapping[str, str]) -> Group:
    title = _("Wave: %(label)s") % {"label": wave.label}
    questionnaire = _("The questionnaire is %(code)s.") % {"code": wave.questionnaire}
    sentences = [Sentence(questionnaire, wave.code)]
    sentences += [_due(each, names) for each in wave.due]
    sentences += [_reminder(each) for each in wave.reminders]
    if wave.reminders:
        never = _(
            "Never at a weekend, on a public holiday or while the work is halted, and "
            "never to whoever answered, stopped or is left in peace."
        )
        sentences.append(Sentence(never))
    if wave.own_telephone:
        linked = _(
            "A reminder carries a personal link: one may answer on one's own telephone."
            " The code that opens it is told to whoever calls."
        )
        sentences.append(Sentence(linked))
    if wave.retired_on:
        retired = _("Not offered from %(date)s. %(reason)s") % {
            "date": on(wave.retired_on),
            "reason": wave.retired_reason,
        }
        sentences.append(Sentence(retired))
    return group(title, sentences)


def _due(due: Due, names: Mapping[str, str]) -> Sentence:
    text = _(
        "%(design)s: for %(whom)s. The moment is %(moment)s. "
        "The wave opens %(opens)s and closes %(closes)s."
    )
    return Sentence(
        text
        % {
            "design": names.get(due.design, due.design),
            "whom": WHOM[due.for_whom],
            "moment": MOMENTS[due.moment],
            "opens": _offset(due.opens_days),
            "closes": _offset(due.closes_days),
        }
    )


def _reminder(reminder: Reminder) -> Sentence:
    first, *others = [str(WAYS[way]) for way in reminder.by]
    ways = first
    for way in others:
        ways = _("%(ways)s, or else %(way)s") % {"ways": ways, "way": way}
    if reminder.after_days == 0:
        return Sentence(
            _("A message goes out as soon as the wave can be held, %(ways)s.")
            % {"ways": ways}
        )
    text = _("A reminder goes out %(days)s after the wave could be held, %(ways)s.")
    return Sentence(text % {"days": days(reminder.after_days), "ways": ways})


def _offset(number: int) -> str:
    if number < 0:
        return _("%(days)s before") % {"days": days(-number)}
    if number == 0:
        return _("on the day itself")
    return _("%(days)s after") % {"days": days(number)}


def _design(design: Design) -> Group:
    return group(
        _("Design: %(label)s") % {"label": design.label},
        _design_sentences(design),
    )


def _design_sentences(design: Design) -> Iterator[Sentence]:
    runs = _("This design holds %(period)s.") % {
        "period": period(design.from_on, design.until_on)
    }
    yield Sentence(f"{DESIGNS[design.kind]} {runs}", design.code)
    if design.pair_within_days is not None:
        yield Sentence(
            _("The two intakes of a pair are at most %(days)s apart.")
            % {"days": days(design.pair_within_days)}
        )
    if design.wait_at_most_months is not None:
        yield Sentence(
            _("Nobody waits longer than %(months)s.")
            % {"months": months(design.wait_at_most_months)}
        )


def _amendment(amendment: Amendment, names: Mapping[str, str]) -> Group:
    change = _("On %(date)s “%(before)s” became “%(after)s”. %(reason)s") % {
        "date": on(amendment.on),
        "before": names.get(amendment.from_design, amendment.from_design),
        "after": names.get(amendment.to_design, amendment.to_design),
        "reason": amendment.reason,
    }
    baselines = (_baseline(each, names) for each in amendment.baselines)
    return group(_("Amendment"), (Sentence(change), *baselines))


def _baseline(baseline: Baseline, names: Mapping[str, str]) -> Sentence:
    return Sentence(
        _("The baseline of %(whom)s is the wave “%(wave)s”: %(sitting)s.")
        % {
            "whom": BASELINE_OF[baseline.for_whom],
            "wave": names.get(baseline.wave, baseline.wave),
            "sitting": SITTINGS[baseline.sitting],
        }
    )


def circumstances(rules: Rules) -> Chapter:
    periods = [
        Sentence(
            f"{each.label} ({CIRCUMSTANCES[each.kind]}): "
            + period(each.from_on, each.until_on),
            each.code,
        )
        for each in rules.circumstances
    ]
    periods.append(Sentence(_("Every other day is an open one.")))
    groups = (group(_("Calendar"), periods),)
    return Chapter("circumstances", _("Circumstances"), groups)


def keeping(rules: Rules) -> Chapter:
    kept = rules.retention
    sentences = (
        Sentence(
            _("Client files are kept for %(years)s after the end.")
            % {"years": years(kept.client_file_years)}
        ),
        Sentence(
            _("The key between pseudonym and person is kept until %(date)s.")
            % {"date": on(kept.pseudonym_key_until_on)}
        ),
        Sentence(
            _("An uploaded list is destroyed after %(days)s.")
            % {"days": days(kept.uploaded_list_days)}
        ),
    )
    groups = (
        group(_("Keeping"), sentences),
        group(_("Signing in"), _roles(rules)),
    )
    return Chapter("retention", _("Keeping and signing in"), groups)


def _roles(rules: Rules) -> Iterator[Sentence]:
    for each in rules.roles:
        wanted = yes_no(
            each.second_factor,
            _("with a password and a code from a telephone"),
            _("with a password"),
        )
        yield Sentence(f"{Role(each.code).label}: {wanted}", each.code)


def report(rules: Rules) -> Chapter:
    groups = (
        group(_("What is shown"), _shown(rules.report)),
        group(_("Sections and their tables"), _sections(rules.report)),
        group(_("Waves that are not shown yet"), _withheld(rules)),
        *_masking(rules.report.masking),
    )
    return Chapter("report", _("Report"), groups)


def _shown(report: Report) -> Iterator[Sentence]:
    norm = _("What is printed follows the disclosure norm “%(norm)s”.")
    yield Sentence(norm % {"norm": report.disclosure_norm})
    if report.reference_group:
        yield Sentence(
            _("Reference group: %(name)s (N = %(n)d). Source: %(source)s.")
            % {
                "name": report.reference_group.name,
                "n": report.reference_group.size,
                "source": report.reference_group.source,
            }
        )


def _sections(report: Report) -> Iterator[Sentence]:
    for each in report.sections:
        yield Sentence(f"{each.label}: {', '.join(each.tables)}", each.code)


def _withheld(rules: Rules) -> Iterator[Sentence]:
    names = {each.code: each.label for each in rules.waves}
    for each in rules.report.withheld:
        yield Sentence(
            _("%(wave)s: not with data that end before %(date)s. %(reason)s")
            % {
                "wave": names.get(each.wave, each.wave),
                "date": on(each.until_on),
                "reason": each.reason,
            }
        )


def _masking(masking: Masking) -> Iterator[Group]:
    here = Sentence(masking.born_here)
    elsewhere = _("%(label)s: every other country") % {"label": masking.elsewhere}
    yield group(_("Ages are shown as"), map(_band, masking.age_bands))
    yield group(
        _("Ages at migration are shown as"),
        (*map(_band, masking.migration_age_bands), here),
    )
    yield group(
        _("Countries of birth are shown as"),
        (
            *(
                Sentence(f"{each.label}: {_names(each.countries)}", each.code)
                for each in masking.places
            ),
            Sentence(elsewhere),
        ),
    )


def _names(countries: Iterable[str]) -> str:
    return listed(sorted(map(country_name, countries)))


def _band(band: Band) -> Sentence:
    if band.to_age is None:
        text = _("%(label)s: %(first)d years and older")
    else:
        text = _("%(label)s: %(first)d to %(last)d years")
    values = {"label": band.label, "first": band.from_age, "last": band.to_age}
    return Sentence(text % values, band.code)


CHAPTERS: tuple[Callable[[Rules], Chapter], ...] = (
    study,
    circumstances,
    report,
    keeping,
)
