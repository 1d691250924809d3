"""Addresses of the administration room."""

from django.urls import path

from opstap.administration.views import codelists, index, jobs, mail, municipality, parts, setting_up, settings, traits

app_name = "administration"
urlpatterns = [
    path("inrichten/", setting_up.set_up, name="set-up"),
    path("beheer/", index.index, name="index"),
    path("beheer/gemeente/", municipality.municipality, name="municipality"),
    path("beheer/instellingen/", settings.settings, name="settings"),
    path("beheer/instellingen/<slug:key>/", settings.setting, name="setting"),
    path("beheer/codelijsten/", codelists.code_lists, name="code-lists"),
    path("beheer/codelijsten/<slug:key>/", codelists.code_list, name="code-list"),
    path("beheer/codelijsten/<slug:key>/<slug:code>/", codelists.code, name="code"),
    path("beheer/onderdelen/", parts.parts, name="parts"),
    path("beheer/taken/", jobs.jobs, name="jobs"),
    path("beheer/mail/", mail.mail, name="mail"),
    path("beheer/kenmerken/", traits.traits, name="traits"),
    path("beheer/kenmerken/nieuw/", traits.new_trait, name="new-trait"),
    path("beheer/kenmerken/<slug:reference>/", traits.trait, name="trait"),
]
