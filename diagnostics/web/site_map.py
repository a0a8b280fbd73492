"""The *Plan du site*: links to every page for visitors that has an address of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from diagnostics.web.offline import file_kilobytes
from diagnostics.web.public_view import public_view
from rules.publication.timeline import live_versions


@public_view("GET", "HEAD")
def site_map(request: HttpRequest) -> HttpResponse:
    guides = [
        (version, None if version.guide.closed else file_kilobytes(version))
        for version in live_versions()
    ]
    return render(request, "diagnostics/site_map.html", {"guides": guides})
