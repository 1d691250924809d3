"""Addresses of the administration room."""

from django.urls import path

from opstap.administration.views import index, municipality, parts, setting_up, settings

app_name = "administration"
urlpatterns = [
    path("inrichten/", setting_up.set_up, name="set-up"),
    path("beheer/", index.index, name="index"),
    path("beheer/gemeente/", municipality.municipality, name="municipality"),
    path("beheer/instellingen/", settings.settings, name="settings"),
    path("beheer/instellingen/<slug:key>/", settings.setting, name="setting"),
    path("beheer/onderdelen/", parts.parts, name="parts"),
]
