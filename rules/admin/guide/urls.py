"""The addresses of the pages about guides that are functions.

Django's admin has addresses of its own for the pages of each row. The other addresses stand in the
`get_urls` of classes: *restore* and *cancel* in `VersionAdmin`, *move* and *duplicate* in
`OrderedPartAdmin`, *preview* in `PreviewAdmin`.
"""

from django.urls import path

from rules.admin.acts.urls import urlpatterns as act_urlpatterns
from rules.admin.guide.compare_page import compare_page
from rules.admin.guide.duplicates import duplicate_page, reset_page
from rules.admin.guide.import_export import export_page, import_page
from rules.admin.guide.picture_page import picture_page
from rules.admin.guide.proof_page import proof_page
from rules.admin.guide.reading_page import reading_page
from rules.admin.guide.revert_page import revert_page
from rules.admin.guide.search_page import search_page
from rules.admin.guide.settings_page import settings_page
from rules.admin.guide.shipped_texts_page import shipped_texts_page
from rules.admin.guide.undo_page import undo_page
from rules.admin.publishing.approve_page import approve_page
from rules.admin.publishing.publish_page import publish_page

urlpatterns = [
    path("<int:pk>/approve/", approve_page, name="rules_guide_approve"),
    path("<int:pk>/compare/", compare_page, name="rules_guide_compare"),
    path("<int:pk>/duplicate/", duplicate_page, name="rules_guide_duplicate"),
    path("<int:pk>/export/", export_page, name="rules_guide_export"),
    path("<int:pk>/graph/", picture_page, name="rules_guide_graph"),
    path("<int:pk>/new-texts/", shipped_texts_page, name="rules_guide_new_texts"),
    path("<int:pk>/proof/", proof_page, name="rules_guide_proof"),
    path("<int:pk>/publish/", publish_page, name="rules_guide_publish"),
    path("<int:pk>/read/", reading_page, name="rules_guide_read"),
    path("<int:pk>/reset/", reset_page, name="rules_guide_reset"),
    path("<int:pk>/revert/", revert_page, name="rules_guide_revert"),
    path("<int:pk>/search/", search_page, name="rules_guide_search"),
    path("<int:pk>/settings/", settings_page, name="rules_guide_settings"),
    path("<int:pk>/undo/", undo_page, name="rules_guide_undo"),
    path("import/", import_page, name="rules_guide_import"),
    *act_urlpatterns,
]
