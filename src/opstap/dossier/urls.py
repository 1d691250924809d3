"""Addresses of the dossier room."""

from django.urls import path

from opstap.dossier.views import caseload, client, own, searching, teams, together

app_name = "dossier"
urlpatterns = [
    path("", caseload.caseload_page, name="caseload"),
    path("samen/", together.together, name="together"),
    path("lijsten/bewaren/", own.keep, name="list-keep"),
    path("lijsten/<slug:reference>/weg/", own.remove, name="list-remove"),
    path("<slug:reference>/eigen/", own.mark, name="mark"),
    path("bestand/<slug:file_format>/", caseload.caseload_export, name="caseload-file"),
    path("<slug:reference>/", client.client, name="client"),
]

# What stands in the menu beside the caseload, included by `config.urls` under a name of its own.
desk_patterns = (
    [
        path("team/", teams.team, name="team"),
        path("team/toewijzen/", teams.assign, name="assign"),
        path("gedaan/<slug:reference>/", together.done, name="done"),
        path("gedaan/<slug:reference>/terug/", together.take_back, name="take-back"),
        path("zoeken/", searching.search, name="search"),
        path("zoeken/<slug:reference>/", searching.found, name="found"),
    ],
    "desk",
)
