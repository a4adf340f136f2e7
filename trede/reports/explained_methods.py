"""What is meant by the moments, and by the names of comparisons, of times, of ways to
look at who is missing, of scales and of pilots together, in plain words."""

from django.utils.translation import pgettext_lazy

from trede.reports.explained_words import TWO_GROUPS, Explained

MOMENTS = (
    Explained(
        "T0",
        pgettext_lazy("explained", "The first measurement: before, at the intake."),
    ),
    Explained(
        "T0b",
        pgettext_lazy(
            "explained",
            "The questions of T0 once more, for people who waited before they began.",
        ),
    ),
    Explained("T1", pgettext_lazy("explained", "The second measurement: after.")),
    Explained(
        "T2",
        pgettext_lazy("explained", "A later measurement, some time after T1."),
    ),
)
COMPARISONS = (
    Explained(
        "ANCOVA",
        pgettext_lazy(
            "explained",
            "A comparison of groups that takes along where each person began.",
        ),
    ),
    Explained(
        "Lin",
        pgettext_lazy(
            "explained",
            "The same, where the start may count otherwise in each group.",
        ),
        r"\(Lin\)",
    ),
    Explained(
        pgettext_lazy("word", "proportional odds"),
        pgettext_lazy(
            "explained",
            "One figure for all answers in order: how much larger the odds of a higher"
            " answer are, wherever on the scale one draws the line.",
        ),
        "proportional odds",
    ),
    Explained("Mann-Whitney", TWO_GROUPS),
    Explained("Freeman-Halton", TWO_GROUPS),
    Explained("Fisher", TWO_GROUPS, r"Fisher(?:['’]s)?(?!['’]?s? z)"),
    Explained(
        "Firth",
        pgettext_lazy(
            "explained",
            "A model of yes and no that still gives a figure where hardly anybody, or"
            " nearly everybody, says yes.",
        ),
        "Firth(?:['’]s)?",
    ),
    Explained(
        pgettext_lazy("word", "Poisson model"),
        pgettext_lazy(
            "explained",
            "A model for numbers from 0 up, such as hours; it gives ratios.",
        ),
        "Poisson model|Poissonmodel",
    ),
    Explained(
        "Hotelling",
        pgettext_lazy("explained", "A test whether several groups differ at all."),
        "Hotelling(?:['’]s)?",
    ),
    Explained(
        "Welch",
        pgettext_lazy(
            "explained",
            "A test of two means that does not suppose that both vary as much.",
        ),
    ),
)
TIMES = (
    Explained(
        "Kaplan-Meier",
        pgettext_lazy(
            "explained",
            "A curve of how many people it had not happened to yet, day by day; who was"
            " not followed any longer counts up to that day.",
        ),
    ),
    Explained(
        pgettext_lazy("word", "log-rank test"),
        pgettext_lazy("explained", "A test whether two such curves are alike."),
        "[Ll]og-rank(?: test|toets)?",
    ),
    Explained(
        "Cox",
        pgettext_lazy(
            "explained",
            "A model of how much sooner it happens in one group than in another.",
        ),
    ),
    Explained(
        "Aalen-Johansen",
        pgettext_lazy(
            "explained",
            "The share to whom one thing happened, where another can come first.",
        ),
    ),
)
MISSING = (
    Explained(
        pgettext_lazy("word", "weighted for who is missing (IPW)"),
        pgettext_lazy(
            "explained",
            "People who are like those who did not answer count more heavily.",
        ),
        "IPW|[Ww]eighted for who is missing|[Gg]ewogen (?:naar|voor) wie ontbreekt",
    ),
    Explained(
        pgettext_lazy("word", "multiple imputation (MI)"),
        pgettext_lazy(
            "explained",
            "Answers that are missing are filled in many times from what is known of"
            " people; that each time differs counts as unsure.",
        ),
        "multiple imputation|multipele imputatie"
        "|[Mm]issing answers filled in|[Oo]ntbrekende antwoorden aangevuld",
    ),
    Explained(
        "Barnard-Rubin",
        pgettext_lazy(
            "explained",
            "The rule by which the figures of filled in answers are put together.",
        ),
    ),
    Explained(
        pgettext_lazy("word", "bounds without supposition (Manski)"),
        pgettext_lazy(
            "explained",
            "How low and how high the figure would be if everybody who is missing had"
            " given the lowest, or the highest, answer.",
        ),
        "Manski|[Bb]ounds without supposition|[Gg]renzen zonder aanname",
    ),
    Explained(
        "Lee",
        pgettext_lazy(
            "explained",
            "How low and how high the figure would be if one group loses people that"
            " the other would have kept.",
        ),
        r"\(?Lee(?:['’]s)?",
    ),
    Explained(
        pgettext_lazy("word", "regression to the mean"),
        pgettext_lazy(
            "explained",
            "Who is far from the middle at first is usually nearer to it the next time,"
            " also when nothing was done.",
        ),
        "regression to the mean|regressie naar het gemiddelde",
    ),
)
SCALES = (
    Explained(
        pgettext_lazy("word", "alpha"),
        pgettext_lazy(
            "explained",
            "How well the questions of a scale hang together: 0 not at all, 1 wholly"
            " (Cronbach).",
        ),
        "alpha|Cronbach(?:['’]?s alpha|s alfa)|alfa",
    ),
    Explained(
        pgettext_lazy("word", "omega"),
        pgettext_lazy(
            "explained",
            "The same as alpha, without supposing that all questions weigh as much.",
        ),
        "[Oo]mega",
    ),
)
PILOTS = (
    Explained(
        "REML",
        pgettext_lazy(
            "explained",
            "A way to work out how far the pilots truly lie apart, apart from chance.",
        ),
    ),
    Explained(
        "Hartung-Knapp",
        pgettext_lazy(
            "explained",
            "A way to work out the interval of several pilots together that is honest"
            " for few pilots. Modified: never narrower than if all were alike.",
        ),
    ),
    Explained(
        "random effects",
        pgettext_lazy(
            "explained",
            "Pilots may truly differ, and the answer is about all such pilots.",
        ),
    ),
    Explained(
        "fixed effect",
        pgettext_lazy("explained", "The answer is about these pilots only."),
    ),
    Explained(
        "tau",
        pgettext_lazy(
            "explained", "The spread between pilots: how far they truly lie apart."
        ),
    ),
    Explained(
        "I²",
        pgettext_lazy(
            "explained",
            "Which part of the differences between pilots is more than chance.",
        ),
        "I²|I2",
    ),
    Explained(
        "Q-profile",
        pgettext_lazy("explained", "A way to work out the interval of tau."),
    ),
    Explained(
        pgettext_lazy("word", "prediction interval"),
        pgettext_lazy(
            "explained",
            "Where the figure of a next pilot may be expected; wider than the interval"
            " of the mean.",
        ),
        "prediction interval|voorspellingsinterval",
    ),
    Explained(
        "Fieller",
        pgettext_lazy(
            "explained", "A way to work out the interval of a ratio of two means."
        ),
    ),
)
