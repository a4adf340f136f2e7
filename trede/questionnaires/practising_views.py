"""The page of instruction, and practising on the pages that a person answers on."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trede.accounts.doors import StaffRequest
from trede.accounts.models import Role
from trede.accounts.refusing import attempt
from trede.languages import language_of
from trede.questionnaires import instruction, practising, showing
from trede.questionnaires.answering import Answer, Unclear, read_answer
from trede.questionnaires.definition import Question
from trede.questionnaires.forms import QuestionForm
from trede.questionnaires.pin_forms import NewPin, ReturnPin
from trede.questionnaires.practising import COOKIE, Practice
from trede.questionnaires.translating import choices

View = Callable[[StaffRequest, Practice], HttpResponse]


class BeginForm(NewPin):
    language = forms.ChoiceField(label=gettext_lazy("Language of the questions"))
    field_order = ("language",)


def instruct(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        instruction.note_read(by=request.actor, at=request.at)
        messages.success(request, _("Thank you. You may practise now."))
        return redirect("questionnaires:instruction")
    leads = request.user.has(Role.COORDINATOR)
    context = {
        "own": instruction.of_staff(request.user),
        "has_read": instruction.has_read(request.user),
        "coaches": instruction.of_municipality(request.user.municipality)
        if leads
        else [],
    }
    return render(request, "questionnaires/instruction.html", context)


def practise(request: StaffRequest) -> HttpResponse:
    """Handing the device over, to oneself."""
    form = BeginForm(request.POST or None, initial={"language": "nl"})
    field = form.fields["language"]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices(practising.questionnaire().languages)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("pin", "language")}
        begun = attempt(form, lambda: practising.begin(**chosen))
        if begun is not None:
            return _on_to(begun, _address(practising.core().questions[0]))
    return render(request, "questionnaires/practise.html", {"form": form})


def in_practice(view: View) -> Callable[[StaffRequest], HttpResponse]:
    """In the language of the questions, once practising has begun."""

    @wraps(view)
    def opened(request: StaffRequest) -> HttpResponse:
        practice = practising.unsealed(request.COOKIES.get(COOKIE, ""))
        if practice is None:
            return redirect("questionnaires:practise")
        with translation.override(language_of(practice.language).buttons):
            return view(request, practice)

    return opened


@in_practice
def question(request: StaffRequest, practice: Practice) -> HttpResponse:
    course = practice.course(request.at)
    code = request.GET.get("vraag", "")
    asked = course.part.question_by_code.get(code)
    if asked is None or not course.is_in_view(code):
        return redirect(_address(course.place()))
    if request.method != "POST":
        return _page(request, practice, asked, course.shown_answer(code))
    fields, on = dict(request.POST.lists()), timezone.localdate(request.at)
    read = read_answer(asked, fields, on=on)
    if request.POST.get("go") == "explain":
        chosen = None if isinstance(read, Unclear) else read
        return _page(request, practice, asked, chosen, explained=True)
    stops = request.POST.get("go") == "stop"
    if isinstance(read, Unclear):
        return redirect(_AT_END) if stops else _page(request, practice, asked, None)
    newer = practice.with_answer(code, read)
    after = newer.course(request.at).after(code, checking=False)
    return _on_to(newer, _AT_END if stops else _address(after))


@in_practice
def check(request: StaffRequest, practice: Practice) -> HttpResponse:
    """The made-up answers, and giving the device back with the PIN."""
    form = ReturnPin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pin = form.cleaned_data["pin"]
        back = attempt(form, lambda: _given_back(request, practice, pin))
        if back is not None:
            return back
    course = practice.course(request.at)
    context = {
        "form": form,
        "open": course.open(),
        "lines": showing.check_lines(course, practice.language),
        **_frame(request, practice),
    }
    return render(request, "questionnaires/practise_check.html", context)


def _given_back(request: StaffRequest, practice: Practice, pin: str) -> HttpResponse:
    practising.give_back(practice=practice, pin=pin)
    if practice.course(request.at).open() is None:
        instruction.note_practised(by=request.actor, at=request.at)
        with translation.override(request.user.language):
            messages.success(request, _("You have practised. It is noted."))
    response = redirect("questionnaires:instruction")
    response.delete_cookie(COOKIE)
    return response


def _page(
    request: StaffRequest,
    practice: Practice,
    asked: Question,
    answer: Answer | None,
    *,
    explained: bool = False,
) -> HttpResponse:
    course, language = practice.course(request.at), practice.language
    sent = request.POST if request.method == "POST" and not explained else None
    day = timezone.localdate(request.at)
    form = QuestionForm(sent, question=asked, language=language, on=day, answer=answer)
    before = course.before(asked.code)
    back = _address(before) if before else reverse("questionnaires:practise")
    context = {
        "form": form,
        "explained": explained,
        "back_url": back,
        **showing.question_words(course, asked, language),
        **_frame(request, practice),
    }
    return render(request, "questionnaires/practise_question.html", context)


def _frame(request: StaffRequest, practice: Practice) -> dict[str, object]:
    return {
        "frame": "questionnaires/person.html",
        "staff_speaks": request.user.language,
        "page_language": practice.language,
        "page_direction": language_of(practice.language).direction,
    }


_AT_END = "questionnaires:practise_check"


def _address(question: Question | None) -> str:
    if question is None:
        return reverse(_AT_END)
    return reverse("questionnaires:practise_question") + f"?vraag={question.code}"


def _on_to(practice: Practice, address: str) -> HttpResponse:
    """Gone when the browser closes."""
    response = redirect(address)
    sealed = practising.sealed(practice)
    response.set_cookie(COOKIE, sealed, httponly=True, samesite="Lax")
    return response
