"""Draws the fictitious data sets of this folder, and what is true in them.

`python docs/examples/data/make_fictitious_data.py` writes the files anew, to the same
digit. Nobody in them exists. Sizes and set-up resemble pilots that were published; not
one figure is theirs.

Everybody has a need for help that shows in all they answer. Each outcome is a line on
which a person stands; the questionnaire sees it in steps. Between the moments everybody
moves a little (`TREND`, less with complaints: what happens without a trajectory),
participants move on by the effect, and who is in more need leaves more often. The truth
is the mean over very many people drawn in the same way: of everybody who began, and of
those who answered twice.
"""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

HERE = Path(__file__).parent
Values = NDArray[np.float64]
MANY = 400_000
TREND = 0.15
# How strongly the need for help shows in an outcome.
NEED = 0.5
# On the line, the places at which a person steps to the next answer or tread.
CUTS = {
    "health": (-1.4, -0.5, 0.5, 1.4),
    "tread": (-1.0, 0.2, 1.2, 2.0, 2.8),
}


@dataclass(frozen=True)
class Group:
    """Who take part, or who are asked beside them.

    `moves`: how far the trajectory brings them on each line, in standard deviations of
    that line. `need`: the mean need for help. `leaving`: log-odds of leaving.
    """

    name: str
    people: int
    need: float = 0.0
    leaving: float = -1.7
    coaches: int = 0
    moves: dict[str, float] = field(default_factory=dict)


OUTCOMES = ("satisfied", "contacts", "health", "tread", "volunteers", "hours")
PARTICIPANTS = Group(
    "participants",
    134,
    need=0.5,
    coaches=2,
    moves={
        "satisfied": 0.45,
        "contacts": 0.6,
        "health": 0.0,
        "tread": 0.5,
        "volunteers": 0.5,
        "hours": 0.3,
    },
)
SURVEY = Group("survey", 200, need=-0.2, leaving=-1.2)
PILOTS = (
    Group("nijmegen_like", 62, 0.4, -1.3, 8, dict.fromkeys(OUTCOMES, 0.30)),
    Group("enschede_like", 134, 0.2, -1.7, 2, dict.fromkeys(OUTCOMES, 0.45)),
    Group("arnhem_like", 472, 0.0, -1.5, 13, dict.fromkeys(OUTCOMES, 0.20)),
)
# What a pilot is called beside others.
TITLES = {
    "nijmegen_like": "Pilot Nijmegen",
    "enschede_like": "Pilot Enschede",
    "arnhem_like": "Pilot Arnhem",
    "control_group": "Pilot met vergelijkingsgroep",
}
# What a report calls them, and the words of the question.
WORDS = {
    "tread": (
        "Trede op de Participatieladder",
        "Op welke trede van de ladder staat u?",
        'type = "ladder"\nscale = [1, 6]\nquestion = "participatie"\nprimary = true',
    ),
    "satisfied": (
        "Tevreden met het leven",
        "Hoe tevreden bent u met uw leven, van 0 tot 10?",
        'type = "score"\nscale = [0, 10]\nquestion = "welbevinden"\nprimary = true',
    ),
    "contacts": (
        "Tevreden met contacten",
        "Hoe tevreden bent u met uw contacten, van 0 tot 10?",
        'type = "score"\nscale = [0, 10]',
    ),
    "health": (
        "Ervaren gezondheid",
        "Hoe is uw gezondheid, van 1 (slecht) tot 5 (heel goed)?",
        'type = "likert"\nscale = [1, 5]',
    ),
    "volunteers": (
        "Doet vrijwilligerswerk",
        "Doet u vrijwilligerswerk?",
        'type = "binary"',
    ),
    "hours": (
        "Uren per week actief",
        "Hoeveel uur per week bent u actief buiten huis?",
        'type = "hours"',
    ),
    "first_step": (
        "Dagen tot de eerste stap",
        "Wanneer begon u voor het eerst aan iets nieuws?",
        'type = "time"',
    ),
}
# Only of who had a trajectory it can be asked how and when that ended.
END = {
    "exit": (
        "Dagen tot het einde van het traject",
        "Wanneer eindigde het traject, en waarom?",
        'type = "time"',
    ),
}


@dataclass(frozen=True)
class Drawn:
    """What was drawn; `without` is what the second moment would have been without a
    trajectory."""

    covariates: dict[str, Values]
    before: dict[str, Values]
    after: dict[str, Values]
    without: dict[str, Values]
    left: NDArray[np.bool_]
    step_on: Values
    followed: Values


