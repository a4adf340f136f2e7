"""Every address of the platform, in the order of the journey."""

from django.urls import include, path

from trede.accounts import views as accounts

handler404 = accounts.not_there
urlpatterns = [
    path("aanmelden/", accounts.sign_in, name="account_login"),
    path("afmelden/", accounts.sign_out, name="account_logout"),
    path("", include("trede.accounts.urls")),
    path("pilots/", include("trede.pilots.urls")),
    path("personen/", include("trede.people.urls")),
    path("contact/", include("trede.contact.urls")),
    path("", include("trede.questionnaires.urls")),
    path("instroom/", include("trede.inflow.urls")),
    path("traject/", include("trede.trajectories.urls")),
    path("partners/", include("trede.partners.urls")),
    path("onderzoek/", include("trede.studies.urls")),
    path("rapporten/", include("trede.reports.urls")),
    path("", include("trede.desk.urls")),
]
