from django.urls import path

from trede.desk import missing_views, my_plan_views, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("deelnemers/", views.people, name="people"),
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
    path("ontbreekt/", missing_views.missing, name="missing"),
    path("ontbreekt/bestand/", missing_views.missing_file, name="missing_file"),
    path("zoeken/", views.search, name="search"),
]
