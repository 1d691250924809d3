"""Addresses of the dossier room."""

from django.urls import path

from opstap.dossier.views import caseload, client

app_name = "dossier"
urlpatterns = [
    path("", caseload.caseload_page, name="caseload"),
    path("bestand/<slug:file_format>/", caseload.caseload_export, name="caseload-file"),
    path("<slug:reference>/", client.client, name="client"),
]
