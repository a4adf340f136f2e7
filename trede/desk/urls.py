from django.urls import path

from trede.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("deelnemers/", views.people, name="people"),
    path("deelnemers/<int:person_id>/", views.person, name="person"),
    path("deelnemers/kandidaat/<int:candidate_id>/gebeld/", views.tap, name="tap"),
    path("zoeken/", views.search, name="search"),
]
