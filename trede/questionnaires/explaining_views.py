"""That somebody opened the explanation of a question, said by the page itself."""

from django.http import Http404, HttpResponse

from trede.accounts.doors import DoorRequest
from trede.questionnaires.course import core_of
from trede.questionnaires.models import Handover
from trede.questionnaires.moments import note_explanation
from trede.questionnaires.person_views import on_this_device


@on_this_device
def explained(
    request: DoorRequest, handover: Handover, token: str, question: str
) -> HttpResponse:
    asked = core_of(handover.sitting).question_by_code.get(question)
    if asked is None or asked.explanation is None:
        raise Http404
    note_explanation(sitting=handover.sitting, question=question, at=request.at)
    return HttpResponse(status=204)
