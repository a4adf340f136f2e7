from django.urls import URLPattern, URLResolver, include, path

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
of_staff = [
    path("", views.sitting, name="sitting"),
    path("vooraf/", views.opening, name="opening"),
    path("geven/", views.hand_over, name="hand_over"),
    path("terug/", views.reclaim, name="reclaim"),
    path("achteraf/", views.closing, name="closing"),
    path("beeindigen/", views.end_early, name="end_early"),
    path("overtypen/", typing_views.type_in, name="type_in"),
    path("overtypen/hoe/", typing_views.how, name="type_in_how"),
    path(
        "overtypen/vragen/",
        typing_views.ask,
        name="ask_typist",
    ),
    path(
        "overtypen/inleveren/",
        typing_views.hand_in,
        name="type_in_hand_in",
    ),
    path(
        "overtypen/deel/<slug:section>/",
        typing_views.section,
        name="type_section",
    ),
    path(
        "eigen-telefoon/",
        own_device_views.own_telephone,
        name="own_telephone",
    ),
    path(
        "eigen-telefoon/brief/",
        own_device_views.own_telephone_letter,
        name="own_telephone_letter",
    ),
    path(
        "eigen-telefoon/beeindigen/",
        own_device_views.end_own_telephone,
        name="end_own_telephone",
    ),
    path("papier/", paper_views.on_paper, name="on_paper"),
    path(
        "papier/formulier/",
        paper_views.form,
        name="paper_form",
    ),
]
of_the_person = [
    path("", person_views.start, name="start"),
    path("verder/", person_views.resume, name="resume"),
    path("vraag/<slug:question>/", question_views.question, name="question"),
    path(
        "uitleg/<slug:question>/",
        explaining_views.explained,
        name="explained",
    ),
    path("ingesproken/<slug:question>/", sound_views.spoken, name="spoken"),
    path("gehoord/<slug:question>/", sound_views.heard, name="heard"),
    path("vooruit/", offline_views.ahead, name="ahead"),
    path("nakijken/", person_views.check, name="check"),
    path("klaar/", person_views.finish, name="finish"),
    path("taal/", person_views.language, name="language"),
    path("coach/", person_views.hand_back, name="hand_back"),
]
# An address is looked for from above, and what a person answers is asked for most.
sittings: list[URLPattern | URLResolver] = [
    path("zitting/<int:sitting_id>/", include(of_staff)),
    path("telefoon/<str:token>/", own_device_views.enter_code, name="enter_code"),
    path("geluid/<str:token>/", sound_views.sound, name="sound"),
    path("nasturen/", offline_views.delivered, name="deliver"),
    path("<str:token>/", include(of_the_person)),
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
