"""The addresses of the pages about one guide, below the list of guides."""

from django.urls import path

from rules.admin.guide.compare_page import compare_page
from rules.admin.guide.proof_page import proof_page

urlpatterns = [
    path("<int:pk>/compare/", compare_page, name="rules_guide_compare"),
    path("<int:pk>/proof/", proof_page, name="rules_guide_proof"),
]
