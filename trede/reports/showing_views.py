"""The screens on which two people decide to show a hidden figure."""

from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch, seen
from trede.pilots.loading import rules_of
from trede.reports import showing
from trede.reports.analysed import names_in
from trede.reports.effects.names import Names
from trede.reports.hidden_figures import HiddenFigure, called, hidden_figures
from trede.reports.models import Edition, Showing
from trede.reports.showing_forms import WhyForm
from trede.reports.wording import DECISIONS, Wording
from trede.studies.models import Run
from trede.studies.protecting import figure_of


def hidden(request: StaffRequest, edition_id: int) -> HttpResponse:
    """Every hidden figure with its reason, by what it is about."""
    edition = fetch(request, Edition.objects.all(), edition_id)
    looked(request)
    found = sorted(_hidden_in(edition), key=attrgetter("about"))
    asked = set(edition.run.showings.values_list("figure", flat=True))
    about = groupby(found, key=attrgetter("about"))
    context = {
        "edition": edition,
        "groups": [(name, list(figures)) for name, figures in about],
        "asked": {
            one.number
            for one in found
            if figure_of(edition.decisions[one.number]) in asked
        },
    }
    return render(request, "reports/hidden.html", context)


def ask_to_show(request: StaffRequest, edition_id: int, place: int) -> HttpResponse:
    edition = fetch(request, Edition.objects.all(), edition_id)
    figure = next((one for one in _hidden_in(edition) if one.number == place), None)
    if figure is None:
        raise Http404
    form = WhyForm(request.POST or None)
    made = None
    if form.is_valid():
        made = attempt(form, lambda: _ask(request, edition, place, form))
    if made is not None:
        messages.success(
            request, _("It is asked. Somebody else must agree before it is shown.")
        )
        return redirect("reports:showings")
    looked(request)
    context = {"edition": edition, "figure": figure, "form": form}
    return render(request, "reports/ask_to_show.html", context)


def _ask(request: StaffRequest, edition: Edition, place: int, form: WhyForm) -> Showing:
    return showing.ask(
        edition=edition,
        place=edition.decisions[place],
        why=form.cleaned_data["why"],
        by=request.actor,
        at=request.at,
    )


def showings(request: StaffRequest) -> HttpResponse:
    """What was asked and what was decided. The figures themselves are not here."""
    rows = seen(request, Showing.objects.all()).select_related(
        "run__study__pilot", "asked_by", "agreed_by"
    )
    looked(request)
    lines = [
        {
            "showing": one,
            "words": called(one.place, _wording(one.run), _names(one.run)),
            "reason": DECISIONS[one.place["reason"]],
            "own": one.asked_by_id == request.user.pk,
        }
        for one in rows
    ]
    return render(request, "reports/showings.html", {"lines": lines})


def agree_to_show(request: StaffRequest, showing_id: int) -> HttpResponse:
    found = fetch(request, Showing.objects.all(), showing_id)
    showing.agree(showing=found, by=request.actor, at=request.at)
    messages.success(
        request,
        _("You agreed. The figure is shown in the next edition that is made of it."),
    )
    return redirect("reports:showings")


def _hidden_in(edition: Edition) -> list[HiddenFigure]:
    run = edition.run
    return list(hidden_figures(edition.decisions, _wording(run), _names(run)))


def _wording(run: Run) -> Wording:
    return Wording(rules_of(run.study.pilot, run.until_on))


def _names(run: Run) -> Names:
    return names_in(run.results, rules_of(run.study.pilot, run.until_on))
