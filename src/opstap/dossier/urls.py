"""Addresses of the dossier room."""

from django.urls import path

from opstap.dossier.views import client

app_name = "dossier"
urlpatterns = [
    path("<slug:reference>/", client.client, name="client"),
]
