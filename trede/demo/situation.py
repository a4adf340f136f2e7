"""The starting situation of the participants: money, ties, week, health, life, views.

Four traits of a person, drawn first, make the answers hang together: how well somebody
feels (`wellbeing`), how many people somebody sees (`ties`), how sure of a way forward
(`confidence`) and how much somebody thinks of the municipality (`goodwill`).
"""

from dataclasses import dataclass

import numpy as np

from trede.demo.drawing import (
    Scores,
    exchange_until,
    hand_out,
    numbers_with_sum,
    put_in,
    shuffled,
    standardised,
)
from trede.demo.margins import (
    FIGURES,
    NOT_ASKED,
    NOT_TICKED,
    SKIPPED,
    YES,
    Answer,
    HoursMargin,
)
from trede.demo.origins import LANGUAGE, Columns, ages

CONTACTS = ("contact_neighbours", "contact_friends", "contact_family")
PLACES = ("applying", "street", "school", "nightlife", "club", "work")
DISCRIMINATED = tuple(f"discriminated_{place}" for place in PLACES)
NEVER = Answer(1)
SELDOM_OR_NEVER = Answer(6)

_SCALES = FIGURES.scales["participants"]
_OPTIONS = FIGURES.options["participants"]


@dataclass(frozen=True, slots=True)
class Traits:
    """What makes one person's answers hang together; one number each per person."""

    language: Scores
    age: Scores
    children: Scores
    wellbeing: Scores
    ties: Scores
    confidence: Scores
    goodwill: Scores


def _draw_traits(background: Columns, rng: np.random.Generator) -> Traits:
    mastered = [[answer.number for answer in background[code]] for code in LANGUAGE]
    language = standardised(np.sum(mastered, axis=0))
    age = standardised(ages(background))
    n = len(age)
    wellbeing = standardised(rng.normal(size=n) - 0.2 * age)
    return Traits(
        language=language,
        age=age,
        children=np.array([float(a == YES) for a in background["children_at_home"]]),
        wellbeing=wellbeing,
        ties=standardised(0.5 * wellbeing + 0.3 * language + rng.normal(size=n)),
        confidence=standardised(0.6 * wellbeing + 0.4 * language + rng.normal(size=n)),
        goodwill=standardised(0.3 * wellbeing + rng.normal(size=n)),
    )


def _draw_money(traits: Traits, rng: np.random.Generator) -> Columns:
    strain = 0.5 * traits.children - 0.5 * traits.wellbeing
    debts = hand_out(_OPTIONS["debts"], strain, rng)
    situation = [NOT_ASKED] * len(debts)
    debt_help = [NOT_ASKED] * len(debts)
    for margin, value in (
        ("financial_without_debts", "no"),
        ("financial_with_debts", "yes"),
        ("financial_undisclosed", None),
    ):
        who = [person for person, given in enumerate(debts) if given.value == value]
        shares = hand_out(_OPTIONS[margin], traits.wellbeing[who], rng)
        put_in(situation, who, shares)
        if value == "yes":
            # Debts shrink for people who are helped, so these come out together.
            helped = np.array(
                [float(share.value == "debts_shrink") for share in shares]
            )
            helps = hand_out(_OPTIONS["debt_help"], 5 * helped, rng)
            put_in(debt_help, who, helps)
    return {
        "debts": debts,
        "debt_help": debt_help,
        "financial_situation": situation,
    }


def _draw_schemes(traits: Traits, rng: np.random.Generator) -> Columns:
    columns: Columns = {}
    for scheme, trait in (("meedoen", traits.ties), ("plu024", traits.confidence)):
        uses, wants = f"scheme_{scheme}_uses", f"scheme_{scheme}_wants"
        columns[uses] = hand_out(_OPTIONS[uses], trait, rng)
        user = np.array([float(answer == YES) for answer in columns[uses]])
        columns[wants] = hand_out(_OPTIONS[wants], 1.5 * user + 0.5 * trait, rng)
    return columns


def _draw_sum(
    code: str, scores: Scores, rng: np.random.Generator, *, noise: float = 1.0
) -> list[Answer]:
    margin = FIGURES.sums[code]
    numbers = numbers_with_sum(margin.bands, margin.total, rng)
    return hand_out([Answer(number) for number in numbers], scores, rng, noise=noise)


def _draw_discrimination(exposed: Scores, rng: np.random.Generator) -> Columns:
    """All of it falls on the published number of people, each of them at least once."""
    target = FIGURES.people.discriminated
    order = np.argsort(exposed + rng.normal(size=len(exposed)), kind="stable")
    targets = order[-target:].tolist()
    among: list[list[Answer]] = []
    for code in DISCRIMINATED:
        never = len(exposed) - target
        among.append(hand_out(_SCALES[code][never:], exposed[targets], rng))

    def spared() -> int:
        return sum(
            all(a == NEVER for a in person) for person in zip(*among, strict=True)
        )

    exchange_until(among, spared, rng)
    columns = {code: [NEVER] * len(exposed) for code in DISCRIMINATED}
    for code, given in zip(DISCRIMINATED, among, strict=True):
        put_in(columns[code], targets, given)
    return columns


