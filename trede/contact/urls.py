from django.urls import path

from trede.contact import views

app_name = "contact"
urlpatterns = [
    path("persoon/<int:person_id>/", views.of_person, name="of_person"),
    path("persoon/<int:person_id>/noteren/", views.record, name="record"),
    path("persoon/<int:person_id>/afspraak/", views.plan, name="plan"),
    path("moment/<int:moment_id>/terugdraaien/", views.undo, name="undo"),
    path("afspraak/<int:appointment_id>/", views.step, name="step"),
    path("afspraak/<int:appointment_id>/verzetten/", views.move, name="move"),
    path("brief/<int:letter_id>/", views.letter, name="letter"),
]
