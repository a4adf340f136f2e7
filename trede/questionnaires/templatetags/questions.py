"""What stands beside an answer on the page of a question: a picture, a sound."""

from collections.abc import Mapping

from django import template

from trede.questionnaires.definition import Kind, Question

register = template.Library()


@register.filter
def picture_of(question: Question, value: object) -> str:
    """The drawing beside an answer; what one does or does not in a week has one too."""
    if question.kind is Kind.HOURS:
        return "yes" if value == "yes" else "no"
    said = str(value)
    return next((o.picture for o in question.options if str(o.value) == said), "")


@register.filter
def sound_of(sounds: Mapping[str, str], place: object) -> str:
    """The address of a sound; none where there is no sound."""
    return sounds.get(str(place), "") if sounds else ""


@register.filter
def grade_of(question: Question, value: object) -> list[bool]:
    """The place of an answer on a labelled scale: one mark of all is filled. A row that
    fills up would say that one end is more, which it is not on every scale."""
    if question.kind is not Kind.LABELLED_SCALE:
        return []
    return [str(option.value) == str(value) for option in question.options]
