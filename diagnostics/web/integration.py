"""The page that explains how another site embeds the form of a guide, or links to it."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.html import format_html

from diagnostics.addresses import absolute_url
from diagnostics.errors import UNREADABLE_GUIDE
from diagnostics.web.public_view import public_view
from rules.publication.timeline import open_versions
from rules.publication.versions import VersionAlteredError, compiled_version

SNIPPET = """\
<script src="{}" defer></script>
<pix-diagnostic guide="{}">
  <a href="{}">{}</a>
</pix-diagnostic>"""


@csp_update({"frame-src": ["'self'"]})  # for the example, a form in a frame
@public_view("GET", "HEAD")
def integration(request: HttpRequest) -> HttpResponse:
    site = absolute_url(request, "/").rstrip("/")
    guides, unreadable = [], []
    for version in open_versions():
        try:
            guides.append((version.guide.slug, compiled_version(version).guide))
        except VersionAlteredError:
            unreadable.append(version)
    script = f"{site}{static('diagnostics/integration.js')}"
    rows = []
    for slug, guide in guides:
        form = f"{site}/{slug}/"
        # `str` makes the template escape the snippet, so that people see and copy its tags.
        rows.append((slug, guide, form, str(format_html(SNIPPET, script, slug, form, guide.title))))
    page = {"guides": rows, "unreadable": unreadable, "unreadable_sentence": UNREADABLE_GUIDE}
    return render(request, "diagnostics/integration.html", page)
