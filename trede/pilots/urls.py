from django.urls import path

from trede.pilots import views

app_name = "pilots"
urlpatterns = [
    path("", views.pilots, name="pilots"),
    path("<int:pilot_id>/", views.rules, name="rules"),
    path("<int:pilot_id>/bestand/", views.file, name="file"),
]
