"""What the technical words of a report mean, in plain words.

One line for each word that a reader may not know, with how it is found in the running
text of a report, in English or in Dutch.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Explained:
    """`found_by` is a pattern; a name is found by itself."""

    name: str | Promise
    told: Promise
    found_by: str = ""

    def occurs_in(self, text: str) -> bool:
        pattern = self.found_by or re.escape(str(self.name))
        return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text) is not None


OF_A_SHARE = pgettext_lazy(
    "explained",
    "A way to work out the interval of a share that also holds for few people.",
)
WHOLE_TABLE = pgettext_lazy(
    "explained",
    "A test whether people divide over the answers in another way after than before.",
)
TWO_GROUPS = pgettext_lazy(
    "explained",
    "A test whether two groups answer alike that supposes nothing of how answers are"
    " spread.",
)
OF_A_SIZE = pgettext_lazy(
    "explained", "A way to work out the interval of a size such as Hedges’ g."
)
HOW_SURE = (
    Explained(
        pgettext_lazy("word", "95% interval"),
        pgettext_lazy(
            "explained",
            "The values that fit the answers well. Made over and over in this way, such"
            " intervals hold the true figure 95 times out of 100.",
        ),
        r"95\s?%.(?:interval|betrouwbaar)",
    ),
    Explained(
        "p",
        pgettext_lazy(
            "explained",
            "How often chance alone gives a difference at least this large when in"
            " truth there is none. It does not say how large or important a change is.",
        ),
        r"p [=<]|p \(|p-value|p-waarde",
    ),
    Explained(
        pgettext_lazy("word", "p (Holm)"),
        pgettext_lazy(
            "explained",
            "The p-value corrected for asking many questions: it guards against even"
            " one finding among them that is chance.",
        ),
        "Holm",
    ),
    Explained(
        "p (BH)",
        pgettext_lazy(
            "explained",
            "The p-value corrected for asking many questions, less strictly"
            " (Benjamini-Hochberg): it keeps the part of the findings that is chance"
            " small.",
        ),
        "BH|Benjamini-Hochberg",
    ),
    Explained(
        pgettext_lazy("word", "standard deviation"),
        pgettext_lazy(
            "explained", "How far answers of people lie apart: the usual distance."
        ),
        "standard deviations?|standaarddeviaties?",
    ),
    Explained(
        pgettext_lazy("word", "bootstrap"),
        pgettext_lazy(
            "explained",
            "The computer draws people out of the group over and over; how far the"
            " figure then varies tells how sure it is. BCa is the usual form.",
        ),
        r"[Bb]ootstrap\w*|BCa",
    ),
    Explained(
        pgettext_lazy("word", "wild bootstrap"),
        pgettext_lazy(
            "explained",
            "A test for few coaches: all ways to turn round the results of whole"
            " coaches are tried, to see how often chance does as much.",
        ),
        r"[Ww]ild(?:e)? bootstrap",
    ),
    Explained(
        "CR2",
        pgettext_lazy(
            "explained",
            "An interval that counts with people of one coach being alike, and that"
            " still holds when there are few coaches.",
        ),
    ),
    Explained(
        "Satterthwaite",
        pgettext_lazy(
            "explained",
            "A rule that makes an interval wider when there are few coaches.",
        ),
    ),
    Explained(
        "HTZ",
        pgettext_lazy(
            "explained",
            "A test of several differences at once that still holds when there are few"
            " coaches, or when some people weigh heavily.",
        ),
    ),
    Explained(
        "HC3",
        pgettext_lazy(
            "explained",
            "An interval that does not suppose that all people vary as much.",
        ),
    ),
    Explained(
        "ICC",
        pgettext_lazy(
            "explained",
            "How alike people of one coach are: 0 not at all, 1 wholly.",
        ),
    ),
)
SIZES = (
    Explained(
        "pp",
        pgettext_lazy(
            "explained",
            "Percentage point: from 20% to 25% is 5 percentage points more.",
        ),
    ),
    Explained(
        pgettext_lazy("word", "Hedges’ g"),
        pgettext_lazy(
            "explained",
            "A change divided by the standard deviation, so that outcomes on different"
            " scales can be laid side by side.",
        ),
        r"Hedges['’]? g",
    ),
    Explained(
        pgettext_lazy("word", "rank correlation of the pairs"),
        pgettext_lazy(
            "explained",
            "From −1 to 1: everybody who changed went down, or everybody went up.",
        ),
        "[Rr]ank correlation of the pairs|[Rr]angcorrelatie van de paren",
    ),
    Explained(
        pgettext_lazy("word", "odds"),
        pgettext_lazy(
            "explained",
            "How many people say yes for each one who says no. The ratio of two odds"
            " is 1 when nothing differs.",
        ),
        "[Oo]dds(?: ratio)?|[Kk]ansverhouding",
    ),
    Explained(
        pgettext_lazy("word", "E-value"),
        pgettext_lazy(
            "explained",
            "How strongly something that was not measured must be at work to explain"
            " the difference away.",
        ),
        "E-value|E-waarde",
    ),
    Explained(
        pgettext_lazy("word", "standardised difference"),
        pgettext_lazy(
            "explained",
            "A difference between two groups divided by the standard deviation. Under"
            " 0.1 groups are usually called alike.",
        ),
        "[Ss]tandardised difference|[Gg]estandaardiseerd verschil",
    ),
    Explained("Algina-Keselman", OF_A_SIZE),
    Explained("Hedges-Olkin", OF_A_SIZE),
)
CHANGES = (
    Explained(
        pgettext_lazy("word", "paired t-test"),
        pgettext_lazy(
            "explained",
            "A test whether the mean of the same people changed.",
        ),
        "paired t-test|gepaarde t-toets",
    ),
    Explained(
        pgettext_lazy("word", "signed-rank test (Wilcoxon)"),
        pgettext_lazy(
            "explained",
            "A test on who went up or down and on the order of how far; it needs no"
            " means. Pratt is how people who did not change are counted.",
        ),
        "[Ss]igned-rank test|[Rr]angtekentoets",
    ),
    Explained(
        "Hodges-Lehmann",
        pgettext_lazy(
            "explained", "The middle change: half of the people changed more."
        ),
    ),
    Explained(
        pgettext_lazy("word", "sign-flip test"),
        pgettext_lazy(
            "explained",
            "A test that turns round the changes of people in all ways, to see how"
            " often chance gives as much.",
        ),
        "[Ss]ign-flip test|[Tt]ekenwisseltoets",
    ),
    Explained(
        pgettext_lazy("word", "sign test"),
        pgettext_lazy(
            "explained",
            "A test that counts only who went up and who went down.",
        ),
        "[Ss]ign test|[Tt]ekentoets",
    ),
    Explained("Stuart-Maxwell", WHOLE_TABLE),
    Explained("Bhapkar", WHOLE_TABLE),
    Explained(
        "Bowker",
        pgettext_lazy(
            "explained",
            "A test whether as many people went from one answer to another as back.",
        ),
    ),
    Explained(
        "McNemar",
        pgettext_lazy(
            "explained",
            "A test for yes and no: it lays who went from no to yes beside who went"
            " from yes to no. Mid-p is the form for few people.",
        ),
    ),
    Explained("Newcombe", OF_A_SHARE),
    Explained("Wilson", OF_A_SHARE),
    Explained("Clopper-Pearson", OF_A_SHARE),
    Explained("Agresti-Min", OF_A_SHARE),
    Explained("Tango", OF_A_SHARE),
)
