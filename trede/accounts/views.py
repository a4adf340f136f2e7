"""Signing in and out, one's own account, and what to do when a form has expired."""

from base64 import b64encode
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.defaults import page_not_found

from trede.accounts import demo_mode, signing_in, unsent_form
from trede.accounts import second_step as steps
from trede.accounts.acting import staff_actor
from trede.accounts.doors import DoorRequest, StaffRequest, page_before, speak
from trede.accounts.forms import Code, NewPassword, PresentPassword, SignIn
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import attempt

_NEW_SALT = "second_step_salt"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: DoorRequest) -> HttpResponse:
    next_page = safe_next(request)
    if request.user.is_authenticated:
        return redirect(next_page)
    form = SignIn(request.POST or None)
    if form.is_valid():
        staff = attempt(
            form,
            lambda: signing_in.check_password(
                request, **form.cleaned_data, at=request.at
            ),
        )
        if staff:
            return _go_on(request, staff, next_page)
    cast = demo_mode.cast() if settings.DEMO else []
    context = {"form": form, "next": next_page, "cast": cast}
    return render(request, "accounts/sign_in.html", context)


def safe_next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def _go_on(request: DoorRequest, staff: Staff, next_page: str) -> HttpResponse:
    if not steps.is_set_up(staff):
        return _begin(request, staff, next_page)
    signing_in.wait_for_code(request, staff=staff, next_page=next_page, at=request.at)
    return redirect("accounts:second_step")


def _begin(request: DoorRequest, staff: Staff, next_page: str) -> HttpResponse:
    """The language that was chosen to sign in with is the one to work in. It is told
    once: the next on this device begins in Dutch again."""
    signing_in.begin_session(request, staff=staff, at=request.at)
    response = redirect(next_page)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES):
        if chosen != staff.language:
            signing_in.choose_language(
                staff=staff, language=chosen, by=staff_actor(staff), at=request.at
            )
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    return response


@login_not_required
@never_cache
def second_step(request: DoorRequest) -> HttpResponse:
    waiting = signing_in.half_way(request, at=request.at)
    if waiting is None:
        messages.info(request, _("Sign in with your password first."))
        return redirect("account_login")
    form = Code(request.POST or None)
    if form.is_valid():
        attempt(
            form,
            lambda: signing_in.check_code(
                request, staff=waiting.staff, **form.cleaned_data, at=request.at
            ),
        )
        if form.is_valid():
            return _begin(request, waiting.staff, waiting.next)
    return render(request, "accounts/second_step.html", {"form": form})


def sign_out(request: StaffRequest) -> HttpResponse:
    signing_in.end_session(request, by=request.actor, at=request.at)
    messages.success(request, _("You are signed out."))
    return redirect("account_login")


@login_not_required
def demo_sign_in(request: DoorRequest) -> HttpResponse:
    chosen = request.POST.get("staff", "")
    staff = demo_mode.member_of_cast(int(chosen) if chosen.isdecimal() else 0)
    return _begin(request, staff, safe_next(request))


@login_not_required
def language(request: DoorRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    response = redirect(page_before(request) or resolve_url("account_login"))
    if chosen not in dict(settings.LANGUAGES):
        messages.error(request, _("Choose one of the languages on the page."))
    elif isinstance(request.user, Staff):
        signing_in.choose_language(
            staff=request.user,
            language=chosen,
            by=staff_actor(request.user),
            at=request.at,
        )
    else:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


def account(request: StaffRequest) -> HttpResponse:
    context = {
        "second_step": steps.is_set_up(request.user),
        "must_have_second_step": steps.is_demanded(request.user),
        "codes_left": steps.codes_left(request.user),
        "languages": settings.LANGUAGES,
        "meets_people": request.user.has(Role.COACH)
        or request.user.has(Role.COORDINATOR),
    }
    return render(request, "accounts/account.html", context)


@sensitive_post_parameters("old", "new")
def password(request: StaffRequest) -> HttpResponse:
    form = NewPassword(request.POST or None)
    if form.is_valid():
        attempt(
            form,
            lambda: signing_in.choose_password(
                staff=request.user,
                **form.cleaned_data,
                by=request.actor,
                at=request.at,
            ),
        )
        if form.is_valid():
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Your new password is in use from now on."))
            return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form})


@never_cache
def set_up_second_step(request: StaffRequest) -> HttpResponse:
    if steps.is_set_up(request.user):
        return redirect("accounts:account")
    salt = request.session.setdefault(_NEW_SALT, steps.new_salt())
    form = Code(request.POST or None)
    if form.is_valid():
        codes = attempt(
            form,
            lambda: steps.set_up(
                staff=request.user,
                salt=salt,
                **form.cleaned_data,
                by=request.actor,
                at=request.at,
            ),
        )
        if codes:
            del request.session[_NEW_SALT]
            return _show_codes(request, codes)
    context = {
        "form": form,
        "picture": b64encode(steps.picture(salt, request.user)).decode(),
        "secret": steps.secret_words(salt),
    }
    return render(request, "accounts/set_up_second_step.html", context)


def _show_codes(request: StaffRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@never_cache
def renew_recovery_codes(request: StaffRequest) -> HttpResponse:
    codes = steps.renew_recovery_codes(
        staff=request.user, by=request.actor, at=request.at
    )
    return _show_codes(request, codes)


@sensitive_post_parameters("password")
def take_second_step_away(request: StaffRequest) -> HttpResponse:
    form = PresentPassword(request.POST or None)
    if form.is_valid():
        attempt(
            form,
            lambda: steps.take_away_own(
                staff=request.user,
                **form.cleaned_data,
                by=request.actor,
                at=request.at,
            ),
        )
        if form.is_valid():
            messages.success(request, _("From now on your password is enough."))
            return redirect("accounts:account")
    return render(request, "confirm.html", _about_taking_away(form))


def _about_taking_away(form: PresentPassword) -> dict[str, object]:
    return {
        "title": _("Take the second step away"),
        "consequences": [
            _("You sign in with your password alone."),
            _("Your recovery codes do not work any more."),
        ],
        "form": form,
        "act": _("Take it away"),
        "back_url": resolve_url("accounts:account"),
    }


def locked_out(
    request: HttpRequest,
    response: HttpResponseBase | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """After five failures (django-axes calls this)."""
    return render(request, "accounts/locked_out.html", status=429)


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In the language of the other pages, also where no door was come to."""
    speak(request)
    return page_not_found(request, exception)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """One signed in again on another page: the form is kept, or how to go on is said.

    A form that did not stand on a page of ours is never kept.
    """
    back = page_before(request)
    owner = request.user.pk if back else None
    if unsent_form.keep(request, owner=owner, page_before=back or ""):
        return redirect("accounts:unsent_form")
    context = {"back": back or resolve_url("desk:home")}
    return render(request, "accounts/form_expired.html", context, status=403)


def send_unsent_form(request: StaffRequest) -> HttpResponse:
    unsent = unsent_form.waiting_for(request, request.user)
    if unsent is None:
        messages.info(request, _("There is no form that has still to be sent."))
        return redirect("desk:home")
    if request.method == "POST":
        unsent_form.drop(request)
        # The browser sends the fields of this very request on to where they belong.
        return HttpResponseRedirect(unsent.address, preserve_request=True)
    return render(request, "accounts/unsent_form.html", {"unsent": unsent})


def drop_unsent_form(request: StaffRequest) -> HttpResponse:
    unsent = unsent_form.waiting_for(request, request.user)
    unsent_form.drop(request)
    messages.success(request, _("The form was thrown away. Nothing was saved."))
    return redirect(unsent.page_before if unsent else "desk:home")
