"""The single figures that a report quotes in its text.

They come from the same dataset as the tables, carry what they give away, and pass
through the same disclosure control: a number in a sentence tells as much as a number
in a table. Facts of the programme (how many on the list, how many aimed at) are
passed in.

| claim | counts |
|---|---|
| isolated | "rarely or never" on all three contacts |
| discriminated_any | above "never" in at least one of six places |
| ..._not_opposed | 3, 4 or 5 on agreement: the neutral answer counted in |
| finds_... | 4 or 5 on "I could find" |
| self_reliance_problem | 1 or 2 on the setbacks item |
| fairly_often | answers (not people) of 3 on discrimination, of all answers |

Each names its base: percentages are of all participants, except those of answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trede.evaluation.codebook import DISCRIMINATED
from trede.evaluation.counting import basis_of, count_code
from trede.evaluation.dataset import Dataset
from trede.evaluation.results import (
    Basis,
    Claim,
    Figure,
    Guard,
    Part,
    Reveal,
    Support,
)
from trede.evaluation.specification import Category

GROUP = "participants"
FLOW = "people"


@dataclass(frozen=True)
class Share:
    """The claim that so many participants gave one of `values` to `answer`.

    `code` names the claim, `answer` the code that is counted, `domain` all values it
    may take. Example: `Share("in_debt", "debts", ("yes",), ("yes", "no"))`.
    """

    code: str
    answer: str
    values: tuple[str, ...]
    domain: tuple[str, ...]


AGREE = tuple("12345")
SHARES = (
    Share("isolated", "isolated", ("yes",), ("yes", "no")),
    Share("discriminated_any", "discriminated_any", ("yes",), ("yes", "no")),
    Share("obligations_not_opposed", "view_obligations_right", AGREE[2:], AGREE),
    Share("unpaid_in_return_not_opposed", "view_unpaid_in_return", AGREE[2:], AGREE),
    Share("finds_volunteering", "find_volunteering", AGREE[3:], AGREE),
    Share("finds_odd_jobs", "find_odd_jobs", AGREE[3:], AGREE),
    Share("finds_paid_job", "find_paid_job", AGREE[3:], AGREE),
    Share("self_reliance_problem", "overcomes_setbacks", AGREE[:2], AGREE),
)


def build_claims(
    dataset: Dataset,
    *,
    wave: str = "T0",
    facts: Mapping[str, int] | None = None,
    people: Mapping[str, int] | None = None,
    shares: Iterable[Share] = SHARES,
) -> tuple[Claim, ...]:
    """The claims of an intake report.

    Args:
        dataset: with derived codes.
        wave: the wave described.
        facts: figures of the programme that count nobody (months, caseload, how many
            were aimed at), by code; they are printed as they are.
        people: numbers of people that the dataset cannot know (on the list, evaluated
            so far), by code; they are withheld when small, like any count.
        shares: which shares of the participants to quote. One whose code the dataset
            lacks is left out.

    Returns:
        Shares with `percent` of all participants; the answers "fairly often" on
        discrimination with percent of all answers; the number of people in each
        group; `youngest` (the lowest age, an extreme that only a researcher sees).
    """
    if not dataset.people(wave=wave, group=GROUP):
        return ()
    made = [
        _share(dataset, share, wave)
        for share in shares
        if share.answer in dataset.codes
    ]
    if set(DISCRIMINATED) <= set(dataset.codes):
        made += _fairly_often(dataset, wave)
    made += _people(dataset, wave)
    if "age" in dataset.codes:
        made += _youngest(dataset, wave)
    made += [_counted(code, n, wave) for code, n in (people or {}).items()]
    made += [Claim(code, n) for code, n in (facts or {}).items()]
    return tuple(made)


def _share(dataset: Dataset, share: Share, wave: str) -> Claim:
    """One share of the participants, with both sides of it guarded."""
    counted = count_code(
        dataset, code=share.answer, wave=wave, group=GROUP, values=share.domain
    )
    n, reveal = counted.count(share.values)
    rest = tuple(v for v in share.domain if v not in share.values)
    guards = counted.guards(
        (Category("yes", share.values), Category("no", rest)),
        f"{GROUP}|{share.answer}|{share.code}",
    )
    return Claim(
        share.code,
        n,
        100 * n / counted.people,
        Figure("count", (reveal,)),
        basis_of(counted, guards),
    )


def _fairly_often(dataset: Dataset, wave: str) -> list[Claim]:
    """How many of all answers on discrimination are "fairly often", and how many of
    those concern applying for work."""
    counted = [
        count_code(dataset, code=c, wave=wave, group=GROUP, values=("1", "2", "3"))
        for c in DISCRIMINATED
    ]
    often = [c.count(("3",))[1] for c in counted]
    answers = sum(c.count(c.answered)[0] for c in counted)
    if not answers:
        return []
    basis = Basis()
    for one in counted:
        basis += basis_of(one, ())
    everywhere = Reveal(
        tuple(part for reveal in often for part in reveal.form),
        sum(reveal.total for reveal in often),
    )
    applying = DISCRIMINATED.index("discriminated_applying")
    return [
        Claim(code, told.total, 100 * told.total / of, Figure("count", (told,)), basis)
        for code, told, of in (
            ("fairly_often", everywhere, answers),
            ("fairly_often_applying", often[applying], everywhere.total or 1),
        )
    ]


def _people(dataset: Dataset, wave: str) -> list[Claim]:
    """The size of each group and of both; `intakes` is their sum."""
    sizes = {
        g: dataset.people(wave=wave, group=g) for g in ("participants", "dropouts")
    }
    support = Support(
        f"{wave}/{FLOW}", FLOW, f"{wave}/{FLOW}", tuple(sizes), tuple(sizes.values())
    )
    guards = tuple(
        Guard((Part(support.key, ((group, 1),)),), "small", f"{group}|{FLOW}")
        for group in sizes
    )
    basis = Basis((support,), (), guards)
    wanted = {"intakes": tuple(sizes), "dropouts": ("dropouts",), GROUP: (GROUP,)}
    made = []
    for code, groups in wanted.items():
        n = sum(sizes[group] for group in groups)
        form = (Part(support.key, tuple((group, 1) for group in sorted(groups))),)
        figure = Figure("count", (Reveal(form, n),))
        made.append(Claim(code, n, None, figure, basis))
    return made


def _counted(code: str, n: int, wave: str) -> Claim:
    """A number of people from outside the dataset, guarded by itself."""
    key = f"{wave}/{FLOW}:{code}"
    form = (Part(key, ((code, 1),)),)
    support = Support(key, FLOW, key, (code,), (n,))
    guard = Guard(form, "small", f"{FLOW}|{code}")
    figure = Figure("count", (Reveal(form, n),))
    return Claim(code, n, None, figure, Basis((support,), (), (guard,)))


def _youngest(dataset: Dataset, wave: str) -> list[Claim]:
    """The lowest age: one person's value, whatever the size of the group."""
    ages = dataset.tally("age", wave=wave, group=GROUP).values
    if not ages:
        return []
    return [Claim("youngest", min(map(int, ages)), None, Figure("extreme", ()))]
