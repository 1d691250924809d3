"""The addresses of Opstap with one more: a signed-in page that holds nothing but shell and navigation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from opstap.accounts.permissions import requires
from opstap.config.urls import urlpatterns as all_patterns


@requires("see_scales")
def empty(request: HttpRequest) -> HttpResponse:
    """The shell."""
    return render(request, "ui/base.html")


urlpatterns = [*all_patterns, path("leeg/", empty)]
