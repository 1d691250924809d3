"""Addresses of the accounts room."""

from django.urls import path

from opstap.accounts.views import own, signing, teams, user, users

app_name = "accounts"
urlpatterns = [
    path("aanmelden/", signing.sign_in, name="sign-in"),
    path("afmelden/", signing.sign_out, name="sign-out"),
    path("mijn/account/", own.account, name="own-account"),
    path("mijn/sessie/", own.time_left, name="time-left"),
    path("mijn/wachtwoord/", signing.own_password, name="own-password"),
    path("beheer/gebruikers/", users.users, name="users"),
    path("beheer/gebruikers/nieuw/", users.new_user, name="new-user"),
    path("beheer/gebruikers/<slug:reference>/", user.user, name="user"),
    path("beheer/rollen/", users.roles, name="roles"),
    path("beheer/teams/", teams.teams, name="teams"),
    path("beheer/teams/<slug:reference>/", teams.team, name="team"),
]
