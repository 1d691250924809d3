"""Addresses of the clients room: what an administrator sets up. The pages of clients are `dossier`'s."""

from django.urls import path

from opstap.clients import views

app_name = "clients"
urlpatterns = [
    path("beheer/programmas/", views.programmes, name="programmes"),
    path("beheer/programmas/<slug:reference>/", views.programme, name="programme"),
]
