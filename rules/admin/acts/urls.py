"""The addresses of the pages of acts, which `rules.admin.guide.urls` contains."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
