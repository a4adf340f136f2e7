"""What anybody can work out about the counts without seeing one of them.

Somebody isolated is counted among those who rarely see their neighbours; whoever was
discriminated against anywhere was so in at least one of six places; only people with
debts were asked about help; whoever was born here did not migrate. An attacker knows
these things, so disclosure control must know them too.

Each relation below is exact: it follows from how a code is derived or from the
questionnaire's routing, not from what is likely. Likely things (who speaks Dutch well
came long ago) are no relation here, since an attacker cannot be sure of them.
"""

from collections.abc import Mapping

from trede.evaluation.codebook import CONTACTS, DISCRIMINATED
from trede.evaluation.masking import BORN_HERE, HOME
from trede.evaluation.results import Form, Part, Relation, Support

FOLLOW_UPS = {"debt_help": "debts"}


def known_relations(supports: tuple[Support, ...]) -> tuple[Relation, ...]:
    """The relations that hold between the given distributions.

    Args:
        supports: the distributions under one report, with their counts.

    Returns:
        Only relations that the data satisfy: where an answer is missing a rule may
        fail, and then nobody can lean on it either.
    """
    by_population: dict[str, dict[str, Support]] = {}
    for support in supports:
        code = support.key.rsplit("/", 1)[1]
        by_population.setdefault(support.population, {})[code] = support
    made = [
        relation
        for codes in by_population.values()
        for relation in (
            *_isolated(codes),
            *_discriminated(codes),
            *_follow_ups(codes),
            *_born_here(codes),
        )
    ]
    counts = {s.key: dict(zip(s.values, s.counts, strict=True)) for s in supports}
    return tuple(relation for relation in made if _holds(relation, counts))


def _part(support: Support, weight: int, *values: str) -> Form:
    """The same weight on some values of one distribution."""
    return (Part(support.key, tuple((value, weight) for value in sorted(values))),)


def _isolated(codes: Mapping[str, Support]) -> list[Relation]:
    """Isolated is "rarely or never" on all three: at most the smallest of the three,
    at least what they must overlap."""
    contacts = [codes[c] for c in CONTACTS if c in codes]
    if "isolated" not in codes or len(contacts) < len(CONTACTS):
        return []
    yes = _part(codes["isolated"], 1, "yes")
    never = [_part(contact, -1, "6") for contact in contacts]
    least = -(len(contacts) - 1) * codes["isolated"].people
    together = tuple(part for form in never for part in form)
    return [
        *(Relation(yes + form, None, 0) for form in never),
        Relation(yes + together, least, None),
    ]


def _discriminated(codes: Mapping[str, Support]) -> list[Relation]:
    """In at least one place: at least as many as in each, at most all together."""
    places = [codes[c] for c in DISCRIMINATED if c in codes]
    if "discriminated_any" not in codes or len(places) < len(DISCRIMINATED):
        return []
    yes = _part(codes["discriminated_any"], 1, "yes")
    ever = [_part(place, -1, "2", "3") for place in places]
    together = tuple(part for form in ever for part in form)
    return [
        *(Relation(yes + form, 0, None) for form in ever),
        Relation(yes + together, None, 0),
    ]


def _follow_ups(codes: Mapping[str, Support]) -> list[Relation]:
    """Exactly those who said yes were asked on, whatever they then answered."""
    found = []
    for asked, first in FOLLOW_UPS.items():
        if asked in codes and first in codes:
            answers = [v for v in codes[asked].values if v != "missing:not_asked"]
            form = _part(codes[asked], 1, *answers) + _part(codes[first], -1, "yes")
            found.append(Relation(form, 0, 0))
    return found


def _born_here(codes: Mapping[str, Support]) -> list[Relation]:
    """Born in the country and "did not migrate" are the same people."""
    if "birthplace" not in codes or "age_at_migration" not in codes:
        return []
    migrated = _part(codes["age_at_migration"], 1, BORN_HERE)
    return [Relation(migrated + _part(codes["birthplace"], -1, HOME), 0, 0)]


def _holds(relation: Relation, counts: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether a relation is true in the data."""
    value = sum(
        weight * counts[part.support].get(answer, 0)
        for part in relation.form
        for answer, weight in part.weights
    )
    above = relation.low is None or value >= relation.low
    return above and (relation.high is None or value <= relation.high)
