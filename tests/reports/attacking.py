"""A third attacker: reads the printed JSON and reasons by integer programming.

It shares nothing with the code that hides: no reveals, no supports, no relations of
the product, and scipy's solver instead of ours. What it knows of the questionnaire
(which answers exist, who is asked on) is written down here a second time.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Json = dict[str, Any]
Name = tuple[str, ...]  # edition, group, code, value
Form = dict[Name, int]
REST = "rest"  # no answer, or a row that is not printed
SCORES = {"trust": range(11), "life": range(11), "discrimination": range(1, 4)}
SHARES = {
    "percent_ge_8": range(8, 11),
    "percent_le_4": range(5),
    "percent_never": (1,),
}
CONTACTS = ("contact_neighbours", "contact_friends", "contact_family")
# The columns of a table in their order, where something else leans on them.
ITEMS = {
    "language_mastery": ("dutch_speaking", "dutch_understanding", "dutch_reading"),
    "contact": CONTACTS,
    "self_reliance": ("solves_difficulties", "overcomes_setbacks"),
    "health": ("health_physical", "health_mental"),
    "views_on_benefit": (
        "view_obligations_right",
        "view_own_way_better",
        "view_help_motivates",
        "view_unpaid_in_return",
    ),
    "capability_find_work": ("find_volunteering", "find_odd_jobs", "find_paid_job"),
}
# claim: the question it is counted on, and the answers that count
ANSWERS = {
    "obligations_not_opposed": ("view_obligations_right", "345"),
    "unpaid_in_return_not_opposed": ("view_unpaid_in_return", "345"),
    "finds_volunteering": ("find_volunteering", "45"),
    "finds_odd_jobs": ("find_odd_jobs", "45"),
    "finds_paid_job": ("find_paid_job", "45"),
    "self_reliance_problem": ("overcomes_setbacks", "12"),
    "isolated": ("isolated", ("yes",)),
    "discriminated_any": ("discriminated_any", ("yes",)),
}
FLOW = ("candidates", "reached", "intake", "questionnaire", "participants", "evaluated")


@dataclass
class Puzzle:
    """Whole numbers of people, and everything that is known to hold between them."""

    most: dict[Name, int] = field(default_factory=dict)
    known: list[tuple[Form, int, int]] = field(default_factory=list)
    pools: dict[Name, tuple[list[Name], Any]] = field(default_factory=dict)

    def unknown(self, name: Name, most: int) -> Name:
        self.most.setdefault(name, most)
        return name

    def holds(self, form: Form, low: int, high: int | None = None) -> None:
        self.known.append((form, low, low if high is None else high))

    def tie(self) -> None:
        """Cut what is known into pools that do not touch each other."""
        leader = {name: name for name in self.most}

        def lead(name: Name) -> Name:
            while leader[name] != name:
                leader[name] = leader[leader[name]]
                name = leader[name]
            return name

        for form, _, _ in self.known:
            first, *others = form
            for other in others:
                leader[lead(other)] = lead(first)
        members, rules = defaultdict(list), defaultdict(list)
        for name in self.most:
            members[lead(name)].append(name)
        for rule in self.known:
            rules[lead(next(iter(rule[0])))].append(rule)
        for head, names in members.items():
            known = _matrix(names, rules[head])
            self.pools |= dict.fromkeys(names, (names, known))

    def extent(self, form: Form) -> tuple[int, int]:
        """The least and the most that the form can be."""
        names, known = self.pools[next(iter(form))]
        weights = np.array([form.get(name, 0) for name in names], dtype=float)
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * weights,
                integrality=np.ones(len(names)),
                bounds=Bounds(0, np.array([self.most[n] for n in names], dtype=float)),
                constraints=known,
                options={"mip_rel_gap": 0.0},
            )
            assert found.success, f"{form}: {found.message}"
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


def _matrix(names: list[Name], rules: list[tuple[Form, int, int]]) -> Any:
    place = {name: number for number, name in enumerate(names)}
    rows = np.zeros((len(rules), len(names)))
    for row, (form, _, _) in zip(rows, rules, strict=True):
        for name, weight in form.items():
            row[place[name]] += weight
    lows, highs = zip(*((low, high) for _, low, high in rules), strict=True)
    return [LinearConstraint(rows, np.array(lows), np.array(highs))]


@dataclass
class Reader:
    """Puts one edition, as it is printed, into a puzzle."""

    puzzle: Puzzle
    edition: str
    report: Json

    def read(self) -> None:
        for table in self.report["tables"]:
            for group, base in table["base"].items():
                if group != "reference":
                    getattr(self, f"_{table['form']}")(table, group, base)
        self._claims({each["code"]: each for each in self.report["claims"]})
        self._routing()

    def name(self, group: str, code: str, value: object) -> Name:
        return (self.edition, group, code, str(value))

    def form(self, group: str, code: str, values: Any, weight: int = 1) -> Form:
        names = [self.name(group, code, value) for value in values]
        assert set(names) <= self.puzzle.most.keys(), names
        return dict.fromkeys(names, weight)

    def _whole(self, group: str, code: str, values: Any, base: int) -> None:
        names = [self.name(group, code, value) for value in (*values, REST)]
        for name in names:
            self.puzzle.unknown(name, base)
        self.puzzle.holds(dict.fromkeys(names, 1), base)

    def _printed(self, form: Form, base: int, cell: Json) -> None:
        if cell.get("n") is not None:
            self.puzzle.holds(form, cell["n"])
        elif cell.get("percent") is not None:
            self._share(form, base, cell["percent"])

    def _share(self, form: Form, base: int, percent: float | None) -> None:
        if percent is not None:
            n = percent * base / 100
            assert abs(n - round(n)) < 1e-6
            self.puzzle.holds(form, round(n))

    def _mean(self, scores: Form, answers: Form, mean: float | None) -> None:
        """A mean in full is a fraction: sum and number of answers have its ratio."""
        if mean is not None:
            told = Fraction(mean).limit_denominator(400)
            both = {n: w * told.denominator for n, w in scores.items()}
            for name, weight in answers.items():
                both[name] = both.get(name, 0) - weight * told.numerator
            self.puzzle.holds(both, 0)

    def _counts(self, table: Json, group: str, base: int) -> None:
        code = table["id"]
        rows = [row["code"] for row in table["rows"] if row["code"] != "unanswered"]
        self._whole(group, code, rows, base)
        for row in table["rows"]:
            value = REST if row["code"] == "unanswered" else row["code"]
            for cell in _of(row, group):
                self._printed(self.form(group, code, [value]), base, cell)
            self._of_which(row, group, base)

    def _of_which(self, row: Json, group: str, base: int) -> None:
        if "of_which" not in row:
            return
        values = [sub["code"] for sub in row["of_which"]]
        self._whole(group, "debt_help", (*values, "not_asked"), base)
        for sub in row["of_which"]:
            for cell in _of(sub, group):
                form = self.form(group, "debt_help", [sub["code"]])
                self._printed(form, base, cell)

    def _percentages(self, table: Json, group: str, base: int) -> None:
        values = [row["code"] for row in table["rows"]]
        cells = [(r["code"], cell) for r in table["rows"] for cell in _of(r, group)]
        labels = dict.fromkeys(cell["item"] for _, cell in cells)
        code = dict(zip(labels, ITEMS[table["id"]], strict=True))
        for item in labels:
            self._whole(group, code[item], values, base)
        for value, cell in cells:
            self._printed(self.form(group, code[cell["item"]], [value]), base, cell)

    def _percent_yes(self, table: Json, group: str, base: int) -> None:
        for row in table["rows"]:
            for cell in _of(row, group):
                code = f"{row['code']}.{cell['measure']}"
                self._whole(group, code, ("yes", "no"), base)
                self._printed(self.form(group, code, ["yes"]), base, cell)

    def _mean_and_share(self, table: Json, group: str, base: int) -> None:
        points = SCORES[table["id"]]
        single = [row for row in table["rows"] if row["code"] != "total"]
        for row in single:
            self._whole(group, row["code"], points, base)
            for cell in _of(row, group):
                self._scored(group, row["code"], points, cell)
                for key in cell.keys() & SHARES.keys():
                    form = self.form(group, row["code"], SHARES[key])
                    self._share(form, base, cell[key])
        if len(single) < len(table["rows"]):
            self._pooled(table, group, base, [row["code"] for row in single])

    def _pooled(self, table: Json, group: str, base: int, codes: list[str]) -> None:
        self._whole(group, "discriminated_any", ("yes", "no"), base)
        scores = {self.name(group, c, v): v for c in codes for v in (1, 2, 3)}
        for row in table["rows"]:
            for cell in _of(row, group) if row["code"] == "total" else []:
                self._mean(scores, dict.fromkeys(scores, 1), cell["mean"])
                nowhere = self.form(group, "discriminated_any", ["no"])
                self._share(nowhere, base, cell["percent_never"])

    def _scored(self, group: str, code: str, points: Any, cell: Json) -> None:
        scores = {self.name(group, code, value): value for value in points}
        self._mean(scores, dict.fromkeys(scores, 1), cell["mean"])

    def _means(self, table: Json, group: str, base: int) -> None:
        for row in table["rows"]:
            for cell in _of(row, group):
                code = f"{row['code']}.{cell['measure']}"
                self._whole(group, code, range(1, 6), base)
                self._scored(group, code, range(1, 6), cell)

    def _hours(self, table: Json, group: str, base: int) -> None:
        for row in table["rows"]:
            for cell in _of(row, group):
                code = f"hours.{row['code']}.{cell['measure']}"
                self._whole(group, code, ("used", "left_out", "not"), base)
                named = self.form(group, code, ("used", "left_out"))
                self._share(named, base, cell.get("percent"))
                total = self.puzzle.unknown(self.name(group, code, "hours"), 168 * base)
                used = self.form(group, code, ["used"])
                self.puzzle.holds({total: -1, **dict.fromkeys(used, 168)}, 0, 168 * 99)
                self._mean({total: 1}, used, cell.get("mean"))

    def _claims(self, claims: dict[str, Json]) -> None:
        people = claims["participants"]["n"]
        self._whole("participants", "isolated", ("yes", "no"), people)
        for claim, (code, values) in ANSWERS.items():
            form = self.form("participants", code, values)
            if claims[claim]["n"] is not None:
                self.puzzle.holds(form, claims[claim]["n"])
        names = [n for n in self.puzzle.most if n[0] == self.edition]
        asked = [
            n for n in names if n[2].startswith("discriminated_") and n[3] in "123"
        ]
        often = {name: 1 for name in asked if name[3] == "3"}
        told = claims["fairly_often"]
        if often and told["n"] is not None:
            self.puzzle.holds(often, told["n"])
            answers = round(100 * told["n"] / told["percent"])
            self.puzzle.holds(dict.fromkeys(asked, 1), answers)
        if claims["fairly_often_applying"]["n"] is not None:
            applying = self.form("participants", "discriminated_applying", [3])
            self.puzzle.holds(applying, claims["fairly_often_applying"]["n"])

    def _routing(self) -> None:
        """What the questionnaire makes true for everybody."""
        group, far = "participants", 10_000
        yes = self.form(group, "isolated", ["yes"])
        rarely = [self.form(group, contact, [6]) for contact in CONTACTS]
        for form in rarely:
            self.puzzle.holds(form | dict.fromkeys(yes, -1), 0, far)
        base = self.puzzle.most[next(iter(yes))]
        together = {name: -1 for form in rarely for name in form}
        self.puzzle.holds(yes | together, -2 * base, far)
        anywhere = self.form(group, "discriminated_any", ["yes"])
        places = defaultdict(dict)
        for name in self.puzzle.most:
            asked = name[0] == self.edition and name[2].startswith("discriminated_")
            if asked and name[3] in "23":
                places[name[2]][name] = -1
        for ever in places.values():
            self.puzzle.holds(anywhere | ever, 0, far)
        all_places = {n: 1 for ever in places.values() for n in ever}
        self.puzzle.holds(all_places | dict.fromkeys(anywhere, -1), 0, far)
        asked = self.form(group, "debt_help", ("debt_help_no", "debt_help_yes", REST))
        debts = self.form(group, "debts", ["yes"])
        self.puzzle.holds(asked | dict.fromkeys(debts, -1), 0)
        for each in ("participants", "dropouts"):
            here = self.form(each, "age_at_migration", ["born_here"])
            self.puzzle.holds(here | self.form(each, "birthplace", ["NL"], -1), 0)

    def flow(self, ends: dict[str, list[str]]) -> None:
        """The diagram. `ends`: which reasons occur at each step (an attacker may know
        them from the pilot's file); how many, only what is printed."""
        far = 10_000
        for step, reasons in ends.items():
            for reason in reasons or ["-"]:
                self.puzzle.unknown(self.name("flow", step, reason), far)
        printed = {step["code"]: step for step in self.report["flow"]["steps"]}
        for place, step in enumerate(FLOW):
            beyond = [self._ended(each) for each in FLOW[place:]]
            if step in printed:
                form = {name: 1 for form in beyond for name in form}
                self.puzzle.holds(form, printed[step]["n"])
        for step, told in printed.items():
            self._exits(step, told["exits"] or [], set(ends[step]))
        sizes = {each["code"]: each.get("n") for each in self.report["claims"]}
        for step, size in (("questionnaire", "intakes"), ("participants", None)):
            places = FLOW[FLOW.index(step) :]
            form = {n: 1 for each in places for n in self._ended(each)}
            self.puzzle.holds(form, sizes[size or "participants"])
        self._dropouts()

    def _dropouts(self) -> None:
        left = self._ended("questionnaire")
        stopped = {name: 1 for name in left if name[3] != "ineligible"}
        for form, number in ((left, "gross"), (stopped, "net")):
            if self.report["flow"][number] is not None:
                self.puzzle.holds(form, self.report["flow"][number])

    def _ended(self, step: str) -> Form:
        names = (n for n in self.puzzle.most if n[:3] == (self.edition, "flow", step))
        return dict.fromkeys(names, 1)

    def _exits(self, step: str, exits: list[Json], reasons: set[str]) -> None:
        told = {each["reason"] for each in exits}
        for each in exits:
            chosen = [each["reason"]]
            if each["reason"] == "other_reasons":
                chosen = sorted(reasons - told)
            self.puzzle.holds(self.form("flow", step, chosen), each["n"])


def _of(row: Json, group: str) -> list[Json]:
    return [cell for cell in row["cells"] if cell["group"] == group]


def gone_between(puzzle: Puzzle, group: str, before: str, after: str) -> list[Name]:
    """One person of the group is in the earlier edition and not in the later: their
    answers, as unknowns of nought or one."""
    answers = []
    by_code = defaultdict(list)
    for name in list(puzzle.most):
        if name[0] != before or name[1] == "flow":
            continue
        later = (after, *name[1:])
        if later not in puzzle.most:
            continue
        if name[1] != group:
            puzzle.holds({name: 1, later: -1}, 0)
            continue
        one = ("gone", *name[1:])
        puzzle.unknown(one, 168 if name[3] == "hours" else 1)
        puzzle.holds({name: 1, later: -1, one: -1}, 0)
        if name[3] != "hours":
            by_code[name[2]].append(one)
            answers.append(one)
    for names in by_code.values():
        puzzle.holds(dict.fromkeys(names, 1), 1)
    return answers


def lean_on_the_rule(puzzle: Puzzle, alone: set[str], hidden: set[Name]) -> None:
    """What the published rule adds, for questions that nothing else touches: figures
    are hidden only where one to four people gave an answer, or where all did."""
    by_code = defaultdict(list)
    for name in list(puzzle.most):
        if name[2] in alone:
            by_code[name[:3]].append(name)
    for place, names in by_code.items():
        if not hidden & set(names):
            continue
        base, because = puzzle.most[names[0]], {}
        for name in names:
            few = puzzle.unknown((*place[:2], f"{place[2]}?", f"few {name[3]}"), 1)
            every = puzzle.unknown((*place[:2], f"{place[2]}?", f"all {name[3]}"), 1)
            puzzle.holds({name: 1, few: -1}, 0, base)
            puzzle.holds({name: 1, few: base - 4}, 0, base)
            puzzle.holds({name: 1, every: -base}, 0, base)
            because |= {few: 1, every: 1}
        puzzle.holds(because, 1, len(because))
