from django.urls import path

from trede.people import double_views, privacy_views, views

app_name = "people"
urlpatterns = [
    path("dubbel/", double_views.duplicates, name="duplicates"),
    path("<int:person_id>/", views.details, name="details"),
    path("<int:person_id>/wijzigen/", views.change, name="change"),
    path("<int:person_id>/dubbel/", double_views.merge, name="merge"),
    path(
        "<int:person_id>/dubbel/niet/", double_views.not_the_same, name="not_the_same"
    ),
    path("<int:person_id>/dubbel/terug/", double_views.undo_merge, name="undo_merge"),
    path("<int:person_id>/huishouden/", views.household, name="household"),
    path(
        "<int:person_id>/huishouden/uit/", views.leave_household, name="leave_household"
    ),
    path("<int:person_id>/notities/", views.notes, name="notes"),
    path("notitie/<int:note_id>/", views.correct_note, name="correct_note"),
    path("bestand/<int:file_id>/", views.file, name="file"),
    path("<int:person_id>/toestemming/", privacy_views.consents, name="consents"),
    path(
        "<int:person_id>/toestemming/intrekken/",
        privacy_views.withdraw,
        name="withdraw",
    ),
    path("<int:person_id>/inzage/", privacy_views.access, name="access"),
    path("<int:person_id>/inzage/bestand/", privacy_views.hand_out, name="hand_out"),
    path("<int:person_id>/wissen/", privacy_views.erase, name="erase"),
]
