from django.urls import path

from trede.studies import views

app_name = "studies"
urlpatterns = [
    path("", views.studies, name="studies"),
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
