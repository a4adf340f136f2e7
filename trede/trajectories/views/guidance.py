"""A trajectory from start to end: its page, pauses, the ladder, hand-over, closing."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from trede.accounts.doors import StaffRequest, looked, way_back
from trede.accounts.visibility import fetch
from trede.inflow.models import Candidate
from trede.inflow.waiting_by_lot import objection_to_start
from trede.people.pages import PLAN, about
from trede.people.responsibility import coach_of
from trede.pilots.circumstances import locations_on
from trede.pilots.loading import rules_of
from trede.questionnaires.sittings import proposed_language
from trede.questionnaires.translating import choices, languages_for
from trede.trajectories import (
    closing,
    exemption,
    forms,
    handing_over,
    ladder,
    pausing,
    starting,
)
from trede.trajectories.models import ExemptionNotice, LadderAssessment, Pause
from trede.trajectories.showing import overview
from trede.trajectories.views.acting import (
    Page,
    act_page,
    did,
    done,
    may_exceed,
    own,
    page_of,
    today,
)

START = Page(
    title=_("Start the trajectory"),
    act=_("Start"),
)
PAUSE = Page(
    title=_("Pause"),
    act=_("Pause"),
)
RESUME = Page(
    title=_("Go on after the pause"),
    act=_("Go on"),
)
ASSESS = Page(
    title=_("The ladder"),
    act=_("Note the tread"),
    template="trajectories/ladder.html",
)
HAND_OVER = Page(
    title=_("Hand over to another coach"),
    act=_("Hand over"),
    consequences=(
        _("The new coach is responsible from that day."),
        _("Appointments that stand go along to the new coach."),
        _("Both names stay with the trajectory."),
    ),
)
CLOSE = Page(
    title=_("Close the trajectory"),
    act=_("Close"),
    consequences=(
        _("The exemption from other duties ends on that day."),
        _("The client manager gets that date, and nothing else."),
        _("After-care is possible: you can go on noting contacts."),
    ),
)
TAKE_BACK_CLOSING = Page(
    title=_("Take the closing back"),
    act=_("Take back"),
    consequences=(
        _("The trajectory runs on as if it was not closed."),
        _("The client manager gets the date from which the exemption goes on."),
        _("The closing and your reason stay on record."),
    ),
)
OPEN_EVALUATION = Page(
    title=_("Evaluation questionnaire"),
    act=_("Get it ready"),
)


def trajectory(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    shown = own(request, trajectory_id)
    looked(request, shown.person_id)
    tabs = about(request, shown.person, PLAN)
    context = tabs | overview(shown, today(request))
    return render(request, "trajectories/trajectory.html", context)


def start(request: StaffRequest, candidate_id: int) -> HttpResponse:
    rows = Candidate.objects.select_related("person", "pilot")
    candidate = fetch(request, rows, candidate_id)
    objection = objection_to_start(candidate, today(request))
    form = _start_form(request, candidate, objection is not None)
    if did(
        request,
        form,
        lambda: starting.start(
            candidate=candidate, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        made = candidate.trajectories.latest("pk")
        return done(request, gettext("The trajectory has started."), page_of(made))
    return act_page(
        request,
        candidate.person,
        form,
        START,
        reverse("desk:home"),
        warning=objection.sentence if objection else "",
    )


def _start_form(
    request: StaffRequest, candidate: Candidate, objection: bool
) -> forms.StartForm:
    coach = coach_of(candidate.person) or request.user
    return forms.StartForm(
        request.POST or None,
        person=candidate.person,
        limits=rules_of(candidate.pilot, today(request)).limits,
        on=today(request),
        objection=objection,
        may_exceed=may_exceed(request),
        initial={"coach": coach, "on": today(request)},
    )


def pause(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    paused = own(request, trajectory_id)
    form = forms.PauseForm(
        request.POST or None,
        reasons=rules_of(paused.pilot, today(request)).reasons.pause,
        initial={"from_on": today(request)},
    )
    if did(
        request,
        form,
        lambda: pausing.pause(
            trajectory=paused, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        made = paused.pauses.standing().latest("pk")
        undo = reverse("trajectories:take_back_pause", args=[made.pk])
        return done(request, gettext("The clock stands still."), page_of(paused), undo)
    return act_page(request, paused.person, form, PAUSE, page_of(paused))


def resume(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    paused = own(request, trajectory_id)
    back = way_back(request, page_of(paused))
    form = forms.ResumeForm(request.POST or None, initial={"on": today(request)})
    if did(
        request,
        form,
        lambda: pausing.resume(
            trajectory=paused, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        return done(request, gettext("The clock runs again."), back)
    return act_page(request, paused.person, form, RESUME, back)


def take_back_pause(request: StaffRequest, pause_id: int) -> HttpResponse:
    rows = Pause.objects.select_related("trajectory")
    paused = fetch(request, rows, pause_id)
    pausing.take_back(pause=paused, by=request.actor, at=request.at)
    words = gettext("The pause is taken back; it does not count.")
    return done(request, words, page_of(paused.trajectory))


def assess(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    assessed = own(request, trajectory_id)
    back = way_back(request, page_of(assessed))
    last = assessed.assessments.standing().last()
    form = forms.LadderForm(
        request.POST or None,
        rules=rules_of(assessed.pilot, today(request)),
        last=last,
        initial={"reference_on": today(request)},
    )
    if did(
        request,
        form,
        lambda: ladder.assess(
            trajectory=assessed,
            answers=form.answers(),
            **form.rest(),
            by=request.actor,
            at=request.at,
        ),
    ):
        return _assessed(request, assessed.assessments.latest("pk"), back)
    return act_page(request, assessed.person, form, ASSESS, back)


def _assessed(request: StaffRequest, made: LadderAssessment, back: str) -> HttpResponse:
    undo = reverse("trajectories:take_back_assessment", args=[made.pk])
    words = gettext("Noted: tread %(tread)d.") % {"tread": made.tread}
    return done(request, words, back, undo)


def take_back_assessment(request: StaffRequest, assessment_id: int) -> HttpResponse:
    rows = LadderAssessment.objects.select_related("trajectory")
    assessment = fetch(request, rows, assessment_id)
    ladder.take_back(assessment=assessment, by=request.actor, at=request.at)
    words = gettext("The tread is taken back.")
    return done(request, words, page_of(assessment.trajectory))


def hand_over(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    handed = own(request, trajectory_id)
    form = forms.HandOverForm(
        request.POST or None,
        person=handed.person,
        limits=rules_of(handed.pilot, today(request)).limits,
        on=today(request),
        may_exceed=may_exceed(request),
        initial={"on": today(request)},
    )
    if did(
        request,
        form,
        lambda: handing_over.hand_over(
            trajectory=handed, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        # Whoever gives somebody away does not see them any more.
        words = gettext("Handed over to %(name)s.") % {
            "name": form.cleaned_data["receiver"].name
        }
        still = may_exceed(request)
        return done(request, words, page_of(handed) if still else reverse("desk:home"))
    return act_page(request, handed.person, form, HAND_OVER, page_of(handed))


def close(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    closed = own(request, trajectory_id)
    form = forms.CloseForm(
        request.POST or None,
        reasons=rules_of(closed.pilot, today(request)).reasons.closing,
        initial={"on": today(request)},
    )
    if did(
        request,
        form,
        lambda: closing.close(
            trajectory=closed, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        return done(request, gettext("The trajectory is closed."), page_of(closed))
    return act_page(request, closed.person, form, CLOSE, page_of(closed))


def take_back_closing(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    closed = own(request, trajectory_id)
    form = forms.TakeBackForm(request.POST or None)
    if did(
        request,
        form,
        lambda: closing.take_back(
            trajectory=closed, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        words = gettext("The closing is taken back. The trajectory runs on.")
        return done(request, words, page_of(closed))
    return act_page(request, closed.person, form, TAKE_BACK_CLOSING, page_of(closed))


def open_evaluation(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    evaluated = own(request, trajectory_id)
    rules = rules_of(evaluated.pilot, today(request))
    wave = next(each for each in rules.waves if each.code == closing.EVALUATION)
    town = evaluated.pilot.municipality_id
    there = languages_for(wave.questionnaire, rules, town=town)
    form = forms.EvaluationForm(
        request.POST or None,
        languages=choices(there),
        initial={"language": proposed_language(evaluated.person, there)},
        locations=locations_on(rules, today(request)),
    )
    if did(
        request,
        form,
        lambda: closing.open_evaluation(
            trajectory=evaluated, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        sitting = evaluated.person.sittings.latest("pk")
        return redirect("questionnaires:sitting", sitting.pk)
    return act_page(
        request, evaluated.person, form, OPEN_EVALUATION, page_of(evaluated)
    )


@never_cache
def exemption_notice(request: StaffRequest, notice_id: int) -> FileResponse:
    rows = ExemptionNotice.objects.select_related("trajectory__person__municipality")
    notice = fetch(request, rows, notice_id)
    looked(request, notice.trajectory.person_id)
    name = f"{gettext('exemption')}-{notice.on:%Y-%m-%d}.pdf"
    response = FileResponse(
        iter([exemption.pdf(notice)]), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
