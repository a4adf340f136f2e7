from django.urls import path

from trede.desk import (
    missing_views,
    my_plan_views,
    no_shows_views,
    people_views,
    same_step_views,
    steering_files,
    views,
    weekly_meeting_views,
)

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("hoeveel/", views.how_many, name="figures"),
    path("hoeveel/bestand/", steering_files.figures_file, name="figures_file"),
    path("werkdruk/bestand/", steering_files.loads_file, name="loads_file"),
    path("deelnemers/", people_views.people, name="people"),
    path("deelnemers/bestand/", people_views.people_file, name="people_file"),
    path("deelnemers/<int:person_id>/", views.person, name="person"),
    path("deelnemers/kandidaat/<int:candidate_id>/gebeld/", views.tap, name="tap"),
    path(
        "deelnemers/<int:person_id>/mijn-plan/",
        my_plan_views.print_for,
        name="print_my_plan",
    ),
    path("mijn-plan/<str:token>/", my_plan_views.by_link, name="my_plan"),
    path(
        "mijn-plan/<str:token>/papier/",
        my_plan_views.on_paper,
        name="my_plan_on_paper",
    ),
    path("overleg/", weekly_meeting_views.weekly_meeting, name="weekly_meeting"),
    path(
        "overleg/bestand/",
        weekly_meeting_views.weekly_meeting_file,
        name="weekly_meeting_file",
    ),
    path("ontbreekt/", missing_views.missing, name="missing"),
    path("ontbreekt/bestand/", missing_views.missing_file, name="missing_file"),
    path("niet-gekomen/", no_shows_views.no_shows, name="no_shows"),
    path("niet-gekomen/bestand/", no_shows_views.no_shows_file, name="no_shows_file"),
    path("samen/", same_step_views.same_step, name="same_step"),
    path(
        "samen/<int:same_step_id>/terugdraaien/",
        same_step_views.undo_same_step,
        name="undo_same_step",
    ),
    path("zoeken/", views.search, name="search"),
]
