"""Addresses of the accounts room."""

from django.urls import path

from opstap.accounts.views import (
    authorisations,
    group_roles,
    links,
    organisation,
    own,
    own_factors,
    own_roles,
    second_step,
    signing,
    teams,
    towns,
    user,
    users,
)

app_name = "accounts"
urlpatterns = [
    path("aanmelden/", signing.sign_in, name="sign-in"),
    path("aanmelden/tweede-stap/", second_step.second_step, name="second-step"),
    path("aanmelden/vergeten/", links.forgotten, name="forgotten"),
    path("aanmelden/wachtwoord/", links.choose_password, name="choose-password"),
    path("aanmelden/link/<slug:kind>/<slug:reference>/<slug:token>/", links.link, name="link"),
    path("aanmelden/sleutel/", second_step.passkey_sign_in, name="passkey-sign-in"),
    path("aanmelden/sleutel/vraag/", second_step.passkey_options, name="passkey-options"),
    path("aanmelden/organisatie/", organisation.organisation, name="organisation"),
    path("aanmelden/organisatie/terug/", organisation.organisation_return, name="organisation-return"),
    path("afmelden/", signing.sign_out, name="sign-out"),
    path("mijn/account/", own.account, name="own-account"),
    path("mijn/gemeente/", towns.choose, name="choose-municipality"),
    path("mijn/sessie/", own.time_left, name="time-left"),
    path("mijn/tweede-stap/", own_factors.own_factors, name="own-factors"),
    path("mijn/tweede-stap/app/", own_factors.add_own_app, name="add-app"),
    path("mijn/tweede-stap/sleutel/", own_factors.add_own_passkey, name="add-passkey"),
    path("mijn/tweede-stap/herstelcodes/", own_factors.recovery_codes, name="recovery-codes"),
    path("mijn/wachtwoord/", signing.own_password, name="own-password"),
    path("beheer/gebruikers/", users.users, name="users"),
    path("beheer/gebruikers/nieuw/", users.new_user, name="new-user"),
    path("beheer/gebruikers/andere-gemeente/", towns.from_elsewhere, name="let-in"),
    path("beheer/gebruikers/<slug:reference>/", user.user, name="user"),
    path("autorisaties/", authorisations.authorisations, name="authorisations"),
    path("autorisaties/bestand/<slug:file_format>/", authorisations.authorisations_as_file, name="authorisations-file"),
    path("beheer/aanmelden/", group_roles.group_roles, name="group-roles"),
    path("beheer/rollen/", users.roles, name="roles"),
    path("beheer/rollen/nieuw/", own_roles.new_role, name="new-role"),
    path("beheer/rollen/<slug:reference>/", own_roles.own_role, name="own-role"),
    path("beheer/teams/", teams.teams, name="teams"),
    path("beheer/teams/<slug:reference>/", teams.team, name="team"),
]
