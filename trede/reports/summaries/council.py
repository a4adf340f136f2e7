"""One page for the council: what was done, with whom, what changed, what is unsure.

Made of the public edition only, so it says nothing that the report does not say. It
fits on one sheet: of many outcomes those that were chosen beforehand come first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.reports.analysed import names_in
from trede.reports.book.executing import acts_in
from trede.reports.book.headlines import Headline, headlines_in
from trede.reports.book.setting_up import in_words
from trede.reports.charts.bars import Bar, Part, adding_up, side_by_side
from trede.reports.drawing import Picture
from trede.reports.effects.names import Names
from trede.reports.explaining import vocabulary
from trede.reports.figures_json import Json
from trede.reports.models import Edition
from trede.reports.page import dropout_sentences, flow_in, why_not_shown
from trede.reports.printing import how_made, state_of
from trede.reports.summaries.changes_told import Told, told
from trede.reports.wording import STEPS, Wording, number

MOST = 4  # outcomes that fit beside the rest
SHOWN = ("candidates", "reached", "intake", "participants", "evaluated")


@dataclass(frozen=True)
class CouncilPage:
    title: str
    under: str
    state: str
    invented: bool
    done: tuple[str, ...]
    people: tuple[str, ...]
    picture: Picture | None
    changed_title: str
    changed: tuple[Told, ...]
    directions: Picture | None
    not_changed: tuple[str, ...]  # why nothing is told of change
    cannot_say: tuple[str, ...]
    more: tuple[str, ...]


def council_page(edition: Edition, words: Wording) -> CouncilPage:
    run, results = edition.run, edition.released
    changes = _chosen(headlines_in(results))
    compared = any(one.compared for one in changes)
    rules, until = words.rules, run.until_on
    names = names_in(results, rules)
    return CouncilPage(
        title=_("%(pilot)s on one page") % {"pilot": run.study.pilot.name},
        under=_("For the council of %(town)s. Data up to and with %(day)s.")
        % {"town": rules.pilot.municipality, "day": in_words(until)},
        state=state_of(edition),
        invented=bool(results["invented"]),
        done=tuple(_done(results, words)),
        people=tuple(_people(results)),
        picture=_way(results),
        changed_title=_("What did it do?") if compared else _("What changed?"),
        changed=tuple(told(one, names.outcome(one.outcome)) for one in changes),
        directions=_directions(changes, names),
        not_changed=() if changes else tuple(why_not_shown(run, results, words)[:3]),
        cannot_say=tuple(_cannot_say(results, words, edition, compared=compared)),
        more=(
            _("All figures, and how they were made, are in the full report."),
            how_made(run),
        ),
    )


def _chosen(headlines: list[Headline]) -> list[Headline]:
    """Those chosen beforehand; beside a group to compare with, only the comparison."""
    effects = [one for one in headlines if one.compared]
    found = effects or [one for one in headlines if "/" not in one.contrast]
    first = [one for one in found if one.primary]
    return (first or found)[:MOST]


def _directions(changes: list[Headline], names: Names) -> Picture | None:
    """How many went down, stayed the same and went up: shares of those with both."""
    bars, said = [], []
    for one in changes:
        if one.up is None or one.same is None or one.down is None:
            continue
        counts, about = (one.down, one.same, one.up), names.outcome(one.outcome)
        n = sum(counts)
        if not n:
            continue
        shares = [100 * count / n for count in counts]
        bars.append(Bar(about, tuple(Part(s, f"{number(s)}%") for s in shares)))
        down, same, up = (f"{number(s)}%" for s in shares)
        words = _("%(about)s: %(down)s down, %(same)s the same, %(up)s up.")
        said.append(words % {"about": about, "down": down, "same": same, "up": up})
    if not bars:
        return None
    ways = (_("Down"), _("The same"), _("Up"))
    return adding_up(bars, names=ways, hidden=_("hidden"), told=" ".join(said))


def _done(results: Json, words: Wording) -> Iterator[str]:
    rules = words.rules
    yield _(
        "Coaches looked for people who had been on social assistance for long, listened"
        " to them, and helped them a step further at their own pace. A trajectory lasts"
        " at most %(months)s months; taking part is voluntary."
    ) % {"months": rules.limits.trajectory_months}
    yield _("The pilot runs from %(from)s up to and with %(until)s.") % {
        "from": in_words(rules.pilot.starts_on),
        "until": in_words(rules.pilot.ends_on),
    }
    acts = {str(act["code"]): act["n"] for act in acts_in(results)}
    begun, spoken = acts.get("trajectories"), acts.get("spoken")
    if begun is not None:
        yield _("About %(n)s trajectories began; the aim is %(aim)s.") % {
            "n": number(begun),
            "aim": number(rules.pilot.aim),
        }
    if spoken:
        yield _("People were spoken to about %(n)s times.") % {"n": number(spoken)}


def _people(results: Json) -> Iterator[str]:
    steps = {step["code"]: step["n"] for step in flow_in(results)["steps"]}
    if listed := steps.get("candidates"):
        reached = steps.get("reached")
        first = ngettext(
            "%(n)s person was on the list or referred.",
            "%(n)s people were on the list or referred.",
            listed,
        )
        yield first % {"n": number(listed)}
        if reached is not None:
            share = number(100 * reached / listed)
            yield _("%(n)s of them were reached (%(share)s%%).") % {
                "n": number(reached),
                "share": share,
            }
    yield from dropout_sentences(results)[:1]


def _way(results: Json) -> Picture | None:
    steps = [s for s in flow_in(results)["steps"] if s["code"] in SHOWN]
    if not steps:
        return None
    bars = [
        Bar(str(STEPS[step["code"]]), (Part(float(step["n"]), number(step["n"])),))
        for step in steps
    ]
    said = ", ".join(f"{STEPS[step['code']]}: {number(step['n'])}" for step in steps)
    most = max(float(step["n"]) for step in steps)
    return side_by_side(bars, names=(), most=most, told=said)


def _cannot_say(
    results: Json, words: Wording, edition: Edition, *, compared: bool
) -> Iterator[str]:
    if compared:
        yield _("People of the groups may differ in what was not asked.")
    else:
        yield vocabulary(words.rules, edition.run.until_on)
        yield _(
            "People can also change without guidance: by time, by work that comes, by"
            " restrictions that end. These figures cannot tell those apart."
        )
    yield _(
        "Only people who agreed to the study are counted. Who was not reached or did"
        " not want to take part may be different."
    )
    if results["simulated"]:
        yield _("The answers of the evaluation in this demo are simulated: made up.")
