"""The link for one's own telephone: the coach makes it, the person opens it."""

from base64 import b64encode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from trede.accounts.acting import staff_actor
from trede.accounts.doors import DoorRequest, StaffRequest, looked
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused, attempt
from trede.accounts.signing_in import address_of, end_session
from trede.contact.links import TooManyWrong
from trede.contact.through_links import link_closed
from trede.documents.typesetting import qr_code
from trede.languages import language_of
from trede.questionnaires import own_device, own_device_letter, showing, sittings
from trede.questionnaires.models import OwnDevice, Sitting
from trede.questionnaires.own_device import Standing
from trede.questionnaires.own_device_forms import CodeForm
from trede.questionnaires.person_views import remember_device, remembered
from trede.questionnaires.views import fetch_sitting


def own_telephone(request: StaffRequest, sitting_id: int) -> HttpResponse:
    """Whether there is a link, and making one. The code is shown this once."""
    now = fetch_sitting(request, sitting_id)
    looked(request, now.person_id)
    context: dict[str, object] = {"sitting": now}
    if "new_code" in request.POST:
        context["code"] = own_device.give_code(
            sitting=now, by=request.actor, at=request.at
        )
        return render(request, "questionnaires/own_telephone_code.html", context)
    if request.method == "POST":
        made = own_device.make(sitting=now, by=request.actor, at=request.at)
        address = _address(request, made.token)
        drawn = b64encode(qr_code(address).encode()).decode()
        context |= {"made": made, "address": address, "picture": drawn}
        return render(request, "questionnaires/own_telephone_made.html", context)
    link = own_device.newest(now)
    standing = own_device.standing(link, request.at).value if link else ""
    context |= {"link": link, "standing": standing, "days": own_device.LASTS.days}
    return render(request, "questionnaires/own_telephone.html", context)


def end_own_telephone(request: StaffRequest, sitting_id: int) -> HttpResponse:
    now = fetch_sitting(request, sitting_id)
    own_device.end(sitting=now, by=request.actor, at=request.at)
    messages.success(request, _("The link opens nothing any more."))
    return redirect("questionnaires:sitting", now.pk)


def own_telephone_letter(request: StaffRequest, sitting_id: int) -> HttpResponse:
    """The link on paper. The code is not on it: who finds the letter opens nothing."""
    now = fetch_sitting(request, sitting_id)
    token = request.POST.get("token", "")
    link = own_device.find(token=token, at=request.at)
    waits = link and own_device.standing(link, request.at) is Standing.WAITING
    if link is None or not waits or link.sitting_id != now.pk:
        raise Refused(_("This link does not work any more. Make a new one."))
    address = _address(request, token)
    pdf = own_device_letter.letter(
        link=link, address=address, by=request.actor, at=request.at
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="brief-telefoon.pdf"'
    return response


def _address(request: StaffRequest, token: str) -> str:
    path = reverse("questionnaires:enter_code", args=[token])
    return request.build_absolute_uri(path)


@never_cache
@login_not_required
def enter_code(request: DoorRequest, token: str) -> HttpResponse:
    try:
        link = own_device.find(token=token, at=request.at, origin=address_of(request))
    except TooManyWrong as refusal:
        return link_closed(request, 429, str(refusal.message))
    if link is None:
        return link_closed(request, 410)
    chosen = _language(request, link.sitting)
    with translation.override(language_of(chosen).buttons):
        return _enter(request, link, chosen)


def _enter(request: DoorRequest, link: OwnDevice, chosen: str) -> HttpResponse:
    if kept := remembered(request, link):
        return redirect("questionnaires:start", kept)
    form = CodeForm(request.POST or None)
    standing = own_device.standing(link, request.at)
    if standing is not Standing.WAITING:
        return _page(request, link, chosen, form, standing)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        token = attempt(
            form,
            lambda: own_device.open_with_code(own=link, code=code, at=request.at),
        )
        if token is not None:
            _sign_out(request)
            return _opened(request, link, chosen, token)
    return _page(request, link, chosen, form, standing)


def _sign_out(request: DoorRequest) -> None:
    """Whoever tries the link on the coach's own device does not leave the person with
    everything that the coach may open."""
    if isinstance(request.user, Staff):
        end_session(request, by=staff_actor(request.user), at=request.at)


def _opened(
    request: DoorRequest, link: OwnDevice, chosen: str, token: str
) -> HttpResponse:
    if chosen != link.sitting.language:
        sittings.choose_language(sitting=link.sitting, language=chosen)
    response = redirect("questionnaires:start", token)
    remember_device(response, token, link.expires_at - request.at)
    return response


def _page(
    request: DoorRequest,
    link: OwnDevice,
    chosen: str,
    form: CodeForm,
    standing: Standing,
) -> HttpResponse:
    town, maker = link.sitting.person.municipality, link.made_by
    context: dict[str, object] = {
        "form": form,
        "standing": standing.value,
        "page_language": chosen,
        "page_direction": language_of(chosen).direction,
        "tongues": showing.tongues(request.path, link.sitting, chosen),
        "help_telephone": town.help_telephone or settings.HELP_TELEPHONE,
    }
    if maker.telephone:
        context["human"] = {"name": maker.name, "telephone": maker.telephone}
    return render(request, "questionnaires/enter_code.html", context)


def _language(request: DoorRequest, sitting: Sitting) -> str:
    """Kept with the sitting only when the code was right: a link alone changes
    nothing."""
    asked = request.GET.get("taal", "")
    return asked if asked in sittings.languages_offered(sitting) else sitting.language
