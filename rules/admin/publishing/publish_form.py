"""The form of *Publier*: a note, a date and a reason."""

from datetime import datetime
from typing import TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.http import QueryDict
from django.utils import timezone

from rules.admin.form_fields import RadioButtons, SentenceField
from rules.admin.publishing.overtaking_form import OvertakingForm
from rules.publication.review import PublicationReview

NOW, LATER = "now", "later"
DATE_WITHOUT_LATER = (
    "Vous avez choisi «\u00a0Maintenant\u00a0» et écrit une date ou une heure. Choisissez «\u00a0À une date "
    "et une heure\u00a0», ou videz-les."
)


class PublicationOptions(TypedDict):
    """The arguments of `guide_publish` and `publication_request_create` that a person chooses."""

    note: str
    reason: str
    publish_at: datetime | None


class PublishForm(OvertakingForm):
    """The form has the field `reason` only if a proof that it shows has warnings.

    It must be filled in if the proof of the draft has them, or that of a version that is rescheduled.
    """

    note = SentenceField(
        label="Note",
        required=False,
        help_text="Ce qui change, pour s’y retrouver dans la liste des versions. Facultative.",
    )
    when = forms.ChoiceField(
        label="Quand",
        choices=[(NOW, "Maintenant"), (LATER, "À une date et une heure")],
        initial=NOW,
        widget=RadioButtons,
        error_messages={"required": "Choisissez quand publier."},
    )
    date = forms.DateField(
        label="Date",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrivez une date comme 03/12/2026."},
    )
    time = forms.TimeField(
        label="Heure",
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Écrivez une heure comme 08:30."},
    )
    reason = SentenceField(
        label="Motif",
        help_text="Pourquoi publier malgré cela. Il est gardé avec la version.",
        error_messages={"required": "Dites pourquoi le guide peut être publié malgré cela."},
    )

    def __init__(self, posted: QueryDict | None, *, review: PublicationReview) -> None:
        overtaken = [] if review.check.problems else review.find_overtaken_versions(None)
        super().__init__(posted, overtaken=overtaken)
        self.review = review
        self.fields["reason"].required = review.check.needs_reason
        if not review.check.needs_reason and not any(each.needs_reason for each in self.overtaken):
            del self.fields["reason"]

    def clean(self) -> None:
        when = self.cleaned_data.get("when")
        if when == LATER:
            self._clean_date()
        elif when == NOW and any(self[field].value() for field in ("date", "time")):
            self.add_error("when", DATE_WITHOUT_LATER)
        if {"date", "time"} & set(self.errors):
            return
        publish_at = self.cleaned_data.get("publish_at")
        self.clean_overtaken(self.review.find_overtaken_versions(publish_at))
        needs_reason = any(each.needs_reason for each in self.rescheduled_versions)
        if needs_reason and not self.cleaned_data.get("reason") and not self.errors:
            self.add_error("reason", self.fields["reason"].error_messages["required"])

    def _clean_date(self) -> None:
        for field, missing in (("date", "Choisissez une date."), ("time", "Choisissez une heure.")):
            if field not in self.errors and self.cleaned_data.get(field) is None:
                self.add_error(field, missing)
        if {"date", "time"} & set(self.errors):
            return
        day, time = self.cleaned_data["date"], self.cleaned_data["time"]
        try:
            publish_at = from_current_timezone(datetime.combine(day, time))
        except ValidationError:
            self.add_error(
                "time", "On change d’heure à ce moment-là\u00a0: choisissez une autre heure."
            )
            return
        if publish_at <= timezone.now():
            self.add_error("date", "Ce moment est passé\u00a0: choisissez-en un à venir.")
        self.cleaned_data["publish_at"] = publish_at

    @property
    def publication_options(self) -> PublicationOptions:
        return {
            "note": self.cleaned_data["note"],
            "reason": self.cleaned_data.get("reason", ""),
            "publish_at": self.cleaned_data.get("publish_at"),
        }
