"""The addresses of the API, below `/api/v1/`."""

from django.urls import path, register_converter
from django.urls.converters import UUIDConverter

from diagnostics.api import views

app_name = "api"


class AnyCaseUUIDConverter(UUIDConverter):
    """Takes capital letters too: some programs write a UUID so."""

    regex = f"(?i:{UUIDConverter.regex})"


register_converter(AnyCaseUUIDConverter, "any-case-uuid")

urlpatterns = [
    path("guides", views.GuidesView.as_view(), name="guides"),
    path("guides/<slug:slug>", views.GuideView.as_view(), name="guide"),
    path("guides/<slug:slug>/evaluate", views.EvaluateView.as_view(), name="evaluate"),
    path(
        "guides/<slug:slug>/evaluate-batch",
        views.EvaluateBatchView.as_view(),
        name="evaluate_batch",
    ),
    path("sessions", views.SessionsView.as_view(), name="sessions"),
    path("sessions/<any-case-uuid:session_id>", views.SessionView.as_view(), name="session"),
    path(
        "sessions/<any-case-uuid:session_id>/answers/<slug:question>",
        views.AnswerView.as_view(),
        name="answer",
    ),
    path("schema", views.SchemaView.as_view(), name="schema"),
    path("docs", views.DocsView.as_view(), name="docs"),
]
