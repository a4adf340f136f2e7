from django.urls import URLPattern

app_name = "inflow"
urlpatterns: list[URLPattern] = []
