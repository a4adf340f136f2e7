from django.urls import path

from trede.studies import response_views, views, waves_views

app_name = "studies"
urlpatterns = [
    path("", views.studies, name="studies"),
    path("aan-de-beurt/", waves_views.due, name="due"),
    path("aan-de-beurt/bestand/", waves_views.due_file, name="due_file"),
    path("afname/<int:person_id>/", waves_views.open_wave, name="open_wave"),
    path("herinneringen/", waves_views.reminders, name="reminders"),
    path("herinneringen/versturen/", waves_views.remind, name="remind"),
    path(
        "herinneringen/afdrukken/",
        waves_views.print_reminders,
        name="print_reminders",
    ),
    path("herinneringen/gepost/", waves_views.post_reminders, name="post_reminders"),
    path(
        "herinneringen/<int:message_id>/opnieuw/",
        waves_views.send_again,
        name="send_again",
    ),
    path("herinneringen/<int:message_id>/weg/", waves_views.it_left, name="it_left"),
    path("respons/", response_views.response, name="response"),
    path("<int:study_id>/belasting/", response_views.burden, name="burden"),
    path("begin/<int:pilot_id>/", views.found, name="found"),
    path("<int:study_id>/", views.study, name="study"),
    path("<int:study_id>/metingen/", views.grid, name="grid"),
    path("<int:study_id>/opzet/", views.amend, name="amend"),
    path(
        "<int:study_id>/opzet/bijwerken/",
        views.state_baselines,
        name="state_baselines",
    ),
    path("<int:study_id>/berekenen/", views.run, name="run"),
    path("<int:study_id>/gegevens/", views.dataset, name="dataset"),
    path("<int:study_id>/codeboek/", views.codebook, name="codebook"),
]
