"""Every address of the site.

Guides have addresses of their own, `/{slug}/`: `rules.document.limits` lists the slugs that no guide
may have because other addresses begin with them.
"""

from django.contrib import admin
from django.urls import include, path, re_path

from diagnostics.api.views import UnknownView
from diagnostics.probes import PROBES

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("diagnostics.api.urls")),
    re_path(r"^api/", UnknownView.as_view()),
    *(path(address.removeprefix("/"), probe) for address, probe in PROBES.items()),
    path("", include("diagnostics.web.urls")),
]

handler400 = "diagnostics.errors.bad_request"
handler403 = "diagnostics.errors.permission_denied"
handler404 = "diagnostics.errors.page_not_found"
handler500 = "diagnostics.errors.server_error"
