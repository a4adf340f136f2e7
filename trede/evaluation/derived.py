"""Codes that nobody answers but that follow from answers.

Age and age at migration; isolated (rarely or never in touch with neighbours,
friends and family alike); discriminated in at least one of six domains; a problem
with self-reliance; and the research tread of the ladder. A derived code is missing
when the answers it needs are missing and the others do not settle it; it then takes
over the reason of the first of them.

| tread | research rule |
|---|---|
| 5 | an hour or more a week of paid work or an own business |
| 4 | an hour or more of volunteering |
| 3 | an hour or more of a course or another activity such as sports |
| 2 | in touch at least weekly with neighbours, friends or family |
| 1 | none of these, all contacts known |

It is computed apart from the coach's tread and never shown to a coach; the two are
never mixed. The questionnaire does not ask whether a weekly contact was outdoors, nor
whether paid work came with support, so the research tread is coarser than the ladder
itself: use it for groups, not for a person.
"""

import polars as pl

from trede.evaluation.codebook import CONTACTS, DISCRIMINATED
from trede.evaluation.dataset import MISSING, Dataset, DatasetError
from trede.evaluation.masking import BORN_HERE, HOME, Masking

RARELY_OR_NEVER = "6"
WEEKLY = "1"
NEVER = "1"
PROBLEM = ("1", "2")
UNSETTLED = "skipped"
# A person in the study receives social assistance, so paid work is tread 5 by the
# ladder's own rule (a supplementing benefit); the questionnaire cannot show tread 6.
TREADS = (
    ("5", ("hours_now_paid_work", "hours_now_own_business")),
    ("4", ("hours_now_volunteering",)),
    ("3", ("hours_now_course", "hours_now_other")),
)


def derive(dataset: Dataset, *, masking: Masking | None = None) -> Dataset:
    """Add every derived code whose answers the dataset holds.

    Args:
        dataset: a checked dataset.
        masking: needed for `age` and `age_at_migration`, which are reckoned at
            `masking.year`; without it those two are left out.

    Raises:
        DatasetError: when somebody migrated before birth, or is born after the year.
    """
    made: dict[str, pl.Expr] = {}
    needed: dict[str, tuple[str, ...]] = {}

    def add(code: str, value: pl.Expr, *sources: str) -> None:
        """Plan a code, when the dataset holds all it needs."""
        if set(sources) <= set(dataset.codes):
            made[code], needed[code] = value, sources

    add("isolated", _isolated(), *CONTACTS)
    add("discriminated_any", _discriminated(), *DISCRIMINATED)
    add("self_reliance_problem", _problem(), "overcomes_setbacks")
    add("tread", _tread(), *CONTACTS, *(c for _, codes in TREADS for c in codes))
    if masking is not None:
        add("age", _age(masking), "birth_year")
        add(
            "age_at_migration",
            _age_at_migration(),
            "birth_year",
            "migration_year",
            "birthplace",
        )
    frame = dataset.frame
    for code, value in made.items():
        frame = frame.with_columns(value.alias(code)).with_columns(
            _reason(code, needed[code])
        )
    _refuse_impossible(frame, [c for c in ("age", "age_at_migration") if c in made])
    return dataset.with_codes(frame, made)


def _reason(code: str, sources: tuple[str, ...]) -> pl.Expr:
    """Why a derived code is missing: the first reason among its sources.

    When every source was answered and still nothing follows, the reason is `skipped`.
    """
    told = pl.coalesce(*(pl.col(s + MISSING) for s in sources), pl.lit(UNSETTLED))
    return pl.when(pl.col(code).is_null()).then(told).alias(code + MISSING)


def _yes_no(yes: pl.Expr, no: pl.Expr) -> pl.Expr:
    """`yes` or `no` where one of the two is certain, null otherwise.

    With missing answers polars' logic has three values: "any" is true as soon as one is
    true, "all" is null while one is unknown. So silence never counts as a no.
    """
    return pl.when(yes).then(pl.lit("yes")).when(no).then(pl.lit("no"))


def _isolated() -> pl.Expr:
    """Rarely or never (6) on all three contacts; one contact that is not, settles."""
    seldom = [pl.col(c) == RARELY_OR_NEVER for c in CONTACTS]
    often = [pl.col(c) != RARELY_OR_NEVER for c in CONTACTS]
    return _yes_no(pl.all_horizontal(seldom), pl.any_horizontal(often))


def _discriminated() -> pl.Expr:
    """Above "never" in at least one of six places; "no" needs all six answers."""
    ever = [pl.col(c) != NEVER for c in DISCRIMINATED]
    never = [pl.col(c) == NEVER for c in DISCRIMINATED]
    return _yes_no(pl.any_horizontal(ever), pl.all_horizontal(never))


def _problem() -> pl.Expr:
    """1 or 2 on the setbacks item alone, as the published 25% is counted. On either
    of the two items it would be at least 26.4% of the same people."""
    answer = pl.col("overcomes_setbacks")
    return _yes_no(answer.is_in(PROBLEM), ~answer.is_in(PROBLEM))


def _tread() -> pl.Expr:
    """The highest rule that holds, as in the ladder itself.

    An activity counts from one hour a week. Nobody is put on tread 1 or 2 while
    all three contacts are unknown.
    """
    weekly = pl.any_horizontal([pl.col(c) == WEEKLY for c in CONTACTS])
    known = pl.all_horizontal([pl.col(c).is_not_null() for c in CONTACTS])
    treads = [_tread_if(tread, *codes) for tread, codes in TREADS]
    treads += [pl.when(weekly).then(pl.lit("2")), pl.when(known).then(pl.lit("1"))]
    return pl.coalesce(treads)


def _tread_if(tread: str, *codes: str) -> pl.Expr:
    """The tread, where one of its activities takes at least an hour a week."""
    active = [pl.col(c).cast(pl.Int64, strict=False) > 0 for c in codes]
    return pl.when(pl.any_horizontal(active)).then(pl.lit(tread))


def _age(masking: Masking) -> pl.Expr:
    """Age in whole calendar years at the year of the masking."""
    return (pl.lit(masking.year) - pl.col("birth_year").cast(pl.Int64)).cast(pl.String)


def _age_at_migration() -> pl.Expr:
    """Years between birth and migration, or `born_here`."""
    years = pl.col("migration_year").cast(pl.Int64) - pl.col("birth_year").cast(
        pl.Int64
    )
    here = pl.col("birthplace") == HOME
    return pl.when(here).then(pl.lit(BORN_HERE)).otherwise(years.cast(pl.String))


def _refuse_impossible(frame: pl.DataFrame, codes: list[str]) -> None:
    """Name everybody whose years run backwards."""
    mistakes = [
        f"person {person}: {code} comes out at {value}; look at the years"
        for code in codes
        for person, value in frame.select("person", code).iter_rows()
        if value is not None and value.startswith("-")
    ]
    if mistakes:
        raise DatasetError(mistakes)
