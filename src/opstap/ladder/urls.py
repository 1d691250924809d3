"""Addresses of the ladder room."""

from django.urls import path

from opstap.ladder import views

app_name = "ladder"
urlpatterns = [
    path("", views.scales, name="scales"),
    path("<slug:key>/", views.scale, name="scale"),
]
