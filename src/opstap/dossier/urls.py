"""Addresses of the dossier room."""

from django.urls import path

from opstap.dossier.views import (
    beside,
    caseload,
    client,
    handing,
    household,
    inbox,
    intake,
    leaving,
    merging,
    outside,
    own,
    parts,
    person,
    putting_right,
    searching,
    standing_in,
    teams,
    together,
)

app_name = "dossier"
urlpatterns = [
    path("", caseload.caseload_page, name="caseload"),
    path("samen/", together.together, name="together"),
    path("lijsten/bewaren/", own.keep, name="list-keep"),
    path("lijsten/<slug:reference>/weg/", own.remove, name="list-remove"),
    path("<slug:reference>/eigen/", own.mark, name="mark"),
    path("bestand/<slug:file_format>/", caseload.caseload_export, name="caseload-file"),
    path("nieuw/", intake.intake, name="new"),
    path("<slug:reference>/", client.client, name="client"),
    path("<slug:reference>/persoon/", person.person, name="person"),
    path("<slug:reference>/persoon/nummer-tonen/", person.bsn, name="bsn"),
    path("<slug:reference>/persoon/verbeteren/", person.correct, name="correct-person"),
    path("<slug:reference>/huishouden/", household.household, name="household"),
    path("<slug:reference>/huishouden/beeindigen/", household.end, name="end-household"),
    path("<slug:reference>/sluiten/", leaving.close, name="close"),
    path("<slug:reference>/verhuisd/", leaving.moved, name="moved"),
    path("<slug:reference>/overleden/", leaving.died, name="died"),
    path("<slug:reference>/samenvoegen/", merging.merge, name="merge"),
    path("<slug:reference>/samenvoegen/<slug:other>/ongedaan/", merging.undo, name="undo-merge"),
    path("<slug:reference>/onderdeel/<slug:slug>/", parts.part, name="part"),
    path("<slug:reference>/onderdeel/<slug:slug>/nieuw/", parts.add, name="add"),
    path("<slug:reference>/onderdeel/<slug:slug>/<slug:fact>/verbeteren/", putting_right.correct, name="correct"),
    path("<slug:reference>/onderdeel/<slug:slug>/<slug:fact>/beeindigen/", putting_right.end, name="end"),
    path("<slug:reference>/onderdeel/<slug:slug>/<slug:fact>/intrekken/", putting_right.withdraw, name="withdraw"),
]

# What stands in the menu beside the caseload, included by `config.urls` under a name of its own.
desk_patterns = (
    [
        path("meldingen/", inbox.inbox, name="inbox"),
        path("overdracht/", handing.handing, name="handing"),
        path("overdracht/nieuw/", handing.hand_over, name="hand-over"),
        path("overdracht/<slug:batch>/", handing.handover, name="handover"),
        path("vervanging/nieuw/", standing_in.new_stand_in, name="new-stand-in"),
        path("vervanging/<slug:reference>/", standing_in.stand_in, name="stand-in"),
        path("team/", teams.team, name="team"),
        path("team/toewijzen/", teams.assign, name="assign"),
        path("team/meebegeleiden/", beside.beside, name="beside"),
        path("gedaan/<slug:reference>/", together.done, name="done"),
        path("gedaan/<slug:reference>/terug/", together.take_back, name="take-back"),
        path("zoeken/buiten/", outside.outside, name="outside"),
        path("zoeken/buiten/<slug:reference>/", outside.answer, name="outside-answer"),
        path("terugbellen/<slug:reference>/", outside.call_back, name="call-back"),
        path("zoeken/", searching.search, name="search"),
        path("zoeken/<slug:reference>/", searching.found, name="found"),
    ],
    "desk",
)
