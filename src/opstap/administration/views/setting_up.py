"""Setting up an empty installation on screen, by whoever has the one-time code from the terminal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from opstap.administration.forms import SetUpForm
from opstap.administration.operations import AlreadySetUp, NewInstallation, set_up_installation
from opstap.audit.permissions import whoever_sets_up
from opstap.foundation import dates
from opstap.ladder.selectors.scales import scales_on
from opstap.municipality.selectors import is_set_up, setup_code_waits

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The municipality and its first administrator; only while there is nothing at all."""
    if is_set_up():
        return redirect("home")
    language = get_language() or "nl"
    scales = [(scale.key, scale.name(language)) for scale in scales_on(dates.today())]
    form = SetUpForm(
        request.POST if request.method == "POST" else None,
        initial={"default_scale": "vng", "environment": "production"},
        scales=scales,
        now=dates.now(),
    )
    if request.method == "POST" and form.is_valid():
        return _done(request, form)
    context = {"form": form, "code_waits": setup_code_waits(dates.now())}
    return render(request, "administration/set_up.html", context, status=400 if form.errors else 200)


def _done(request: HttpRequest, form: SetUpForm) -> HttpResponse:
    given = form.cleaned_data
    new = NewInstallation(
        municipality=given["name"].strip(),
        administrator=given["administrator"],
        sign_in_name=given["sign_in_name"].strip(),
        password=given["password"],
        cbs_code=given["cbs_code"],
        default_scale=given["default_scale"],
        environment=given["environment"],
    )
    try:
        user = set_up_installation(by=whoever_sets_up(), new=new, since=dates.today())
    except AlreadySetUp:
        return redirect("home")
    login(request, user, backend=BACKEND)
    messages.success(request, _("%(name)s is set up. Make teams and users now.") % {"name": new.municipality})
    return redirect("administration:index")
