"""Do waves, designs, amendments, circumstances and the report fit together?

A study that changes half-way is only honest when the change is dated and explained:
every day of the pilot has one design, and where one design follows another there is
an amendment on that day.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trede.pilots.mistakes import ANY, Complaint, Pattern
from trede.pilots.positions import Path
from trede.pilots.rules import ActivityType, Rules
from trede.pilots.shaping import nearest
from trede.pilots.study_rules import CHANNEL_OF, Band, Circumstance, Design

DAY = timedelta(days=1)
_DESIGN_CODES: Pattern = ("designs", ANY, "code")
_WAVE_CODES: Pattern = ("waves", ANY, "code")


def consent_texts_belong_to_designs(rules: Rules) -> Iterator[Complaint]:
    designs = {each.code for each in rules.designs}
    seen: set[str] = set()
    for place, each in enumerate(rules.consent.by_design):
        here: Path = ("consent", "by_design", place, "design")
        if each.design not in designs:
            yield _unknown(here, each.design, designs, _DESIGN_CODES)
        elif each.design in seen:
            yield Complaint(
                here,
                format_lazy(_("“{code}” is in this list twice."), code=each.design),
                _("A design has one text. Remove one of the two."),
                rests_on=(("consent", "by_design", ANY, "design"),),
            )
        seen.add(each.design)


def _unknown(
    path: Path, code: str, known: Iterable[str], rests_on: Pattern
) -> Complaint:
    return Complaint(
        path,
        format_lazy(_("“{code}” does not exist in this file."), code=code),
        nearest(code, known),
        rests_on=(rests_on,),
    )


def waves_fall_due_in_designs(rules: Rules) -> Iterator[Complaint]:
    designs = {each.code for each in rules.designs}
    for place, wave in enumerate(rules.waves):
        for spot, due in enumerate(wave.due):
            here: Path = ("waves", place, "due", spot)
            if due.design not in designs:
                yield _unknown((*here, "design"), due.design, designs, _DESIGN_CODES)
            if due.closes_days < due.opens_days:
                yield Complaint(
                    (*here, "closes_days"),
                    _("The window closes before it opens."),
                    format_lazy(_("Write {least} or more."), least=due.opens_days),
                    rests_on=((*here, "opens_days"),),
                )
        yield from _retired_with_reason(rules, place)


def reminders_come_in_time(rules: Rules) -> Iterator[Complaint]:
    """In the order in which they go out, before the window closes, by a channel that
    the pilot uses."""
    for place, wave in enumerate(rules.waves):
        here: Path = ("waves", place, "reminders")
        for spot, reminder in enumerate(wave.reminders):
            before = wave.reminders[spot - 1].after_days if spot else -1
            if reminder.after_days <= before:
                yield Complaint(
                    (*here, spot, "after_days"),
                    _("This reminder does not come after the one before it."),
                    format_lazy(_("Write {least} or more."), least=before + 1),
                    rests_on=((*here, ANY, "after_days"),),
                )
        yield from _before_the_window_closes(rules, place)
        yield from _by_a_channel_in_use(rules, place)


def _before_the_window_closes(rules: Rules, place: int) -> Iterator[Complaint]:
    wave = rules.waves[place]
    # A window that closes before it opens is a mistake of its own.
    lengths = [
        each.closes_days - max(each.opens_days, 0)
        for each in wave.due
        if each.closes_days >= each.opens_days
    ]
    last = min(lengths, default=None)
    for spot, reminder in enumerate(wave.reminders):
        if last is not None and reminder.after_days > last:
            yield Complaint(
                ("waves", place, "reminders", spot, "after_days"),
                _("This reminder comes when the window has closed."),
                format_lazy(_("Write {most} or less."), most=last)
                if last >= 0
                else _("Remove the reminder, or let the window close later."),
                rests_on=(("waves", place, "due"),),
            )


def _by_a_channel_in_use(rules: Rules, place: int) -> Iterator[Complaint]:
    used = {each.code for each in rules.contact.channels}
    for spot, reminder in enumerate(rules.waves[place].reminders):
        for number, way in enumerate(reminder.by):
            if CHANNEL_OF[way] not in used:
                yield Complaint(
                    ("waves", place, "reminders", spot, "by", number),
                    format_lazy(_("This pilot has no channel for “{way}”."), way=way),
                    format_lazy(
                        _("Remove it, or add the channel “{code}” under contact."),
                        code=CHANNEL_OF[way],
                    ),
                    rests_on=(("contact", "channels"),),
                )


def _retired_with_reason(rules: Rules, place: int) -> Iterator[Complaint]:
    wave = rules.waves[place]
    if wave.retired_on and not wave.retired_reason:
        yield Complaint(
            ("waves", place, "retired_on"),
            _("It is not said why this wave is retired."),
            _('Add: retired_reason = "..."'),
            rests_on=(("waves", place, "retired_reason"),),
        )
    if wave.retired_reason and not wave.retired_on:
        yield Complaint(
            ("waves", place, "retired_reason"),
            _("It is not said from when this wave is retired."),
            _("Add: retired_on = 2020-12-01"),
            rests_on=(("waves", place, "retired_on"),),
        )


def designs_say_what_their_kind_needs(rules: Rules) -> Iterator[Complaint]:
    for place, design in enumerate(rules.designs):
        waits = design.kind == "waiting_list"
        for key, example in (("pair_within_days", 14), ("wait_at_most_months", 6)):
            given = getattr(design, key) is not None
            here: Path = ("designs", place)
            grounds: tuple[Pattern, ...] = ((*here, "kind"), (*here, key))
            if waits and not given:
                yield Complaint(
                    (*here, "kind"),
                    format_lazy(_("A waiting list needs “{key}”."), key=key),
                    format_lazy(_("Add: {line}"), line=f"{key} = {example}"),
                    rests_on=grounds,
                )
            if given and not waits:
                yield Complaint(
                    (*here, key),
                    _("Only a design with a waiting list has pairs."),
                    _("Remove the line."),
                    rests_on=grounds,
                )


def designs_cover_the_pilot(rules: Rules) -> Iterator[Complaint]:
    """Every day of the pilot has exactly one design."""
    expected: date | None = rules.pilot.starts_on
    before: Design | None = None
    for place, design in _by_date(rules.designs):
        here: Path = ("designs", place)
        grounds: tuple[Pattern, ...] = (
            ("designs", ANY, "from_on"),
            ("designs", ANY, "until_on"),
            ("pilot", "starts_on"),
        )
        if expected is None:
            yield _design_gap((*here, "from_on"), before, design.from_on - DAY, grounds)
        elif design.from_on != expected:
            yield Complaint(
                (*here, "from_on"),
                _("Days would have no design, or two.")
                if before
                else _("The first design does not start with the pilot."),
                format_lazy(_("Write {value}."), value=expected.isoformat()),
                rests_on=grounds,
            )
        yield from _runs_forward(here, design)
        expected = design.until_on + DAY if design.until_on else None
        before = design
    if expected is not None and rules.designs and expected <= rules.pilot.ends_on:
        last = max(range(len(rules.designs)), key=lambda at: rules.designs[at].from_on)
        yield Complaint(
            ("designs", last, "until_on"),
            _("The last design ends before the pilot does."),
            _("Remove the line: the last design goes on."),
            rests_on=(("pilot", "ends_on"), ("designs", ANY, "from_on")),
        )


def _design_gap(
    path: Path, before: Design | None, last: date, grounds: tuple[Pattern, ...]
) -> Complaint:
    code = before.code if before else ""
    return Complaint(
        path,
        format_lazy(_("The design “{code}” before it has no end."), code=code),
        format_lazy(_("Add to “{code}”: {line}"), code=code, line=f"until_on = {last}"),
        rests_on=grounds,
    )


def activity_types_run_forward(rules: Rules) -> Iterator[Complaint]:
    for place, each in enumerate(rules.activity_types):
        yield from _runs_forward(("activity_types", place), each)


def _runs_forward(
    path: Path, period: Design | Circumstance | ActivityType
) -> Iterator[Complaint]:
    if period.until_on and period.from_on and period.until_on < period.from_on:
        yield Complaint(
            (*path, "until_on"),
            _("The period ends before it starts."),
            format_lazy(_("Write a date on or after {date}."), date=period.from_on),
            rests_on=((*path, "from_on"),),
        )


def _by_date(designs: tuple[Design, ...]) -> list[tuple[int, Design]]:
    return sorted(enumerate(designs), key=lambda each: each[1].from_on)


def amendments_belong_to_designs(rules: Rules) -> Iterator[Complaint]:
    designs = {each.code: each for each in rules.designs}
    waves = {each.code for each in rules.waves}
    for place, each in enumerate(rules.amendments):
        here: Path = ("amendments", place)
        for key in ("from_design", "to_design"):
            if getattr(each, key) not in designs:
                code = getattr(each, key)
                yield _unknown((*here, key), code, designs, _DESIGN_CODES)
        for spot, baseline in enumerate(each.baselines):
            path = (*here, "baselines", spot, "wave")
            if baseline.wave not in waves:
                yield _unknown(path, baseline.wave, waves, _WAVE_CODES)
        after = designs.get(each.to_design)
        if after and after.from_on != each.on:
            yield Complaint(
                (*here, "on"),
                _("An amendment falls on the first day of the design it brings."),
                format_lazy(_("Write {value}."), value=after.from_on.isoformat()),
                rests_on=(("designs",),),
            )
    yield from _every_change_is_amended(rules)


def _every_change_is_amended(rules: Rules) -> Iterator[Complaint]:
    changes = {(each.from_design, each.to_design) for each in rules.amendments}
    in_order = _by_date(rules.designs)
    for (_at, before), (place, after) in pairwise(in_order):
        if (before.code, after.code) not in changes:
            yield Complaint(
                ("designs", place),
                format_lazy(
                    _("No amendment says why “{before}” became “{after}”."),
                    before=before.code,
                    after=after.code,
                ),
                _("Add a section [[amendments]] with the date and the reason."),
                rests_on=(("amendments",), ("designs",)),
            )


def circumstances_do_not_overlap(rules: Rules) -> Iterator[Complaint]:
    """A day in no period is an open one; a day in two periods is a mistake."""
    in_order = sorted(enumerate(rules.circumstances), key=lambda each: each[1].from_on)
    covered: date | None = None
    for place, period in in_order:
        here: Path = ("circumstances", place)
        if covered and period.from_on <= covered:
            yield Complaint(
                (*here, "from_on"),
                _("This period begins before the one before it has ended."),
                _("Let each period begin after the last day of the one before it.")
                if covered == date.max
                else format_lazy(
                    _("Write a date on or after {date}."), date=covered + DAY
                ),
                rests_on=(
                    ("circumstances", ANY, "from_on"),
                    ("circumstances", ANY, "until_on"),
                ),
            )
        yield from _runs_forward(here, period)
        covered = max(covered or date.min, period.until_on or date.max)


def report_can_be_made(rules: Rules) -> Iterator[Complaint]:
    waves = {each.code for each in rules.waves}
    for place, withheld in enumerate(rules.report.withheld):
        if withheld.wave not in waves:
            path: Path = ("report", "withheld", place, "wave")
            yield _unknown(path, withheld.wave, waves, _WAVE_CODES)
    yield from _named_once(
        ("report", "sections"),
        "tables",
        [each.tables for each in rules.report.sections],
    )
    masking = rules.report.masking
    yield from _named_once(
        ("report", "masking", "places"),
        "countries",
        [each.countries for each in masking.places],
    )
    yield from _bands_follow(("report", "masking", "age_bands"), masking.age_bands)
    yield from _bands_follow(
        ("report", "masking", "migration_age_bands"), masking.migration_age_bands
    )


def _named_once(
    path: Path, key: str, lists: list[tuple[str, ...]]
) -> Iterator[Complaint]:
    """No table in two sections, no country in two places (once in a list is checked
    for every list)."""
    owners: dict[str, int] = {}
    for place, names in enumerate(lists):
        for spot, name in enumerate(names):
            if owners.setdefault(name, place) != place:
                yield Complaint(
                    (*path, place, key, spot),
                    format_lazy(_("“{code}” stands elsewhere too."), code=name),
                    _("Name it in one place only."),
                )


def _bands_follow(path: Path, bands: tuple[Band, ...]) -> Iterator[Complaint]:
    """Every age has one band: nobody falls between two, or in both."""
    expected = bands[0].from_age if bands else 0
    for place, band in enumerate(bands):
        here = (*path, place)
        if band.from_age != expected:
            yield Complaint(
                (*here, "from_age"),
                _("This band does not follow on the one before it."),
                format_lazy(_("Write {value}."), value=expected),
                rests_on=(path,),
            )
        last = place == len(bands) - 1
        if band.to_age is None and not last:
            yield Complaint(
                here,
                _("Only the last band may have no upper end."),
                _("Add: to_age = ..., with the highest age of the band."),
                rests_on=(path,),
            )
        if band.to_age is not None and band.to_age < band.from_age:
            yield Complaint(
                (*here, "to_age"),
                _("The band ends before it begins."),
                format_lazy(_("Write {least} or more."), least=band.from_age),
                rests_on=((*here, "from_age"),),
            )
        expected = (band.to_age if band.to_age is not None else expected) + 1