def draw(group: Group, n: int, rng: Generator) -> Drawn:
    need = rng.normal(group.need, 1, n)
    complaints = (need + rng.normal(0, 1, n) > 0.3).astype(float)
    covariates = {
        "age": np.rint(np.clip(rng.normal(45 + 2 * need, 9, n), 28, 66)),
        "woman": (rng.random(n) < 0.52).astype(float),
        "years_on_benefit": np.rint(np.clip(rng.gamma(3, 2, n) + 2 * need, 2, 25)),
        "complaints": complaints,
    }
    before, after, without = {}, {}, {}
    for code in OUTCOMES:
        start = rng.normal(0, 0.85, n) - NEED * need
        later = start + TREND - 0.2 * complaints + rng.normal(0, 0.6, n)
        before[code] = answered(code, start)
        without[code] = answered(code, later)
        after[code] = answered(code, later + group.moves.get(code, 0.0))
    left = rng.random(n) < 1 / (1 + np.exp(-(group.leaving + 0.5 * need)))
    step_on = np.ceil(rng.exponential(420 * np.exp(0.3 * need), n))
    followed = np.where(left, np.ceil(rng.uniform(30, 330, n)), 365.0)
    return Drawn(covariates, before, after, without, left, step_on, followed)


def answered(code: str, line: Values) -> Values:
    """What the questionnaire sees of where somebody stands."""
    if code in CUTS:
        return np.asarray(1.0 + np.searchsorted(CUTS[code], line), float)
    if code == "volunteers":
        return np.asarray(line > 0.6, float)
    if code == "hours":
        return np.asarray(np.where(line > 0.5, np.rint(4 + 8 * (line - 0.5)), 0), float)
    return np.asarray(np.clip(np.rint(5.5 + 1.8 * line), 0, 10), float)


def rows(
    group: Group, drawn: Drawn, rng: Generator, first: int
) -> list[dict[str, str]]:
    n = len(drawn.left)
    # A few questions are skipped by chance.
    skipped = {(c, m): rng.random(n) < 0.02 for c in OUTCOMES for m in ("t0", "t1")}
    coach = rng.integers(1, max(2, group.coaches + 1), n)
    found = []
    for i in range(n):
        row = {"person": f"x{first + i:04}"}
        row["status"] = "dropout" if drawn.left[i] else "stayed"
        if group.coaches:
            row["cluster"] = f"{group.name}_{coach[i]}"
        row |= {name: f"{values[i]:g}" for name, values in drawn.covariates.items()}
        for code in OUTCOMES:
            gone = drawn.left[i] or skipped[code, "t1"][i]
            before = "" if skipped[code, "t0"][i] else f"{drawn.before[code][i]:g}"
            row[f"{code}_t0"] = before
            row[f"{code}_t1"] = "" if gone else f"{drawn.after[code][i]:g}"
        seen = drawn.step_on[i] <= drawn.followed[i]
        row["first_step_days"] = f"{min(drawn.step_on[i], drawn.followed[i]):g}"
        row["first_step_event"] = f"{int(seen)}"
        found.append(row)
    return found


def ends(drawn: Drawn, rng: Generator) -> list[dict[str, str]]:
    """When each trajectory ended within the year, and why: somebody did not want to go
    on, something else came (another course, a move), or it was completed early."""
    n = len(drawn.left)
    why = np.where(rng.random(n) < 0.65, "dropout", "other")
    early, days = rng.random(n) < 0.2, np.ceil(rng.uniform(200, 364, n))
    found = []
    for i in range(n):
        day, kind = 365.0, ""
        if drawn.left[i]:
            day, kind = drawn.followed[i], str(why[i])
        elif early[i]:
            day, kind = days[i], "completed"
        seen = str(int(bool(kind)))
        found.append({"exit_days": f"{day:g}", "exit_event": seen, "exit_kind": kind})
    return found


def change(group: Group, rng: Generator) -> dict[str, dict[str, float]]:
    """The true mean change per outcome."""
    drawn = draw(group, MANY, rng)
    return _means(drawn, drawn.before)


def effect(group: Group, rng: Generator) -> dict[str, dict[str, float]]:
    """The true mean effect per outcome, among participants."""
    drawn = draw(group, MANY, rng)
    return _means(drawn, drawn.without)


def _means(drawn: Drawn, other: dict[str, Values]) -> dict[str, dict[str, float]]:
    found = {}
    for code in OUTCOMES:
        gap = drawn.after[code] - other[code]
        stayed = gap[~drawn.left]
        found[code] = {
            "everybody": round(float(gap.mean()), 4),
            "answering": round(float(stayed.mean()), 4),
            "answering_net_share_up": round(float(np.sign(stayed).mean()), 4),
        }
    return found


