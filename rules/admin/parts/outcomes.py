"""The page of an outcome, which is advice or a conclusion, and the list of outcomes."""

from django import forms
from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from rules.admin.acts.entrance_pages import Entrance, outcome_entrance
from rules.admin.acts.removal_forms import OutcomeRemovalForm
from rules.admin.form_fields import RadioButtons
from rules.admin.parts.part_admin import PartAdmin, PartForm
from rules.admin.parts.part_place import PartPlaces
from rules.admin.preview import PreviewAdmin
from rules.document.link_addresses import link_refusal
from rules.engine.content import GuideContent
from rules.models import Outcome
from rules.parcours.anchors import outcome_anchor
from rules.sentences import quote_text, shorten_title


class OutcomeForm(PartForm[Outcome]):
    final = forms.TypedChoiceField(
        label="Nature",
        choices=[
            ("True", "Conclusion\u00a0: termine le diagnostic"),
            ("False", "Conseil\u00a0: donné en chemin, le diagnostic continue"),
        ],
        coerce=lambda value: str(value) == "True",
        widget=RadioButtons,
        initial="True",
    )

    def clean_link_url(self) -> str:
        url = str(self.cleaned_data["link_url"])
        if url and (refusal := link_refusal(url)):
            raise forms.ValidationError(capfirst(refusal))
        return url

    def clean(self) -> None:
        super().clean()
        label, url = self.cleaned_data.get("link_label"), self.cleaned_data.get("link_url")
        if label and url == "":
            self.add_error("link_url", "Donnez aussi l’adresse du lien.")
        if url and label == "":
            self.add_error("link_label", "Donnez aussi le texte du lien.")


@admin.register(Outcome)
class OutcomeAdmin(PreviewAdmin[Outcome], PartAdmin[Outcome]):
    form = OutcomeForm
    previewed_fields = ("body", "for_pupil")
    fieldsets = [
        (None, {"fields": ["title", "final", "tone", "body", "preview"]}),
        ("Pour l’élève", {"fields": ["for_pupil", "pupil_preview"]}),
        ("Lien", {"fields": ["link_label", "link_url"]}),
    ]
    readonly_fields = ["key", "preview", "pupil_preview"]
    list_display = ["title", "nature", "tone"]
    list_title = "Conseils et conclusions"
    new_title = "Nouveau conseil ou nouvelle conclusion"
    another = "un autre conseil ou une autre conclusion"
    gone_sentence = "Ce conseil ou cette conclusion n’existe plus"
    removal_form = OutcomeRemovalForm
    list_anchor = "outcome"

    def row_anchor(self, row: Outcome) -> str:
        return outcome_anchor(row.key)

    def part_key(self, row: Outcome, draft: GuideContent) -> str:
        if row.key not in draft.outcome:
            raise Outcome.DoesNotExist
        return row.key

    def find_entrance(self, row: Outcome, draft: GuideContent) -> Entrance | None:
        is_given = row.key not in draft.outcome or draft.rules_giving.get(row.key)
        return None if is_given or not row.final else outcome_entrance(row.guide, row.key)

    def deleted_name(self, row: Outcome, draft: GuideContent) -> str:
        return f"{self.nature(row)} {quote_text(shorten_title(row.title))}"

    def draft_context(self, row: Outcome, draft: GuideContent) -> dict[str, object]:
        key = self.part_key(row, draft)
        return {"place": PartPlaces(row.guide, draft).find_outcome(key)}

    @admin.display(description="aperçu pour l’élève")
    def pupil_preview(self, outcome: Outcome) -> SafeString:
        return self.preview_field(outcome, "for_pupil")

    @admin.display(description="nature", ordering="final")
    def nature(self, outcome: Outcome) -> str:
        return "conclusion" if outcome.final else "conseil"
