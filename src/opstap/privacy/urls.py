"""Addresses of the privacy room."""

from django.urls import path

from opstap.privacy.views import (
    accesses,
    correcting,
    destruction,
    giving,
    glass,
    holding,
    judging,
    processing,
    requests,
    retention,
    reviewing,
)

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
        path("verbeteren/<slug:reference>/<slug:slug>/<slug:fact>/", correcting.ask, name="correct"),
        path("beslissen/<slug:reference>/<slug:asked>/", correcting.decide, name="decide"),
    ],
    "rights",
)

# How long dossiers are kept, and erasing them, as above.
retention_patterns = (
    [
        path("", retention.retention, name="terms"),
        path("bestand/<slug:file_format>/", retention.due_file, name="due-file"),
        path("termijn/<slug:outcome>/", retention.term, name="term"),
        path("tegenhouden/<slug:reference>/", holding.hold, name="hold"),
        path("voorstel/", retention.propose, name="propose"),
        path("lijst/<slug:reference>/", destruction.destruction, name="list"),
        path("lijst/<slug:reference>/verklaring.pdf", destruction.certificate, name="certificate"),
    ],
    "retention",
)