# What is known beforehand, by its column.
KNOWN = {
    "age": "Leeftijd",
    "woman": "Vrouw",
    "years_on_benefit": "Jaren in de bijstand",
    "complaints": "Klachten over de gezondheid",
}


def write_table(name: str, table: list[dict[str, str]]) -> None:
    path = HERE / f"{name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def write_truth(name: str, truth: dict[str, object]) -> None:
    text = json.dumps(truth, indent=2) + "\n"
    (HERE / f"{name}_truth.json").write_text(text, encoding="utf-8")


def write_configuration(name: str, design: str, estimand: str) -> None:
    """How the file is to be analysed, which was decided before it was drawn."""
    title = f"{TITLES.get(name, name)} (verzonnen)"
    pilot = "" if design == "several_pilots" else f'pilot = "{title}"\n'
    head = f"""# Nobody in the file that this is for exists.
design = "{design}"
estimand = "{estimand}"
{pilot}population = "wie twee keer antwoordde"
seed = 2021
horizon = 365
covariates = ["age", "woman", "years_on_benefit", "complaints"]
subgroups = ["complaints"]
"""
    asked = WORDS if design == "control_group" else WORDS | END
    outcomes = [
        f'\n[[outcome]]\ncode = "{code}"\n{kind}\n'
        f'label = "{label}"\ndefinition = "{question}"\n'
        for code, (label, question, kind) in asked.items()
    ]
    labels = "".join(f'{code} = "{label}"\n' for code, label in KNOWN.items())
    path = HERE / f"fictitious_{name}.toml"
    text = head + "".join(outcomes) + "\n[labels]\n" + labels
    path.write_text(text, encoding="utf-8")


def control_group() -> None:
    rng = np.random.default_rng(2021)
    table = []
    for arm, group in ((1, PARTICIPANTS), (0, SURVEY)):
        drawn = draw(group, group.people, rng)
        # A survey has no coaches.
        made = rows(group, drawn, rng, 1 + len(table))
        table += [{**row, "cluster": "", "arm": f"{arm}"} for row in made]
    for row in table:
        del row["cluster"]
    write_table("fictitious_control_group", table)
    estimand = "het effect bij de deelnemers, bij de tweede vragenlijst"
    write_configuration("control_group", "control_group", estimand)
    truth = {"effect": effect(PARTICIPANTS, np.random.default_rng(1))}
    write_truth("fictitious_control_group", truth)


def three_pilots() -> None:
    rng = np.random.default_rng(2008)
    truth, together = {}, []
    estimand = "de verandering van wie twee keer antwoordde"
    for group in PILOTS:
        first = 1 + len(together)
        drawn = draw(group, group.people, rng)
        table = [
            row | end
            for row, end in zip(
                rows(group, drawn, rng, first),
                ends(drawn, np.random.default_rng(first)),
                strict=True,
            )
        ]
        write_table(f"fictitious_{group.name}", table)
        write_configuration(group.name, "pre_post", estimand)
        together += [{**row, "pilot": group.name} for row in table]
        truth[group.name] = change(group, np.random.default_rng(1))
    write_table("fictitious_three_pilots", together)
    write_configuration("three_pilots", "several_pilots", estimand)
    write_truth("fictitious_three_pilots", {"change": truth})


def export() -> None:
    """One pilot in the shape in which `trede dataset` writes it: a row per wave."""
    rng = np.random.default_rng(1974)
    group = PILOTS[0]
    table = []
    for one in rows(group, draw(group, group.people, rng), rng, 1):
        left = one["status"] == "dropout"
        for wave, month in (("T0", "2020-03"), ("T1", "2021-03")):
            if wave == "T1" and left:
                continue
            row = {"person": one["person"].replace("x", "P-X")}
            row |= {"group": "dropouts" if left else "participants"}
            row |= {"wave": wave, "month": month, "simulated": "yes"}
            for code in ("satisfied", "contacts", "volunteers"):
                answer = one[f"{code}_{wave.lower()}"]
                if code == "volunteers":
                    answer = {"1": "yes", "0": "no", "": ""}[answer]
                row |= {code: answer, f"{code}__missing": "" if answer else "skipped"}
            table.append(row)
    write_table("fictitious_export", table)


if __name__ == "__main__":
    control_group()
    export()
    three_pilots()
