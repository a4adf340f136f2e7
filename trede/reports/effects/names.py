"""What the codes of an analysis are called, for one study.

A study knows the words of its questions; a bare file has its codes, or the labels of
its configuration. A code without a name stands for itself, so nothing is left out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Labels = Mapping[str, str]


def _none() -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Names:
    """Labels by code; `answers` by outcome and then by code, `domains` by outcome."""

    outcomes: Labels = field(default_factory=_none)
    answers: Mapping[str, Labels] = field(default_factory=dict)
    domains: Labels = field(default_factory=_none)
    contrasts: Labels = field(default_factory=_none)
    waves: Labels = field(default_factory=_none)
    groups: Labels = field(default_factory=_none)
    covariates: Labels = field(default_factory=_none)
    scales: Labels = field(default_factory=_none)
    families: Labels = field(default_factory=_none)
    periods: Labels = field(default_factory=_none)
    # What the plan says in words, in those of who reads; "" where these are not there.
    plan: Labels = field(default_factory=_none)
    # What a target list holds of people, and what reached means there.
    listed: Labels = field(default_factory=_none)
    list_levels: Mapping[str, Labels] = field(default_factory=dict)
    reached_is: str = ""
    before: str = ""
    after: str = ""
    # Outcomes of which a higher code is the less good one.
    lower_is_better: Collection[str] = ()

    def outcome(self, code: str) -> str:
        """What it is called, and which way is up when a higher code is less good."""
        told = self.outcomes.get(code) or self.scales.get(code) or _plain(code)
        if code not in self.lower_is_better:
            return told
        return _("%(outcome)s (higher = less good)") % {"outcome": told}

    def answer(self, outcome: str, value: float) -> str:
        code = f"{value:g}"
        return self.answers.get(outcome, {}).get(code, code)

    def domain(self, outcome: str) -> str:
        return self.domains.get(outcome, "")

    def contrast(self, code: str) -> str:
        """A difference, and of whom when it is of a part of the people."""
        name, _slash, part = code.partition("/")
        known = {
            "difference_1": _("intake to evaluation"),
            "difference_2": _("evaluation to repeated evaluation"),
            "follow_up": _("the time until it happens"),
        }
        told = self.contrasts.get(name) or known.get(name) or _plain(name)
        return f"{told}, {self.group(part)}" if part else told

    def family(self, code: str) -> str:
        """Of outcomes whose p-values are adjusted for each other."""
        known = {"primary": _("primary outcomes"), "other": _("all other outcomes")}
        return self.families.get(code) or known.get(code) or _plain(code)

    def group(self, code: str) -> str:
        known = {
            "": _("everybody"),
            "treated": _("participants"),
            "comparison": _("comparison group"),
        }
        return self.groups.get(code) or known.get(code) or code

    def covariate(self, code: str) -> str:
        """A characteristic; of a category (`sex=woman`) with its answer."""
        name, sign, level = code.partition("=")
        told = self.covariates.get(name) or self.outcomes.get(name) or _plain(name)
        if not sign:
            return told
        return f"{told}: {self.answers.get(name, {}).get(level, level)}"

    def level(
        self, subgroup: str, level: str, among: Collection[str] = frozenset()
    ) -> str:
        """`among`: all levels that there are; of 0 and 1 alone it is a no or a yes."""
        # A number of a file is read as one with a point, whole or not.
        told = level.removesuffix(".0")
        answers = dict(self.answers.get(subgroup, {}))
        if not answers and {each.removesuffix(".0") for each in among} == {"0", "1"}:
            answers = {"0": _("no").capitalize(), "1": _("yes").capitalize()}
        return answers.get(level) or answers.get(told) or told

    def of_list(self, code: str) -> str:
        """Something that the target list holds of people."""
        return self.listed.get(code) or self.covariate(code)

    def level_of_list(self, code: str, level: str) -> str:
        told = self.list_levels.get(code, {}).get(level)
        return told or level.removesuffix(".0") or _("not known")

    def question(self, recorded: str) -> str:
        """A research question, recorded in the words of the plan."""
        return self.plan.get(recorded) or recorded

    def period(self, code: str) -> str:
        """The circumstances in which people were asked."""
        known = {"outside": _("at another time")}
        told = self.periods.get(code) or self.outcomes.get(code) or known.get(code)
        return told or _plain(code)

    def way_out(self, code: str) -> str:
        """A kind of exit, as the pilot's reasons count it or a file calls it."""
        known = {
            "completed": pgettext("way out", "completed"),
            "dropout": pgettext("way out", "stopped early"),
            "other": pgettext("way out", "ended for another reason"),
            "ineligible": pgettext("way out", "did not meet the criteria after all"),
        }
        return known.get(code) or _plain(code)

    def wave(self, code: str) -> str:
        return self.waves.get(code) or self.waves.get(code.lower()) or code.upper()

    @property
    def first(self) -> str:
        return self.before or _("before (T0)")

    @property
    def second(self) -> str:
        return self.after or _("after (T1)")


def _plain(code: str) -> str:
    """A code as words, when nobody gave it a name."""
    told = code.replace("_", " ").strip()
    return told[:1].upper() + told[1:]
