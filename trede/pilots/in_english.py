"""What a pilot's file says in sentences, for an English report.

Names have their English beside them (`study_rules.Choice`). A sentence was recorded in
a study, or kept with a run, in its Dutch words: by those its English is found.
"""

from trede.pilots.rules import Rules


def sentences_in_english(rules: Rules) -> dict[str, str]:
    """By the Dutch words; those without English are not in it."""
    plan = rules.final_report
    known = (
        *((wave.retired_reason, wave.retired_reason_en) for wave in rules.waves),
        *((each.reason, each.reason_en) for each in rules.amendments),
        *((each.reason, each.reason_en) for each in rules.report.withheld),
        *(((plan.estimand, plan.estimand_en),) if plan else ()),
        *((each.label, each.label_en) for each in (plan.questions if plan else ())),
    )
    return {dutch: english for dutch, english in known if dutch and english}
