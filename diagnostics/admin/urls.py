"""The addresses of the pages of tries and replays, besides those of the diagnostics of visitors."""

from django.urls import path

from diagnostics.admin.examples_from_tries import example_page
from diagnostics.admin.replays import replay_page
from diagnostics.admin.tries import try_page, try_version_page

urlpatterns = [
    path("replay/<int:pk>/", replay_page, name="diagnostics_session_replay"),
    path("try/<int:pk>/", try_page, name="diagnostics_session_try"),
    path("try/<int:pk>/<int:number>/", try_version_page, name="diagnostics_session_try_version"),
    path("try/<int:pk>/example/", example_page, name="diagnostics_session_example"),
]
