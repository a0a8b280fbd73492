"""How another site shows a guide on a page of its own: the element, and links to the form."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.html import format_html

from diagnostics.addresses import absolute_url
from diagnostics.web.public_view import public_view
from rules.publication.timeline import open_versions
from rules.publication.versions import compiled_version

SNIPPET = """\
<script src="{}" defer></script>
<pix-diagnostic guide="{}">
  <a href="{}">{}</a>
</pix-diagnostic>"""


@csp_update({"frame-src": ["'self'"]})  # the example on the page
@public_view("GET", "HEAD")
def integration(request: HttpRequest) -> HttpResponse:
    site = absolute_url(request, "/").rstrip("/")
    guides = [compiled_version(version).guide for version in open_versions()]
    script = f"{site}{static('diagnostics/integration.js')}"
    rows = []
    for guide in guides:
        form = f"{site}/{guide.slug}/"
        # The snippet is plain text here: the template escapes it once more, for people to copy.
        rows.append((guide, form, str(format_html(SNIPPET, script, guide.slug, form, guide.title))))
    return render(request, "diagnostics/integration.html", {"guides": rows})
