"""Pages that belong to no room: the front door and the form that has expired."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from opstap.config.navigation import items_of
from opstap.municipality.selectors import is_set_up


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the first page of the menu that this person may see."""
    if not request.user.is_authenticated:
        return redirect("accounts:sign-in" if is_set_up() else "administration:set-up")
    for name, _label in items_of(request):
        return redirect(name)
    return render(request, "403.html", status=403)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere: nothing was saved."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
