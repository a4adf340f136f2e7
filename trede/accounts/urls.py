from django.urls import path

from trede.accounts import staff_views, trail_views, views

app_name = "accounts"
urlpatterns = [
    path("aanmelden/code/", views.second_step, name="second_step"),
    path("aanmelden/demo/", views.demo_sign_in, name="demo_sign_in"),
    path("niet-verstuurd/", views.send_unsent_form, name="unsent_form"),
    path("niet-verstuurd/weg/", views.drop_unsent_form, name="drop_unsent_form"),
    path("taal/", views.language, name="language"),
    path("mijn-account/", views.account, name="account"),
    path("mijn-account/wachtwoord/", views.password, name="password"),
    path(
        "mijn-account/tweede-stap/",
        views.set_up_second_step,
        name="set_up_second_step",
    ),
    path(
        "mijn-account/tweede-stap/herstelcodes/",
        views.renew_recovery_codes,
        name="renew_recovery_codes",
    ),
    path(
        "mijn-account/tweede-stap/weg/",
        views.take_second_step_away,
        name="take_second_step_away",
    ),
    path("medewerkers/", staff_views.staff, name="staff"),
    path("medewerkers/nieuw/", staff_views.employ, name="employ"),
    path("medewerkers/<int:staff_id>/", staff_views.colleague, name="colleague"),
    path(
        "medewerkers/<int:staff_id>/rol-geven/",
        staff_views.give_role,
        name="give_role",
    ),
    path(
        "medewerkers/<int:staff_id>/rol-beeindigen/",
        staff_views.end_role,
        name="end_role",
    ),
    path(
        "medewerkers/<int:staff_id>/uit-dienst/",
        staff_views.end_employment,
        name="end_employment",
    ),
    path(
        "medewerkers/<int:staff_id>/wachtwoord/",
        staff_views.reset_password,
        name="reset_password",
    ),
    path(
        "medewerkers/<int:staff_id>/tweede-stap/",
        staff_views.reset_second_step,
        name="reset_second_step",
    ),
    path("teams/", staff_views.teams, name="teams"),
    path("teams/<int:team_id>/", staff_views.team, name="team"),
    path("huisregels/", staff_views.house_rules, name="house_rules"),
    path("logboek/", trail_views.trail, name="trail"),
    path("logboek/csv/", trail_views.trail_as_csv, name="trail_as_csv"),
]
