"""The addresses of the pages of acts, which `rules.admin.guide.urls` contains."""

from django.urls import path

from rules.admin.acts.arrow_pages import insert_page, lead_page
from rules.admin.acts.choice_pages import choices_page

urlpatterns = [
    path("<int:pk>/acts/choices/", choices_page, name="rules_guide_choices"),
    path("<int:pk>/acts/insert/", insert_page, name="rules_guide_insert"),
    path("<int:pk>/acts/lead/", lead_page, name="rules_guide_lead"),
]
