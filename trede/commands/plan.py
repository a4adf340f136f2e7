"""`trede plan`: what so many people can show, or how many a wish takes.

    trede plan --people 150 --response 0.8 --caseloads 40,30,20,10
    trede plan --change 0.3
    trede plan --up 0.30 --down 0.10
    trede plan --half-width 0.08
    trede plan --people 134 --others 200 --correlation 0.6

Before a pilot begins, and for the n there is when the figures are not known yet: never
for a change that was found (`docs/methods/precision.md`).
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from trede.commands.entry import CannotDo
from trede.evaluation.comparison.caseloads import FEWEST_COACHES
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.precision.caseloads import design_effect
from trede.evaluation.precision.changes_in_share import (
    people_for_change_in_share,
    smallest_change_in_share,
)
from trede.evaluation.precision.mean_changes import (
    people_for_mean_change,
    smallest_mean_change,
)
from trede.evaluation.precision.planned import POWER, Loss, Precision
from trede.evaluation.precision.two_groups import (
    Arms,
    people_for_mean_difference,
    smallest_mean_difference,
)
from trede.evaluation.precision.widths import (
    half_width_of_share,
    people_for_half_width,
)
from trede.evaluation.running.coaches import loss_by_coach

WHY = {
    "few_people": "with what is lost they are worth {has:.1f}; at least {needed} it is",
    "many_people": "that is more people than can be counted out, at most 5,000",
    "few_movers": "even if all who answer otherwise went one way it would not be seen:"
    " expect more to move (--moving), or ask more people",
    "small_change": "so small a change takes more than a million people",
    "small_difference": "so small a difference takes more than a million people",
    "no_change": "as many go up as down: that is no change to see",
    "too_narrow": "so narrow an interval takes more than ten million people",
}
SAYS = {
    "smallest_mean_change": "a mean change of {value:.2f} standard deviations of the"
    " changes is seen by {n} people, with a power of {power:.0%}",
    "people_for_mean_change": "a mean change of {value:.2f} standard deviations of the"
    " changes takes {n} people (power {power:.0%})",
    "smallest_change_in_share": "a change of {points:.0f} points in a share is seen by"
    " {n} people, with a power of {power:.0%}",
    "people_for_change_in_share": "a change of {points:.0f} points in a share takes {n}"
    " people (power {power:.0%})",
    "half_width_of_share": "the interval of a share of {n} people reaches {points:.1f}"
    " points to either side of its middle",
    "people_for_half_width": "an interval that reaches {points:.1f} points to either"
    " side of its middle takes {n} people",
    "smallest_mean_difference": "a difference of {value:.2f} standard deviations within"
    " a group is seen by {n} people in both groups, with a power of {power:.0%}",
    "people_for_mean_difference": "a difference of {value:.2f} standard deviations"
    " within a group takes {n} people in both groups (power {power:.0%})",
}


def declare(parser: argparse.ArgumentParser) -> None:
    wish = parser.add_argument_group("what is there, or what is wished: one of these")
    wish.add_argument("--people", type=whole, help="who will be asked")
    wish.add_argument("--change", type=size, help="in standard deviations of changes")
    wish.add_argument("--difference", type=size, help="in those within a group")
    wish.add_argument("--up", type=share, help="share that goes from no to yes")
    wish.add_argument("--half-width", type=share, help="of the interval of a share")
    parser.add_argument("--down", type=share, default=0.0, help="from yes to no")
    parser.add_argument(
        "--others", type=whole, help="in the comparison group; of --difference: for one"
    )
    parser.add_argument("--correlation", type=share, default=0.0, help="of two waves")
    parser.add_argument(
        "--moving", type=share, default=0.3, help="share that will answer otherwise"
    )
    parser.add_argument("--response", type=share, default=1.0, help="of who is asked")
    parser.add_argument("--caseloads", type=caseloads, help="people per coach: 15,12,8")
    parser.add_argument(
        "--likeness", type=share, default=0.05, help="icc of people of one coach"
    )
    parser.add_argument("--power", type=share, default=POWER)
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    refuse_what_makes_no_plan(options)
    found: list[Precision] = []
    refused: list[str] = []
    for answer in _asked(options):
        try:
            found.append(answer())
        except CannotEstimate as refusal:
            refused.append(in_words(refusal))
    if not found:
        raise CannotDo("\n".join(refused))
    if options.json:
        return [asdict(one) for one in found]
    return "\n".join([*map(said, found), *refused])


def refuse_what_makes_no_plan(options: argparse.Namespace) -> None:
    wishes = ("people", "change", "difference", "up", "half_width")
    given = [name for name in wishes if getattr(options, name) is not None]
    if len(given) != 1:
        raise CannotDo(
            "Give one of --people, --change, --difference, --up, --half-width."
        )
    if not options.response:
        raise CannotDo("--response: when nobody answers there is nothing to plan.")
    if not 0.05 < options.power < 1:
        raise CannotDo("--power lies between 0.05 and 1, such as 0.8.")
    if options.correlation >= 1:
        raise CannotDo("--correlation is below 1.")
    if (options.up or 0) + options.down > 1:
        raise CannotDo(
            "--up and --down are shares of the same people: together at most 1."
        )


def _asked(options: argparse.Namespace) -> Iterator[Callable[[], Precision]]:
    loss, power = _loss(options), options.power
    if options.people is not None and options.others is not None:
        arms = Arms(
            _left(options.people, loss),
            _left(options.others, loss),
            loss,
            Loss(response=options.response),
        )
        correlation = options.correlation
        yield lambda: smallest_mean_difference(
            arms, correlation=correlation, power=power
        )
    elif options.people is not None:
        n = _left(options.people, loss)
        yield lambda: smallest_mean_change(n, power=power, loss=loss)
        yield lambda: smallest_change_in_share(
            n, options.moving, power=power, loss=loss
        )
        yield lambda: half_width_of_share(n, loss=loss)
    elif options.change is not None:
        yield lambda: people_for_mean_change(options.change, power=power, loss=loss)
    elif options.difference is not None:
        others_loss = Loss(response=options.response)
        like = Arms(1, options.others or 1, loss, others_loss)
        yield lambda: people_for_mean_difference(
            options.difference, like, correlation=options.correlation, power=power
        )
    elif options.up is not None:
        yield lambda: people_for_change_in_share(
            options.up, options.down, power=power, loss=loss
        )
    else:
        yield lambda: people_for_half_width(options.half_width, loss=loss)


def _loss(options: argparse.Namespace) -> Loss:
    if options.caseloads is None:
        return Loss(response=options.response)
    sizes = np.array(options.caseloads)
    if len(sizes) < FEWEST_COACHES:
        return design_effect(sizes, options.likeness).loss(options.response)
    codes = np.repeat(np.arange(len(sizes)), sizes)
    return loss_by_coach(codes, options.likeness, options.response)


def _left(asked: int, loss: Loss) -> int:
    return int(asked * loss.response + 1e-9)


def said(one: Precision) -> str:
    words = SAYS[one.method].format(
        value=one.value, points=100 * one.value, n=one.n, power=one.power or 0
    )
    more = []
    if one.effective_n < one.n - 0.5:
        more.append(f"worth {one.effective_n:.0f} who are not alike by their coach")
    if one.asked > one.n:
        more.append(f"to ask: {one.asked}")
    return f"{words[0].upper()}{words[1:]}{''.join('; ' + each for each in more)}."


def in_words(refusal: CannotEstimate) -> str:
    what = refusal.what.replace("_", " ")
    why = WHY.get(refusal.why, refusal.why)
    return f"No {what}: {why.format(has=refusal.has, needed=refusal.needed)}."


def whole(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text} is not a number of people")
    return int(text)


def share(text: str) -> float:
    value = _number(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a part of 1, such as 0.3")
    return value


def size(text: str) -> float:
    value = _number(text)
    if not 0 < value < 100:
        raise argparse.ArgumentTypeError(f"{text} is not a size above 0, such as 0.3")
    return value


def caseloads(text: str) -> list[int]:
    return [whole(one.strip()) for one in text.split(",")]


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text} is not a number") from problem
