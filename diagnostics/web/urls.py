"""The addresses of public pages. Those that begin with a slug are last, since a slug may be any word
except the first segments of the others (`rules.document.limits`).
"""

from django.urls import path

from diagnostics.web import (
    integration,
    legal_page,
    offline,
    poster,
    resume,
    school_class,
    site_map,
    solved,
    views,
    well_known,
)
from rules.legal.legal_texts import LEGAL_PAGE_KEYS

app_name = "web"

urlpatterns = [
    path("", views.guides, name="guides"),
    path("diagnostics/<uuid:session_id>/", views.diagnostic, name="diagnostic"),
    path(
        "diagnostics/<uuid:session_id>/questions/<slug:key>/",
        views.question,
        name="question",
    ),
    path(
        "diagnostics/<uuid:session_id>/autre-eleve/",
        views.another_pupil,
        name="another_pupil",
    ),
    path(
        "diagnostics/<uuid:session_id>/nouvelle-version/",
        views.carry_over,
        name="carry_over",
    ),
    path("integration/", integration.integration, name="integration"),
    *(path(f"{key}/", legal_page.legal, {"key": key}, name="legal") for key in LEGAL_PAGE_KEYS),
    path("diagnostics/<uuid:session_id>/resolu/", solved.solved, name="solved"),
    path("plan-du-site/", site_map.site_map, name="site_map"),
    path("reprendre/", resume.resume, name="resume"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("<slug:slug>/", views.start, name="start"),
    path("<slug:slug>/affiche/", poster.poster, name="poster"),
    path("<slug:slug>/classe/", school_class.school_class, name="school_class"),
    path("<slug:slug>/hors-ligne/", offline.offline, name="offline"),
]
