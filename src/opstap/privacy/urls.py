"""Addresses of the privacy room."""

from django.urls import path

from opstap.privacy.views import accesses, giving, glass, judging, processing, requests, reviewing

app_name = "privacy"
urlpatterns = [
    path("", accesses.accesses, name="accesses"),
    path("bestand/<slug:file_format>/", accesses.accesses_file, name="accesses-file"),
    path("noodtoegang/", glass.glass_list, name="glass"),
    path("opvallend/", reviewing.unusual_looks, name="unusual"),
    path("steekproef/", reviewing.sample, name="sample"),
    path("verwerkingen/", processing.processing, name="processing"),
    path("regel/<slug:record>/", judging.record, name="record"),
]

# What clients ask about their own data, included by `config.urls` under a name of its own.
rights_patterns = (
    [
        path("", requests.requests, name="requests"),
        path("nieuw/<slug:reference>/", requests.new_request, name="new"),
        path("dossier/<slug:reference>/document/", giving.dossier_document, name="document"),
        path("dossier/<slug:reference>/gegevens/", giving.dossier_as_json, name="data"),
        path("<slug:reference>/", requests.one_request, name="request"),
    ],
    "rights",
)
