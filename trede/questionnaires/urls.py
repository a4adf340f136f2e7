from django.urls import include, path

from trede.questionnaires import (
    explaining_views,
    offline_views,
    own_device_views,
    paper_views,
    person_views,
    practising_views,
    question_views,
    sound_views,
    typing_views,
    views,
)

app_name = "questionnaires"
sittings = [
    path("zitting/<int:sitting_id>/", views.sitting, name="sitting"),
    path("zitting/<int:sitting_id>/vooraf/", views.opening, name="opening"),
    path("zitting/<int:sitting_id>/geven/", views.hand_over, name="hand_over"),
    path("zitting/<int:sitting_id>/terug/", views.reclaim, name="reclaim"),
    path("zitting/<int:sitting_id>/achteraf/", views.closing, name="closing"),
    path("zitting/<int:sitting_id>/beeindigen/", views.end_early, name="end_early"),
    path("zitting/<int:sitting_id>/overtypen/", typing_views.type_in, name="type_in"),
    path(
        "zitting/<int:sitting_id>/overtypen/hoe/", typing_views.how, name="type_in_how"
    ),
    path(
        "zitting/<int:sitting_id>/overtypen/vragen/",
        typing_views.ask,
        name="ask_typist",
    ),
    path(
        "zitting/<int:sitting_id>/overtypen/inleveren/",
        typing_views.hand_in,
        name="type_in_hand_in",
    ),
    path(
        "zitting/<int:sitting_id>/overtypen/deel/<slug:section>/",
        typing_views.section,
        name="type_section",
    ),
    path(
        "zitting/<int:sitting_id>/eigen-telefoon/",
        own_device_views.own_telephone,
        name="own_telephone",
    ),
    path(
        "zitting/<int:sitting_id>/eigen-telefoon/brief/",
        own_device_views.own_telephone_letter,
        name="own_telephone_letter",
    ),
    path(
        "zitting/<int:sitting_id>/eigen-telefoon/beeindigen/",
        own_device_views.end_own_telephone,
        name="end_own_telephone",
    ),
    path("zitting/<int:sitting_id>/papier/", paper_views.on_paper, name="on_paper"),
    path(
        "zitting/<int:sitting_id>/papier/formulier/",
        paper_views.form,
        name="paper_form",
    ),
    path("telefoon/<str:token>/", own_device_views.enter_code, name="enter_code"),
    path("geluid/<str:token>/", sound_views.sound, name="sound"),
    path("nasturen/", offline_views.delivered, name="deliver"),
    path("<str:token>/", person_views.start, name="start"),
    path("<str:token>/verder/", person_views.resume, name="resume"),
    path(
        "<str:token>/vraag/<slug:question>/", question_views.question, name="question"
    ),
    path(
        "<str:token>/uitleg/<slug:question>/",
        explaining_views.explained,
        name="explained",
    ),
    path("<str:token>/ingesproken/<slug:question>/", sound_views.spoken, name="spoken"),
    path("<str:token>/gehoord/<slug:question>/", sound_views.heard, name="heard"),
    path("<str:token>/vooruit/", offline_views.ahead, name="ahead"),
    path("<str:token>/nakijken/", person_views.check, name="check"),
    path("<str:token>/klaar/", person_views.finish, name="finish"),
    path("<str:token>/taal/", person_views.language, name="language"),
    path("<str:token>/coach/", person_views.hand_back, name="hand_back"),
]
practice = [
    path("instructie/", practising_views.instruct, name="instruction"),
    path("oefenen/", practising_views.practise, name="practise"),
    path("oefenen/vragen/", practising_views.question, name="practise_question"),
    path("oefenen/nakijken/", practising_views.check, name="practise_check"),
]
urlpatterns = [
    path("vragenlijst/", include(sittings)),
    path("vragenlijsten/", include(practice)),
    path("vragenlijsten/", include("trede.questionnaires.library.urls")),
]
