"""The twenty-one descriptive tables of an intake report.

Ids, order and rows are those of the interim report on the Nijmegen pilot of 29 April
2021 (sections 3.1 to 3.3), so that a new report can be laid beside it. Bands and
places come from the pilot's masking.

The dropouts were described in the source on their background only, because few of
them answered more; the tables here do the same.
"""

from trede.evaluation.codebook import (
    ACTIVITIES,
    CONTACTS,
    DISCRIMINATED,
    EDUCATION,
    FINANCIAL_SITUATION,
    MISSING_REASONS,
)
from trede.evaluation.hours import LEFT_OUT_FROM
from trede.evaluation.masking import BORN_HERE, ELSEWHERE, Masking
from trede.evaluation.specification import (
    AnySpec,
    Category,
    Counts,
    Hours,
    MeanAndShare,
    Means,
    OfWhich,
    Percentages,
    PercentYes,
    Pooled,
    each,
    scale,
)

BOTH = ("participants", "dropouts")
UNKNOWN = Category("unknown", missing=MISSING_REASONS)
AGREEMENT = scale(1, 5)


def intake_tables(
    *, masking: Masking, schemes: tuple[str, ...], wave: str = "T0"
) -> tuple[AnySpec, ...]:
    """The tables in the order of the report.

    Args:
        masking: the pilot's bands and places; ages in whole years.
        schemes: the codes of the municipal schemes the pilot asks about, in the order
            of their rows; each needs the codes `scheme_<code>_uses` and `..._wants`.
        wave: the wave that is described.

    Returns:
        Twenty-one specifications, for `build_tables`. Eight on background are about
        participants and dropouts, the others about participants only. Percentages
        are of everybody in a group, means over those who answered.

    Missing values: a row `unknown` takes every reason (marital status, children,
    debts, other education), except in `financial_situation`, where the source printed
    "don't know / rather not say": there skipping falls under `unanswered`.

    Source: the interim report of 29 April 2021, sections 3.1 to 3.3.
    """
    return (
        *_background(masking, wave),
        *_finances(schemes, wave),
        *_ties(wave),
        *_week(wave),
        *_wellbeing(wave),
        *_work(wave),
    )


def _background(masking: Masking, wave: str) -> tuple[AnySpec, ...]:
    """Eight tables on who the people are, dropouts beside participants."""

    def counts(id: str, code: str, *categories: Category) -> Counts:
        """A background table of both groups."""
        return Counts(id, "background", wave, BOTH, code, categories)

    ages = (Category(band.code, band.ages) for band in masking.age_bands)
    migrated = (Category(band.code, band.ages) for band in masking.migration_bands)
    places = (Category(p, masking.countries(p)) for p in masking.place_order)
    schooling = [c for c in EDUCATION if c != "other"]
    return (
        counts(
            "sex", "sex", *each("man", "woman"), Category("other", ("other",), (), True)
        ),
        counts("age_group", "age", *ages),
        counts(
            "age_at_migration",
            "age_at_migration",
            *migrated,
            Category(BORN_HERE, (BORN_HERE,)),
        ),
        counts("birthplace", "birthplace", *places, Category(ELSEWHERE, (), (), True)),
        counts(
            "marital_status",
            "marital_status",
            *each("married", "divorced", "widowed", "never_married"),
            UNKNOWN,
        ),
        counts("children_at_home", "children_at_home", *each("no", "yes"), UNKNOWN),
        counts(
            "education",
            "education",
            *each(*schooling),
            Category("other", ("other",), MISSING_REASONS),
        ),
        Percentages(
            "language_mastery",
            "background",
            wave,
            BOTH,
            ("dutch_speaking", "dutch_understanding", "dutch_reading"),
            scale(1, 5),
        ),
    )


def _finances(schemes: tuple[str, ...], wave: str) -> tuple[AnySpec, ...]:
    """Debts with the help received, the household's money, municipal schemes.

    "Unknown" in the household's money joins refusing and not knowing, as published;
    whoever skipped that question shows up in a row of its own.
    """
    stage = "household_finances"
    help_received = OfWhich("yes", "debt_help", each("no", "yes"))
    return (
        Counts(
            "debts",
            stage,
            wave,
            code="debts",
            categories=(*each("no", "yes"), UNKNOWN),
            of_which=(help_received,),
        ),
        Counts(
            "financial_situation",
            stage,
            wave,
            code="financial_situation",
            categories=(
                *each(*FINANCIAL_SITUATION),
                Category("unknown", missing=("dont_know", "refused")),
            ),
        ),
        PercentYes(
            "schemes",
            stage,
            wave,
            rows=tuple(
                (s, {"uses": f"scheme_{s}_uses", "wants": f"scheme_{s}_wants"})
                for s in schemes
            ),
        ),
    )


def _ties(wave: str) -> tuple[AnySpec, ...]:
    """Trust, experienced discrimination, frequency of contact."""
    stage = "social_ties"
    return (
        MeanAndShare(
            "trust",
            stage,
            wave,
            codes=("trust_people", "trust_municipality", "home_in_nl"),
        ),
        MeanAndShare(
            "discrimination",
            stage,
            wave,
            codes=DISCRIMINATED,
            low=1,
            high=3,
            shares=("percent_never",),
            pooled=Pooled("total", DISCRIMINATED, "discriminated_any"),
        ),
        Percentages("contact", stage, wave, items=CONTACTS, categories=scale(1, 6)),
    )


def _week(wave: str) -> tuple[AnySpec, ...]:
    """Hours per activity; 90 hours and more with children are not used."""
    return (Hours("week", "week", wave, activities=ACTIVITIES, left_out=LEFT_OUT_FROM),)


def _wellbeing(wave: str) -> tuple[AnySpec, ...]:
    """Self-reliance, health, life, and what people value against what they achieve."""
    stage = "wellbeing"
    valued = ("income", "contribution", "contacts")
    return (
        Percentages(
            "self_reliance",
            stage,
            wave,
            items=("solves_difficulties", "overcomes_setbacks"),
            categories=AGREEMENT,
        ),
        Percentages(
            "health",
            stage,
            wave,
            items=("health_physical", "health_mental"),
            categories=scale(1, 5),
        ),
        MeanAndShare(
            "life",
            stage,
            wave,
            codes=("meaningful", "satisfied"),
            shares=("percent_ge_8", "percent_le_4"),
        ),
        Means(
            "capability_value",
            stage,
            wave,
            rows=tuple(
                (x, {m: f"value_{x}_{m}" for m in ("important", "achieved")})
                for x in valued
            ),
        ),
    )


def _work(wave: str) -> tuple[AnySpec, ...]:
    """Views on the benefit, and what work one expects to be able to find."""
    stage = "work_and_benefit"
    views = (
        "view_obligations_right",
        "view_own_way_better",
        "view_help_motivates",
        "view_unpaid_in_return",
    )
    finds = ("find_volunteering", "find_odd_jobs", "find_paid_job")
    return (
        Percentages("views_on_benefit", stage, wave, items=views, categories=AGREEMENT),
        Percentages(
            "capability_find_work", stage, wave, items=finds, categories=AGREEMENT
        ),
    )
