"""Every address of the platform, in the order of the journey."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from django.urls import include, path

urlpatterns = [
    path("aanmelden/", account.login, name="account_login"),
    path("afmelden/", account.logout, name="account_logout"),
    path("aanmelden/code/", second_step.authenticate, name="mfa_authenticate"),
    path("", include("trede.accounts.urls")),
    path("pilots/", include("trede.pilots.urls")),
    path("personen/", include("trede.people.urls")),
    path("contact/", include("trede.contact.urls")),
    path("vragenlijst/", include("trede.questionnaires.urls")),
    path("instroom/", include("trede.inflow.urls")),
    path("traject/", include("trede.trajectories.urls")),
    path("onderzoek/", include("trede.studies.urls")),
    path("rapporten/", include("trede.reports.urls")),
    path("", include("trede.desk.urls")),
]
