"""Addresses of the exchange room."""

from django.urls import path

from opstap.exchange.views import checking, ending, starting

app_name = "exchange"
urlpatterns = [
    path("", starting.imports, name="imports"),
    path("<slug:reference>/kolommen/", checking.columns, name="columns"),
    path("<slug:reference>/controle/", checking.check, name="check"),
    path("<slug:reference>/cel/", checking.cell, name="cell"),
    path("<slug:reference>/rijen/", checking.rows, name="rows"),
    path("<slug:reference>/geweigerd/<slug:file_format>/", ending.refused_rows, name="refused-rows"),
    path("<slug:reference>/bevestigen/", ending.confirm, name="confirm"),
    path("<slug:reference>/", ending.done, name="done"),
    path("<slug:reference>/weggooien/", ending.discard, name="discard"),
    path("<slug:reference>/terugdraaien/", ending.undo, name="undo"),
]
