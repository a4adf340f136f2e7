"""Numbers of people beside the tables are attacked together with the tables."""

from tests.evaluation.people import dataset, people
from trede.evaluation.claims import build_claims
from trede.evaluation.disclosure import Released, audit, protect
from trede.evaluation.journey import Places, journey_claims

BY_PLACE = {"listed": 40, "refused": 2, "left": 9, "takes part": 53}
ANSWERED = ("left", "takes part")


def released(told: dict[str, tuple[str, ...]], counts: dict[str, int]) -> Released:
    rows = (
        people("participants", sex=["man"] * counts["takes part"]),
        people("dropouts", sex=["woman"] * counts["left"]),
    )
    places = Places(
        counts,
        told,
        {name: (name,) for name in counts},
        {"participants": ("takes part",), "dropouts": ("left",)},
    )
    claims = (*build_claims(dataset(*rows)), *journey_claims(places))
    return protect((), claims)


def numbers(of: Released) -> dict[str, int | float | None]:
    return {claim.code: claim.n for claim in of.claims}


def test_numbers_that_tell_of_nobody_stay() -> None:
    told = {"list": tuple(BY_PLACE), "answered": ANSWERED}
    found = numbers(released(told, BY_PLACE))
    assert (found["list"], found["answered"]) == (104, 62)


def test_a_step_that_leaves_two_people_is_withheld() -> None:
    """64 with an intake beside 53 and 9 in the tables: two did not agree to them."""
    told = {"intake": ("refused", *ANSWERED), "answered": ANSWERED}
    made = released(told, BY_PLACE)
    found = numbers(made)
    assert found["intake"] is None
    refused = [r for r in audit(made) if "refused" in r.name]
    assert refused and all(r.holds and r.low == 0 for r in refused)


def test_the_sizes_of_the_groups_are_those_of_the_tables() -> None:
    """Withholding the diagram alone would help nothing: the tables say 53 and 9."""
    told = {"list": tuple(BY_PLACE), "not reached": ("listed",)}
    found = numbers(released(told, BY_PLACE))
    assert None in (found["list"], found["not reached"])
    assert found["participants"] == 53


def test_nobody_in_a_place_is_no_secret() -> None:
    counts = BY_PLACE | {"refused": 0}
    told = {"intake": ("refused", *ANSWERED), "answered": ANSWERED, "refused": ()}
    found = numbers(released(told, counts))
    assert found["intake"] == found["answered"] == 62
    assert found["refused"] == 0
