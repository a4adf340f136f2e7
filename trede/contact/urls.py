from django.urls import path

from trede.contact import by_link_views, calendar_views, letter_text_views, views

app_name = "contact"
urlpatterns = [
    path("persoon/<int:person_id>/", views.of_person, name="of_person"),
    path("persoon/<int:person_id>/noteren/", views.record, name="record"),
    path("persoon/<int:person_id>/afspraak/", views.plan, name="plan"),
    path("moment/<int:moment_id>/terugdraaien/", views.undo, name="undo"),
    path("afspraak/<int:appointment_id>/", views.step, name="step"),
    path("afspraak/<int:appointment_id>/verzetten/", views.move, name="move"),
    path("afspraak/<int:appointment_id>/tolk/", views.interpreter, name="interpreter"),
    path("afspraak/<int:appointment_id>/reeks-eraf/", views.call_off, name="call_off"),
    path("agenda/", calendar_views.own, name="own_calendar"),
    path("agenda/adres/", calendar_views.renew, name="renew_calendar"),
    path("agenda/geen-adres/", calendar_views.end, name="end_calendar"),
    path("agenda/<str:token>.ics", calendar_views.feed, name="calendar"),
    path("mijn-afspraak/<str:token>/", by_link_views.own, name="own_appointments"),
    path(
        "mijn-afspraak/<str:token>/<int:appointment_id>/andere-tijd/",
        by_link_views.move,
        name="own_move",
    ),
    path(
        "mijn-afspraak/<str:token>/<int:appointment_id>/afzeggen/",
        by_link_views.cancel,
        name="own_cancel",
    ),
    path("brief/<int:letter_id>/", views.letter, name="letter"),
    path("brieftekst/", letter_text_views.letter_texts, name="letter_texts"),
    path(
        "brieftekst/<int:pilot_id>/<slug:letter>/<slug:language>/",
        letter_text_views.letter_text,
        name="letter_text",
    ),
    path(
        "brieftekst/<int:pilot_id>/<slug:letter>/<slug:language>/van-trede/",
        letter_text_views.letter_text_shipped,
        name="letter_text_shipped",
    ),
]
