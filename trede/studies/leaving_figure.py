"""Where people leave a questionnaire, as a picture: how many are still there at each
question, and at which ones somebody went for good."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.studies.burden import AtQuestion, Burden
from trede.studies.shapes import Shape
from trede.studies.small_numbers import too_few

WIDTH, HEIGHT, FOOT = 740, 200, 34
FEW = 6  # as tall, whether it is one person or four


@dataclass(frozen=True)
class Figure:
    shapes: tuple[Shape, ...]
    told: str
    width: int = WIDTH
    height: int = HEIGHT + FOOT


def figure(found: Burden) -> Figure | None:
    """None where too few people began to show anything."""
    if found.too_few or not found.questions:
        return None
    questions = found.questions
    step = WIDTH / len(questions)
    shapes: list[Shape] = []
    there = found.begun
    for place, one in enumerate(questions):
        left = round(place * step, 1)
        tall = HEIGHT * there / found.begun
        wide = round(max(step - 1, 1), 1)
        shapes.append(Shape("c4", left, round(HEIGHT - tall, 1), wide, round(tall, 1)))
        if one.left:
            few = too_few(one.left)
            gone = FEW if few else max(HEIGHT * one.left / found.begun, FEW)
            top, look = round(HEIGHT - tall, 1), "h4" if few else "h5"
            shapes.append(Shape(look, left, top, wide, round(gone, 1)))
            there -= 0 if few else one.left
    shapes += _words(questions)
    return Figure(tuple(shapes), where_people_leave(found))


def where_people_leave(found: Burden) -> str:
    """The answer to the question, in a sentence or two."""
    if found.too_few:
        return _("Too few people began to say anything of it.")
    told = _("Of %(begun)d people who began, %(finished)d finished.") % {
        "begun": found.begun,
        "finished": found.finished,
    }
    most = found.leaves_most
    if most is None:
        return told + " " + _("Nobody left for good.")
    if too_few(most.left):
        return told + " " + _("At no question did five people or more leave.")
    where = _("Most left at question %(number)d, “%(text)s”: %(n)d.") % {
        "number": found.questions.index(most) + 1,
        "text": most.text,
        "n": most.left,
    }
    return f"{told} {where}"


def _words(questions: Sequence[AtQuestion]) -> list[Shape]:
    last = _("question %(n)d") % {"n": len(questions)}
    first = _("question 1")
    return [
        Shape("s", 0, HEIGHT + 22, text=first),
        Shape("s end", WIDTH, HEIGHT + 22, text=last),
    ]
