"""Of which words of the desk a pilot may write its own, and what the tabs tell."""

from trede.contact.letter_texts import Wording, register_wording
from trede.contact.models import Letter as Made
from trede.desk.guidance import guidance_of
from trede.desk.my_plan_sheet import specimen
from trede.desk.my_plan_words import TEXT, PlanWords
from trede.people.pages import guidance_is_told_by

register_wording(
    Wording(Made.Kind.PLAN.label, PlanWords, TEXT, specimen, template="my_plan")
)
guidance_is_told_by(guidance_of)
