"""What the final report will estimate: the plan in sentences, laid down beforehand."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from trede.pilots.description import Chapter, Group, Sentence, days, group, listed
from trede.pilots.rules import Rules
from trede.pilots.study_rules import FinalReport, ResearchQuestion


def final_report(rules: Rules) -> Chapter:
    plan = rules.final_report
    groups = (
        group(_("What is estimated"), _estimated(plan)),
        *(_question(each) for each in plan.questions),
        *_families(plan),
        *_scales(plan),
    )
    return Chapter("final_report", _("Final report"), groups)


def _estimated(plan: FinalReport) -> Iterator[Sentence]:
    if plan.estimand:
        yield Sentence(plan.estimand)
    if plan.outcomes:
        told = _("The outcomes are %(codes)s.") % {"codes": listed(plan.outcomes)}
        yield Sentence(told)
    else:
        yield Sentence(
            _(
                "Every question that is asked at the intake and at the evaluation is an"
                " outcome."
            )
        )
    lists = (
        (_("A lower answer is better for %(codes)s."), plan.lower_is_better),
        (_("Who is missing is looked at by %(codes)s."), plan.covariates),
        (_("Groups are looked at apart by %(codes)s."), plan.subgroups),
    )
    for sentence, codes in lists:
        if codes:
            yield Sentence(sentence % {"codes": listed(codes)})
    if plan.follow_days is not None:
        yield Sentence(
            _("Times are followed for %(days)s.") % {"days": days(plan.follow_days)}
        )
    if price := plan.hour_price:
        told = _("An hour of meeting is reckoned at €%(euros)d (%(source)s).")
        yield Sentence(told % {"euros": price.euros, "source": price.source})
    yield Sentence(
        _("What is drawn at random starts from %(seed)d, each time the same.")
        % {"seed": plan.seed}
    )


def _question(question: ResearchQuestion) -> Group:
    sentences = [
        Sentence(
            _("The answer rests on %(code)s.") % {"code": question.primary},
            question.code,
        )
    ]
    if question.outcomes:
        told = _("Beside it: %(codes)s.") % {"codes": listed(question.outcomes)}
        sentences.append(Sentence(told))
    return group(
        _("Research question: %(label)s") % {"label": question.label}, sentences
    )


def _families(plan: FinalReport) -> Iterator[Group]:
    if plan.families:
        told = [
            Sentence(f"{each.label}: {listed(each.outcomes)}", each.code)
            for each in plan.families
        ]
        yield group(_("Corrected for each other"), told)


def _scales(plan: FinalReport) -> Iterator[Group]:
    if plan.scales:
        told = [
            Sentence(f"{each.label}: {listed(each.items)}", each.code)
            for each in plan.scales
        ]
        told += [
            Sentence(
                _(
                    "As an outcome %(scale)s is the mean of what somebody answered, if"
                    " that is %(percent)d%% of the questions or more."
                )
                % {"scale": each.label, "percent": each.answered_percent}
            )
            for each in plan.scales
        ]
        yield group(_("Scales"), told)


CHAPTERS: tuple[Callable[[Rules], Chapter], ...] = (final_report,)
