from django.urls import path

from trede.reports import showing_views as showing
from trede.reports import views
from trede.reports.book import views as book
from trede.reports.summaries import views as summaries

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("<int:edition_id>/", views.edition, name="edition"),
    path("<int:edition_id>/pdf/", views.edition_pdf, name="edition_pdf"),
    path("<int:edition_id>/docx/", views.edition_docx, name="edition_docx"),
    path("<int:edition_id>/cijfers/", views.edition_figures, name="edition_figures"),
    path("<int:edition_id>/raad/", summaries.council, name="council"),
    path("<int:edition_id>/raad/pdf/", summaries.council_on_paper, name="council_pdf"),
    path(
        "<int:edition_id>/deelnemers/",
        summaries.for_participants,
        name="for_participants",
    ),
    path(
        "<int:edition_id>/deelnemers/pdf/",
        summaries.for_participants_on_paper,
        name="for_participants_pdf",
    ),
    path("<int:edition_id>/goedkeuren/", views.approve, name="approve"),
    path("<int:edition_id>/verborgen/", showing.hidden, name="hidden"),
    path(
        "<int:edition_id>/verborgen/<int:place>/",
        showing.ask_to_show,
        name="ask_to_show",
    ),
    path("tonen/", showing.showings, name="showings"),
    path(
        "tonen/<int:showing_id>/akkoord/", showing.agree_to_show, name="agree_to_show"
    ),
    path("berekening/<int:run_id>/", views.run, name="run"),
    path("berekening/<int:run_id>/pdf/", views.run_pdf, name="run_pdf"),
    path("berekening/<int:run_id>/cijfers/", views.run_figures, name="run_figures"),
    path("berekening/<int:run_id>/uitgeven/", views.release, name="release"),
    path("hoofdstukken/<int:study_id>/", book.chapters, name="chapters"),
    path("hoofdstukken/<int:study_id>/<slug:chapter>/", book.chapter, name="chapter"),
    path("verloop/<int:pilot_id>/", views.flow, name="flow"),
]
