"""What the system knows of the set-up: designs, why they changed, waves and dates.

All of it comes from the pilot's file as it held on the last day of the data, and from
the changes that were recorded in the study; nothing is typed for the report.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from trede.pilots.in_english import sentences_in_english
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Wave, in_reader_words, is_read_in_english
from trede.reports.book.marking import Block, heading, in_dutch, paragraph
from trede.studies.models import Study

Pairs = tuple[tuple[str, str], ...]


def set_up(study: Study, rules: Rules, until: date) -> Iterator[Block]:
    about = rules.pilot
    yield paragraph(
        _(
            "%(pilot)s runs from %(from)s up to and with %(until)s and aims at %(aim)s"
            " trajectories. A trajectory lasts at most %(months)s months."
        )
        % {
            "pilot": about.name,
            "from": in_words(about.starts_on),
            "until": in_words(about.ends_on),
            "aim": about.aim,
            "months": rules.limits.trajectory_months,
        }
    )
    yield heading(_("Who could take part"))
    yield Block("list", tuple(each.said for each in rules.criteria))
    yield heading(_("The design"))
    yield Block("pairs", pairs=_designs(rules, until))
    yield from _amendments(study, rules, until)
    yield heading(_("The measurements"))
    yield Block("pairs", pairs=tuple((w.said, _wave(w, until)) for w in rules.waves))
    yield from _retired_in_dutch(rules, until)
    if periods := _periods(rules, until):
        yield heading(_("Circumstances during the pilot"))
        yield Block("pairs", pairs=periods)


def in_words(on: date) -> str:
    return on.strftime("%d-%m-%Y")


def _between(from_on: date, until_on: date | None) -> str:
    if until_on is None:
        return _("from %(day)s") % {"day": in_words(from_on)}
    return _("from %(day)s up to and with %(until)s") % {
        "day": in_words(from_on),
        "until": in_words(until_on),
    }


def _designs(rules: Rules, until: date) -> Pairs:
    known = sorted(rules.designs, key=lambda design: design.from_on)
    return tuple(
        (design.said, _between(design.from_on, design.until_on))
        for design in known
        if design.from_on <= until
    )


def _amendments(study: Study, rules: Rules, until: date) -> Iterator[Block]:
    known = sentences_in_english(rules)
    for change in study.amendments.filter(on__lte=until):
        day, english = in_words(change.on), known.get(change.reason)
        if is_read_in_english() and not english:
            yield paragraph(
                _("The design changed on %(day)s. Why was recorded in Dutch only:")
                % {"day": day}
            )
            yield in_dutch(paragraph(change.reason))
            continue
        yield paragraph(
            _("The design changed on %(day)s. The reason that was recorded: %(reason)s")
            % {"day": day, "reason": in_reader_words(change.reason, english)}
        )


def _wave(wave: Wave, until: date) -> str:
    if wave.retired_on is None or wave.retired_on > until:
        return _("in use")
    told = _("no longer asked since %(day)s") % {"day": in_words(wave.retired_on)}
    if not wave.retired_reason or _is_dutch_only(wave):
        return told
    return f"{told}: {in_reader_words(wave.retired_reason, wave.retired_reason_en)}"


def _is_dutch_only(wave: Wave) -> bool:
    return is_read_in_english() and not wave.retired_reason_en


def _retired_in_dutch(rules: Rules, until: date) -> Iterator[Block]:
    for wave in rules.waves:
        retired = wave.retired_on is not None and wave.retired_on <= until
        if retired and wave.retired_reason and _is_dutch_only(wave):
            told = _("%(wave)s: why it is no longer asked stands in Dutch only:")
            yield paragraph(told % {"wave": wave.said})
            yield in_dutch(paragraph(wave.retired_reason))


def _periods(rules: Rules, until: date) -> Pairs:
    return tuple(
        (period.said, _between(period.from_on, period.until_on))
        for period in rules.circumstances
        if period.from_on <= until
    )
