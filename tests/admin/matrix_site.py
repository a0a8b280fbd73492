"""A site on which every address of the admin can be opened, and every form filled and sent."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from diagnostics.installation import legal_pages_create
from diagnostics.services import session_create
from rules.document.serialising import canonical_json
from rules.drafts.content import draft_read, draft_write
from rules.drafts.guides import guide_duplicate, guide_import
from rules.engine.content import (
    ChoiceContent,
    ConditionContent,
    Effect,
    ExampleContent,
    GuideContent,
    Operator,
    OutcomeContent,
    QuestionContent,
    RuleContent,
)
from rules.models import Guide
from rules.publication.approvals import publication_request_create
from rules.publication.guide_settings import guide_settings_update
from rules.publication.publish import guide_publish
from rules.publication.review import PublicationReview
from tests.admin.pages import Fields, page_fields, parse_page

PASSWORD = "a long password"
EDITORS, PUBLISHERS = "Éditeurs", "Responsables de publication"
CHOICES = (ChoiceContent("oui", "Oui"), ChoiceContent("non", "Non"))
CONTENT = GuideContent(
    "petit-guide",
    "Petit guide",
    (QuestionContent("marche", "Tout marche\u00a0?", CHOICES),),
    (OutcomeContent("conseil", "Conseil", final=False), OutcomeContent("fin", "Fin", final=True)),
    (
        RuleContent("demander", (), Effect.ASK, "marche"),
        RuleContent("conseiller", (), Effect.ADVISE, "conseil"),
        *(
            RuleContent(
                f"fin-{choice.key}",
                (ConditionContent("marche", Operator.IS, (choice.key,)),),
                Effect.CONCLUDE,
                "fin",
            )
            for choice in CHOICES
        ),
    ),
    (ExampleContent("Tout marche", {"marche": "oui"}, ("fin",)),),
)
DRAFT = GuideContent(
    "brouillon",
    "Brouillon",
    (
        QuestionContent("une", "Une\u00a0?", CHOICES),
        QuestionContent("deux", "Deux\u00a0?", CHOICES),
    ),
    (OutcomeContent("seul", "Seul", final=False),),
    (),
    (),
)
NEW_TITLE: Fields = {"title": "Un autre titre"}
NEW_PASSWORDS: Fields = {"password1": "another one", "password2": "another one"}
TYPED_FIELDS: dict[str, Fields] = {
    "login/": {"username": "superuser", "password": PASSWORD},
    "password_change/": {
        "old_password": PASSWORD,
        "new_password1": "another one",
        "new_password2": "another one",
    },
    "rules/legalpage/preview/": {"text": "**Un** texte"},
    "rules/legalpage/<id>/change/": NEW_TITLE,
    "rules/guide/add/": NEW_TITLE,
    "rules/guide/import/": {"text": canonical_json(replace(CONTENT, slug="autre")), "compared": ""},
    "rules/guide/<id>/approve/": {"decision": "approve"},
    "rules/guide/<id>/acts/advise/": {"advice": "Un autre conseil"},
    "rules/guide/<id>/acts/choices/": {"form-2-label": "Une autre réponse"},
    "rules/guide/<id>/acts/enter/": {"after": "Départ"},
    "rules/guide/<id>/acts/insert/": NEW_TITLE,
    "rules/guide/<id>/acts/place-rule/": {"other": "2"},
    "rules/guide/<id>/acts/lead/": {"kind": "conclusion", **NEW_TITLE},
    "rules/guide/<id>/texts/": NEW_TITLE,
    "rules/guide/<id>/undo/": {"snapshot": "1"},
    "rules/guide/<id>/settings/": {"closed": "on", "closing_message": "Revenez."},
    "rules/question/add/": {**NEW_TITLE, "choices-0-label": "A", "choices-1-label": "B"},
    "rules/question/<id>/change/": NEW_TITLE,
    "rules/question/<id>/move/": {"direction": "up"},
    "rules/outcome/add/": NEW_TITLE,
    "rules/outcome/preview/": {"text": "**Un** texte"},
    "rules/outcome/<id>/change/": NEW_TITLE,
    "rules/rule/<id>/change/": {"note": "Une remarque"},
    "rules/rule/<id>/move/": {"direction": "up"},
    "rules/example/<id>/change/": {"name": "Un autre nom"},
    "rules/version/<id>/restore/": {"reason": "Un essai"},
    "diagnostics/session/try/<id>/": {"choice": "oui"},
    "diagnostics/session/try/<id>/<id>/": {"choice": "oui"},
    "auth/group/add/": {"name": "Un autre nom", "permissions": []},
    "auth/group/<id>/change/": {"name": "Un autre nom", "permissions": []},
    "auth/user/add/": {"username": "nouveau", "usable_password": "true", **NEW_PASSWORDS},
    "auth/user/<id>/change/": {"first_name": "Zoé", "groups": [], "user_permissions": []},
    "auth/user/<id>/password/": {"usable_password": "true", **NEW_PASSWORDS},
}
"""What is typed into forms that name no row, by the address of the form."""


def walk_addresses(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[str]:
    """Yields each address that the admin answers, such as `rules/guide/<id>/publish/`."""
    for pattern in admin.site.urls[0] if patterns is None else patterns:
        address = prefix + short_address(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from walk_addresses(pattern.url_patterns, address)
        else:
            yield address


def short_address(route: str) -> str:
    """Returns the route of a URL pattern with `<id>` in place of each number or key."""
    named = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", route).strip("^$").replace("^", "")
    return re.sub(r"<(\w+:)?(id|pk|number|object_id|content_type_id)>", "<id>", named)


class MatrixSite:
    """Guides, accounts and diagnostics: for each act of the admin, a row on which it can be done.

    - `guide` has two versions, and a draft that differs from the second one and has a snapshot;
    - `asked` is a guide whose publication « boss » has asked for, and a second person may approve;
    - `scheduled` is the only version of a guide, and goes live tomorrow;
    - `draft` is a guide that was never published, with parts that nothing uses.
    """

    def __init__(self) -> None:
        legal_pages_create()
        self.guide = guide_import(content=CONTENT)
        for title in ("Deuxième titre", "Troisième titre"):
            guide_publish(review=PublicationReview(self.guide))
            Guide.objects.filter(pk=self.guide.pk).update(title=title)
            self.guide.refresh_from_db()
        content = replace(draft_read(self.guide), introduction="Bonjour")
        draft_write(guide=self.guide, content=content)
        self.draft = guide_import(content=DRAFT)
        self.asked = guide_duplicate(guide=self.guide)
        guide_settings_update(
            guide=self.asked, needs_approval=True, closed=False, closing_message=""
        )
        self.asked.refresh_from_db()
        tomorrow = timezone.now() + timedelta(days=1)
        self.scheduled = guide_publish(
            review=PublicationReview(guide_duplicate(guide=self.guide)), publish_at=tomorrow
        )
        boss = User.objects.create_user("boss")
        publication_request_create(review=PublicationReview(self.asked), author=boss)
        self.version = self.guide.versions.get(number=1)
        self.session = session_create(version=self.version, answers={"marche": "oui"})
        self.account = User.objects.create_user("zoe")
        self.group = Group.objects.create(name="Essai")

    def urls(self) -> dict[str, str]:
        """Returns an address to open for each line of the matrix."""
        urls = {}
        for address in walk_addresses():
            urls[address] = "/admin/" + re.sub("<[^>]+>", "{}", address).format(*self._ids(address))
            if re.fullmatch(r"rules/(question|outcome|rule|example|version)/(add/)?", address):
                urls[address] += f"?guide={self.guide.pk}"
        for act in ("insert", "lead"):
            urls[f"rules/guide/<id>/acts/{act}/"] += "?arrow=marche.non.fin-non"
        for act in ("advise", "choices", "place-question", "withdraw"):
            urls[f"rules/guide/<id>/acts/{act}/"] += "?question=marche&choice=oui&rule=conseiller"
        urls["rules/guide/<id>/acts/enter/"] += "?question=marche"
        urls["rules/guide/<id>/acts/place-rule/"] += "?rule=demander"
        urls["rules/guide/<id>/acts/remove-choice/"] += "?line=reponse-marche.non"
        urls["diagnostics/session/try/<id>/example/"] += "?marche=non"
        urls["rules/guide/<id>/revert/"] += "?snapshot=1"
        return urls

    def _ids(self, address: str) -> tuple[object, ...]:
        """Returns what stands for each `<…>` in an address."""
        exceptions: Mapping[str, tuple[object, ...]] = {
            "r/<id>/<id>/": (ContentType.objects.get_for_model(Guide).pk, self.guide.pk),
            "rules/guide/<id>/approve/": (self.asked.pk,),
            "rules/guide/<id>/delete/": (self.draft.pk,),
            "rules/version/<id>/cancel/": (self.scheduled.pk,),
            "<app_label>/": ("rules",),
            "<url>": ("nulle-part/",),
        }
        starts = (start for start in self.rows if address.startswith(start))
        row = self.rows.get(next(starts, ""))
        return exceptions.get(address, (row.pk if row else "accessibilite", 1))

    @cached_property
    def rows(self) -> Mapping[str, Model | None]:
        """The rows that the pages are about, by the beginnings of their addresses."""
        guide, draft = self.guide, self.draft
        return {
            "diagnostics/session/<": self.session,
            "diagnostics/session/": guide,  # tries and replays
            "rules/guide/": guide,
            "rules/question/": draft.questions.last(),
            "rules/outcome/": draft.outcomes.last(),
            "rules/rule/": guide.rules.last(),
            "rules/example/": guide.examples.last(),
            "rules/version/": self.version,
            "auth/user/": self.account,
            "auth/group/": self.group,
        }

    def typed_fields(self) -> dict[str, Fields]:
        """Returns what is typed into the form of each address; nothing is into those left out."""
        question, outcome = self.guide.questions.get(), self.guide.outcomes.get(key="fin")
        return TYPED_FIELDS | {
            "rules/rule/add/": {"then": f"give-{outcome.pk}"},
            "rules/example/add/": {
                "name": "Un autre cas",
                f"answer-{question.pk}": str(question.choices.get(key="non").pk),
                "outcome-1": str(outcome.pk),
            },
        }


def log_in_as(role: str) -> Client:
    """Returns a client with an account of this role, or without one."""
    client = Client(raise_request_exception=False)
    if role == "anonymous":
        return client
    user = User.objects.create_user(
        role, password=PASSWORD, is_staff=role != "outsider", is_superuser=role == "superuser"
    )
    names = {"editor": [EDITORS], "publisher": [PUBLISHERS], "outsider": [EDITORS, PUBLISHERS]}
    user.groups.set(Group.objects.filter(name__in=names.get(role, [])))
    client.force_login(user)
    return client


def form_fields(response: HttpResponseBase) -> Fields:
    """Returns the fields of the form of a page; none if it has no form."""
    page = "html" in response.get("Content-Type", "") and parse_page(response)
    has_form = page and page.select_one("#content-start form[method=post]")
    return page_fields(response) if has_form else {}
