"""Addresses of the privacy room."""

from django.urls import path

from opstap.privacy.views import accesses, judging, reviewing

app_name = "privacy"
urlpatterns = [
    path("", accesses.accesses, name="accesses"),
    path("bestand/<slug:file_format>/", accesses.accesses_file, name="accesses-file"),
    path("opvallend/", reviewing.unusual_looks, name="unusual"),
    path("steekproef/", reviewing.sample, name="sample"),
    path("regel/<slug:record>/", judging.record, name="record"),
]
