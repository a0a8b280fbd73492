"""Every kind of public page, as HTML by name, for tests of what all pages have in common."""

import re

from diagnostics.services import session_create
from rules.models import Guide, Version
from tests.web.teacher import SCHOOL_FIELDS
from tests.web.visitor import Visitor

START = "/corriger-comptes-pix/"
SCHOOL = {"liste-a-jour": "non", "attribution-gar": "oui"}
PUPIL = {"methode-pix-orga": "identifiant", "connexion-habituelle": "identifiant"}
ADDRESSES = {
    "start": START,
    "start with answers": f"{START}?liste-a-jour=oui",
    "poster": f"{START}affiche/",
    "class": f"{START}classe/",
    "file": f"{START}hors-ligne/",
    "resume": "/reprendre/",
    "integration": "/integration/",
    "site map": "/plan-du-site/",
    "accessibility": "/accessibilite/",
    "legal notice": "/mentions-legales/",
    "personal data": "/donnees-personnelles/",
    "unknown": "/nulle-part/",
}


def public_pages(visitor: Visitor) -> dict[str, str]:
    """Returns each page of a site whose only live guide is the shipped one. Closes the guide."""

    def get(address: str) -> str:
        return str(visitor.client.get(address).content.decode())

    def post(address: str, **fields: str) -> str:
        return str(visitor.client.post(address, fields).content.decode())

    pages = {name: get(address) for name, address in ADDRESSES.items()}
    # What a script copies from templates is read in the browser, where it is part of a page.
    pages["file"] = re.sub("(?s)<template.*?</template>", "", pages["file"])
    question, support = diagnostic_address(SCHOOL), {"connexion-habituelle": "mail"}
    result = diagnostic_address(SCHOOL | PUPIL | {"identifiants-connus": "non"})
    pages |= {
        "first question": get(diagnostic_address({})),
        "question": get(question),
        "changed question": get(f"{question}questions/liste-a-jour/"),
        "question with an error": post(f"{question}questions/methode-pix-orga/"),
        "result": get(result),
        "result for support": get(diagnostic_address(SCHOOL | PUPIL | support)),
        "result with an error": post(f"{result}resolu/"),
        "comment with an error": post(f"{result}resolu/", solved="no", comment="a@b.fr"),
        "resume with an error": post("/reprendre/", code="x"),
        "class with an error": post(f"{START}classe/", combien="x"),
        "class of two": post(f"{START}classe/", combien="2", **SCHOOL_FIELDS),
    }
    Guide.objects.update(closed=True, closing_message="Revenez **lundi**.")
    return pages | {"closed": get(START), "no open guide": get("/")}


def diagnostic_address(answers: dict[str, str]) -> str:
    return f"/diagnostics/{session_create(version=Version.objects.get(), answers=answers).pk}/"