def _draw_belonging(traits: Traits, rng: np.random.Generator) -> Columns:
    discrimination = _draw_discrimination(0.3 * traits.language - 0.3 * traits.age, rng)
    numbers = [[a.number for a in column] for column in discrimination.values()]
    hurt = standardised(np.sum(numbers, axis=0))
    return {
        "trust_people": _draw_sum("trust_people", traits.ties - 0.4 * hurt, rng),
        "trust_municipality": _draw_sum(
            "trust_municipality", traits.goodwill - 0.3 * hurt, rng
        ),
        "home_in_nl": _draw_sum(
            "home_in_nl", 0.6 * traits.ties + 0.4 * traits.language - 0.5 * hurt, rng
        ),
    } | discrimination


def _draw_contacts(traits: Traits, rng: np.random.Generator) -> Columns:
    """The number of isolated people is made, for no margin says it."""
    columns = {code: hand_out(_SCALES[code], -traits.ties, rng) for code in CONTACTS}

    def too_many_or_few() -> int:
        people = zip(*columns.values(), strict=True)
        isolated = sum(all(a == SELDOM_OR_NEVER for a in person) for person in people)
        return abs(isolated - FIGURES.people.isolated)

    exchange_until(list(columns.values()), too_many_or_few, rng)
    return columns


def _hours_named(margin: HoursMargin, rng: np.random.Generator) -> list[Answer]:
    """The hours of those who name an activity; their mean rounds to the printed one."""
    counted = margin.named - margin.left_out
    slack = (counted - 1) // 2
    total = counted * margin.mean + int(rng.integers(-slack, slack + 1))
    hours = numbers_with_sum([(1, margin.most, counted)], total, rng)
    beyond = rng.integers(margin.beyond, margin.beyond + 24, size=margin.left_out)
    return [Answer(number) for number in [*hours, *beyond.tolist()]]


def _draw_week(traits: Traits, rng: np.random.Generator) -> Columns:
    """Who names nothing has left the question open or has not ticked the activity."""
    drive = {
        "paid_work": traits.confidence,
        "informal_care": traits.age,
        "volunteering": traits.ties,
        "course": -traits.language,
        "children": 9 * traits.children,
        "other": traits.wellbeing,
    }
    # Who skips one of these questions tends to skip the others too.
    patience = 0.5 * traits.language + rng.normal(size=len(traits.age))
    columns: Columns = {}
    for code, margin in FIGURES.hours.items():
        named = shuffled(_hours_named(margin, rng), rng)
        score = drive.get(code.split("_", 2)[2], traits.confidence)
        order = np.argsort(score + rng.normal(size=len(score)), kind="stable")
        namers = order[-margin.named :].tolist()
        others = [person for person in range(len(score)) if person not in set(namers)]
        rest = [SKIPPED] * margin.skipped
        rest += [NOT_TICKED] * (len(others) - margin.skipped)
        column = [SKIPPED] * len(score)
        put_in(column, namers, named)
        put_in(column, others, hand_out(rest, patience[others], rng, noise=0.6))
        columns[code] = column
    return columns


def _draw_wellbeing(traits: Traits, rng: np.random.Generator) -> Columns:
    body = traits.wellbeing - 0.4 * traits.age
    sure = traits.confidence
    return {
        "health_physical": hand_out(_SCALES["health_physical"], body, rng, noise=0.7),
        "health_mental": hand_out(
            _SCALES["health_mental"], traits.wellbeing, rng, noise=0.7
        ),
        "solves_difficulties": hand_out(
            _SCALES["solves_difficulties"], sure, rng, noise=0.5
        ),
        "overcomes_setbacks": hand_out(
            _SCALES["overcomes_setbacks"], sure, rng, noise=0.5
        ),
        "meaningful": _draw_sum("meaningful", traits.wellbeing, rng, noise=0.6),
        "satisfied": _draw_sum("satisfied", traits.wellbeing, rng, noise=0.6),
    }


def _draw_values(traits: Traits, money: Columns, rng: np.random.Generator) -> Columns:
    in_debt = np.array([float(answer == YES) for answer in money["debts"]])
    achieved = {
        "income": traits.wellbeing - in_debt,
        "contribution": traits.confidence,
        "contacts": traits.ties,
    }
    columns: Columns = {}
    for value, score in achieved.items():
        for side, drawn in (("important", np.zeros(len(score))), ("achieved", score)):
            code = f"value_{value}_{side}"
            columns[code] = _draw_sum(code, drawn, rng)
    return columns


def _draw_views(traits: Traits, rng: np.random.Generator) -> Columns:
    scores = {
        "view_obligations_right": traits.goodwill,
        "view_own_way_better": -traits.goodwill,
        "view_help_motivates": traits.goodwill,
        "view_unpaid_in_return": 0.5 * traits.goodwill + 0.5 * traits.confidence,
        "find_volunteering": traits.confidence,
        "find_odd_jobs": traits.confidence,
        "find_paid_job": traits.confidence,
    }
    return {code: hand_out(_SCALES[code], s, rng) for code, s in scores.items()}


def draw_situation(background: Columns, rng: np.random.Generator) -> dict[str, Columns]:
    """The participants' answers about their situation, by subject."""
    traits = _draw_traits(background, rng)
    money = _draw_money(traits, rng)
    return {
        "money": money,
        "schemes": _draw_schemes(traits, rng),
        "belonging": _draw_belonging(traits, rng),
        "contacts": _draw_contacts(traits, rng),
        "week": _draw_week(traits, rng),
        "wellbeing": _draw_wellbeing(traits, rng),
        "values": _draw_values(traits, money, rng),
        "views": _draw_views(traits, rng),
    }
