"""How another site shows a guide on a page of its own: the element, and links to the form."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.html import format_html

from diagnostics.addresses import absolute_url
from diagnostics.web.public_view import public_view
from rules.engine.content import GuideContent
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
    rows = [(guide, f"{site}/{guide.slug}/", _snippet_to_copy(site, guide)) for guide in guides]
    return render(request, "diagnostics/integration.html", {"guides": rows})


def _snippet_to_copy(site: str, guide: GuideContent) -> str:
    """Returns HTML as plain text: the template escapes it once more, for people to copy."""
    script = f"{site}{static('diagnostics/integration.js')}"
    return str(format_html(SNIPPET, script, guide.slug, f"{site}/{guide.slug}/", guide.title))
