"""The addresses of the pages of acts, which `rules.admin.guide.urls` contains."""

from django.urls import path

from rules.admin.acts.advice_pages import advise_page, withdraw_page
from rules.admin.acts.arrow_pages import insert_page, lead_page
from rules.admin.acts.choice_pages import choices_page
from rules.admin.acts.entrance_pages import enter_page
from rules.admin.acts.example_pages import (
    answer_page,
    expect_page,
    missing_examples_page,
    unasked_page,
)
from rules.admin.acts.mend_pages import mend_page
from rules.admin.acts.order_pages import place_question_page, place_rule_page
from rules.admin.acts.removal_pages import remove_choice_page

urlpatterns = [
    path("<int:pk>/acts/advise/", advise_page, name="rules_guide_advise"),
    path("<int:pk>/acts/choices/", choices_page, name="rules_guide_choices"),
    path("<int:pk>/acts/answer/", answer_page, name="rules_guide_answer"),
    path("<int:pk>/acts/enter/", enter_page, name="rules_guide_enter"),
    path("<int:pk>/acts/expect/", expect_page, name="rules_guide_expect"),
    path("<int:pk>/acts/mend/", mend_page, name="rules_guide_mend"),
    path(
        "<int:pk>/acts/missing-examples/",
        missing_examples_page,
        name="rules_guide_missing_examples",
    ),
    path("<int:pk>/acts/unasked/", unasked_page, name="rules_guide_unasked"),
    path("<int:pk>/acts/insert/", insert_page, name="rules_guide_insert"),
    path("<int:pk>/acts/lead/", lead_page, name="rules_guide_lead"),
    path("<int:pk>/acts/place-question/", place_question_page, name="rules_guide_place_question"),
    path("<int:pk>/acts/place-rule/", place_rule_page, name="rules_guide_place_rule"),
    path("<int:pk>/acts/withdraw/", withdraw_page, name="rules_guide_withdraw"),
    path("<int:pk>/acts/remove-choice/", remove_choice_page, name="rules_guide_remove_choice"),
]
