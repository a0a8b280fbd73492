"""The part of a form that asks what becomes of the scheduled versions that a publication overtakes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from rules.admin.form_fields import RadioButtons
from rules.comparison import compare_guides
from rules.comparison.change_sentences import capitalize_first
from rules.counts import cap_list
from rules.publication.overtaken_versions import OvertakenVersion, versions_to_reschedule

RESCHEDULE, DROP = "reschedule", "drop"
RESCHEDULE_LABEL = (
    "La garder\u00a0: programmée de nouveau pour la même date, avec ce que vous publiez"
)
DROP_LABEL = "L’abandonner\u00a0: la version {} ne sera jamais en ligne"
MAX_SENTENCES = 20
"""How many changes of a version that is rescheduled a page lists."""


@dataclass(frozen=True, slots=True)
class OvertakingQuestion:
    """The question what becomes of one version, as a page shows it."""

    overtaken: OvertakenVersion
    field: BoundField

    @property
    def title(self) -> str:
        return capitalize_first(self.overtaken.name)

    @property
    def is_asked(self) -> bool:
        """False if nothing is left to reschedule."""
        return not self.overtaken.is_contained or bool(self.field.errors)

    @property
    def remaining_changes(self) -> list[str]:
        """The sentences that say what the version still changes at its date if it is rescheduled."""
        if self.overtaken.obstacles or self.overtaken.merge is None:
            return []
        changes = compare_guides(self.overtaken.publication, self.overtaken.merge.content)
        sentences = (sentence.standalone for change in changes for sentence in change.sentences)
        return cap_list(sentences, "changement{s}", str, limit=MAX_SENTENCES)


class OvertakingForm(forms.Form):
    """A form of a publication, with a field for each scheduled version that it overtakes.

    These are the versions that a publication at once overtakes. A form for another date calls
    `clean_overtaken` with those that are overtaken at that date.
    """

    def __init__(
        self, posted: QueryDict | None, *, overtaken: Sequence[OvertakenVersion], **kwargs: Any
    ) -> None:
        super().__init__(posted, **kwargs)
        self.shown, self.overtaken = overtaken, overtaken
        for each in overtaken:
            self.fields[_field_name(each)] = forms.ChoiceField(
                label="Que devient-elle",
                choices=[
                    *([] if each.obstacles else [(RESCHEDULE, RESCHEDULE_LABEL)]),
                    (DROP, DROP_LABEL.format(each.version.number)),
                ],
                initial=None if each.obstacles else RESCHEDULE,
                widget=RadioButtons,
                required=False,
                error_messages={"invalid_choice": "Dites ce que devient cette version."},
            )

    def clean_overtaken(self, overtaken: Sequence[OvertakenVersion]) -> None:
        """Adds an error for each version without a decision, or with one that is not possible."""
        self.overtaken = overtaken
        for each in overtaken:
            is_rescheduled = self.decisions.get(str(each.version.number))
            refusal = each.reason_to_decide_again(is_rescheduled=is_rescheduled)
            if refusal and _field_name(each) not in self.errors:
                self.add_error(_field_name(each), refusal)

    @property
    def questions(self) -> Iterator[OvertakingQuestion]:
        for each in self.shown:
            yield OvertakingQuestion(each, self[_field_name(each)])

    @property
    def decisions(self) -> Mapping[str, bool]:
        """For each overtaken version about which someone has decided, by number, if it is rescheduled."""
        chosen = {
            str(each.version.number): self.cleaned_data.get(_field_name(each))
            for each in self.overtaken
        }
        return {number: decision == RESCHEDULE for number, decision in chosen.items() if decision}

    @property
    def rescheduled_versions(self) -> list[OvertakenVersion]:
        return versions_to_reschedule(self.overtaken, self.decisions)


def _field_name(overtaken: OvertakenVersion) -> str:
    return f"version-{overtaken.version.number}"
