"""The library: below `vragenlijsten/`, in the same namespace as the sittings."""

from django.urls import path

from trede.questionnaires.library import (
    authoring_views,
    recordings_views,
    taking_along_views,
    text_sheet_views,
    translating_views,
)
from trede.questionnaires.library import views as library_views

urlpatterns = [
    path("", library_views.library, name="library"),
    path("opsturen/", authoring_views.upload, name="library_upload"),
    path("bewaren/", authoring_views.keep, name="library_keep"),
    path(
        "<slug:code>/<str:version>/",
        library_views.questionnaire,
        name="library_questionnaire",
    ),
    path(
        "<slug:code>/<str:version>/nieuwe-versie/",
        authoring_views.reword,
        name="library_reword",
    ),
    path(
        "<slug:code>/<str:version>/bestand/",
        taking_along_views.as_file,
        name="library_file",
    ),
    path(
        "<slug:code>/<str:version>/papier/<slug:language>/",
        taking_along_views.on_paper,
        name="library_paper",
    ),
    path(
        "<slug:code>/<str:version>/zien/<slug:language>/",
        library_views.as_asked,
        name="library_as_asked",
    ),
    path(
        "<slug:code>/<str:version>/geluid/<slug:language>/",
        recordings_views.texts_to_record,
        name="library_recordings",
    ),
    path(
        "<slug:code>/<str:version>/taal/<slug:language>/",
        translating_views.in_language,
        name="library_language",
    ),
    path(
        "<slug:code>/<str:version>/taal/<slug:language>/instaan/",
        translating_views.vouch_for,
        name="library_vouch",
    ),
    path(
        "<slug:code>/<str:version>/taal/<slug:language>/teksten/",
        text_sheet_views.download,
        name="library_texts",
    ),
    path(
        "<slug:code>/<str:version>/taal/<slug:language>/opsturen/",
        text_sheet_views.upload,
        name="library_upload_texts",
    ),
    path(
        "<slug:code>/<str:version>/taal/<slug:language>/overnemen/",
        text_sheet_views.take_over,
        name="library_take_over_texts",
    ),
]
