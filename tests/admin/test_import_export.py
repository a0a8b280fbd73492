"""The import and the export of guides as documents."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rules.admin.links import action_url, change_url
from rules.document.files import dump_json, dump_yaml, load_document
from rules.document.limits import MAX_FILE_BYTES
from rules.document.parsing import parse_document
from rules.drafts.content import draft_read
from rules.drafts.guides import DraftExistsError
from rules.models import Guide, Version
from tests.admin.conftest import LogIn
from tests.admin.pages import page_fields, page_links, page_text, parse_page
from tests.rules.documents import small_document

IMPORT_URL = "/admin/rules/guide/import/"


def upload_document(client: Client, content: bytes) -> HttpResponseBase:
    return client.post(IMPORT_URL, {"file": SimpleUploadedFile("guide.yaml", content), "text": ""})


def confirm_import(client: Client, compared: HttpResponseBase) -> HttpResponseBase:
    return client.post(IMPORT_URL, page_fields(compared), follow=True)


def small_json(**changes: Any) -> str:  # noqa: ANN401 (fields of a raw document)
    return json.dumps(small_document() | changes)


@pytest.mark.parametrize("file_format", ["yaml", "json"])
@pytest.mark.parametrize("version", [None, 1])
def test_an_export_is_the_same_as_with_the_command(
    shipped_guide: Guide, editor: Client, file_format: str, version: int | None
) -> None:
    Guide.objects.update(title="Autre titre")
    output = StringIO()
    call_command(
        "export_guide", shipped_guide.slug, file_format=file_format, version=version, stdout=output
    )
    number = f"&version={version}" if version else ""
    response = editor.get(f"{action_url(shipped_guide, 'export')}?format={file_format}{number}")
    assert response.getvalue().decode() == output.getvalue()
    name = "version-1" if version else "brouillon"
    assert (
        f'filename="corriger-comptes-pix-{name}.{file_format}"' in response["Content-Disposition"]
    )


@pytest.mark.parametrize(
    "query",
    ["format=xml", "version=9", "version=x", "version=", "version=-1", "version=" + "9" * 30],
)
def test_an_unknown_format_or_version_is_not_found(
    shipped_guide: Guide, editor: Client, query: str
) -> None:
    assert editor.get(f"{action_url(shipped_guide, 'export')}?{query}").status_code == 404


def test_an_altered_version_is_reported_and_not_exported(
    shipped_guide: Guide, editor: Client
) -> None:
    Version.objects.update(document="{}")
    page = editor.get(f"{action_url(shipped_guide, 'export')}?version=1", follow=True)
    assert "altérée" in page.getvalue().decode()


def test_the_page_announces_a_new_guide_before_it_is_created(
    no_guide: None, editor: Client
) -> None:
    page = upload_document(editor, small_json().encode())
    assert "Nouveau guide « Petit guide », à l’adresse /petit/" in page_text(page)
    assert not Guide.objects.exists()


def test_a_new_guide_is_created_after_the_confirmation(no_guide: None, editor: Client) -> None:
    page = confirm_import(editor, upload_document(editor, small_json().encode()))
    guide = Guide.objects.get()
    assert page.redirect_chain[-1][0] == change_url(guide)  # type: ignore[attr-defined]  # set by `follow=True`
    assert draft_read(guide) == parse_document(small_document())


def test_a_pasted_text_is_imported_like_a_file(no_guide: None, editor: Client) -> None:
    text_sent = dump_yaml(parse_document(small_document())).replace("\n", "\r\n")
    confirm_import(editor, editor.post(IMPORT_URL, {"text": text_sent}))
    assert draft_read(Guide.objects.get()) == parse_document(small_document())


def test_a_draft_is_compared_before_it_is_replaced(shipped_guide: Guide, editor: Client) -> None:
    document = dump_yaml(draft_read(shipped_guide)).replace("Tout va bien", "Tout roule")
    page = upload_document(editor, document.encode())
    assert "S’appelle maintenant « Tout roule ! »" in page_text(page)
    assert not shipped_guide.outcomes.filter(title__startswith="Tout roule").exists()
    confirm_import(editor, page)
    assert shipped_guide.outcomes.filter(title__startswith="Tout roule").exists()


def test_an_import_does_not_change_the_live_version(shipped_guide: Guide, editor: Client) -> None:
    confirm_import(editor, upload_document(editor, small_json(slug=shipped_guide.slug).encode()))
    assert shipped_guide.versions.count() == 1
    shipped_guide.refresh_from_db()
    assert shipped_guide.title == "Petit guide"


def test_an_import_reads_the_replaced_draft_once(shipped_guide: Guide, editor: Client) -> None:
    page = upload_document(editor, small_json(slug=shipped_guide.slug).encode())
    with CaptureQueriesContext(connection) as queries:
        assert editor.post(IMPORT_URL, page_fields(page)).status_code == 302
    reads = [query for query in queries if 'FROM "rules_rule" LEFT OUTER JOIN' in query["sql"]]
    assert len(reads) == 1


def test_an_import_warns_of_failing_examples(no_guide: None, editor: Client) -> None:
    unasked = {"q1": "a", "q2": "a"}
    failing = small_json(examples=[{"name": "Cas", "answers": unasked, "outcomes": ["fin"]}])
    page = confirm_import(editor, upload_document(editor, failing.encode()))
    assert "1 cas type" in page.getvalue().decode()
    assert "Attention" in page.getvalue().decode()


def test_a_document_equal_to_the_draft_has_nothing_to_import(
    shipped_guide: Guide, editor: Client
) -> None:
    page = upload_document(editor, dump_json(draft_read(shipped_guide)).encode())
    assert "il n’y a rien à importer" in page_text(page)
    assert not parse_page(page).select("#content-start form[method=post]")


@pytest.mark.parametrize("existing", [True, False])
def test_a_draft_that_changed_meanwhile_is_compared_again(
    no_guide: None, editor: Client, existing: bool
) -> None:
    if existing:
        Guide.objects.create(slug="petit", title="Avant")
    page = upload_document(editor, small_json().encode())
    Guide.objects.update_or_create(slug="petit", defaults={"title": "Entre-temps"})
    again = confirm_import(editor, page)
    assert "Le brouillon a changé entre-temps" in again.getvalue().decode()
    assert Guide.objects.get().title == "Entre-temps"
    confirm_import(editor, again)
    assert Guide.objects.get().title == "Petit guide"


@pytest.mark.parametrize("error", [DraftExistsError, Guide.DoesNotExist])
def test_a_guide_created_or_deleted_during_the_import_is_compared_again(
    no_guide: None, editor: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    page = upload_document(editor, small_json().encode())

    def refuse(**_: object) -> None:
        raise error

    monkeypatch.setattr("rules.admin.guide.import_export.guide_import", refuse)
    assert "Le brouillon a changé entre-temps" in confirm_import(editor, page).getvalue().decode()


def test_all_problems_are_listed_with_their_place(no_guide: None, editor: Client) -> None:
    broken = small_json(title="", rules=[{"key": "r1", "then": {"ask": "inconnue"}}])
    page = editor.post(IMPORT_URL, {"text": broken})
    listed = [found.get_text() for found in parse_page(page).select(".to-mend li")]
    assert page.status_code == 400
    assert len(listed) == 2
    assert any("règle 1 («\u00a0r1\u00a0»)" in problem for problem in listed)
    assert any(problem.startswith("Texte collé\u00a0: «\u00a0title\u00a0»") for problem in listed)


def test_a_refused_text_stays_in_the_form(no_guide: None, editor: Client) -> None:
    assert page_fields(editor.post(IMPORT_URL, {"text": "format: 2\n"}))["text"] == "format: 2\n"


BAD_FILES = {
    "binary": b"\x89PNG\r\n\x1a\n\x00\xff",
    "latin": "titre: é".encode("latin-1"),
    "utf-16": small_json().encode("utf-16"),
    "empty": b"",
    "blank": b" \n ",
    "nul": b"\x00",
    "deep json": b'{"a":' * 50_000,
    "deep yaml": b"[" * 50_000,
    "bomb": b"a: &a [x, x]\nb: *a",
    "number": b"[" + b"9" * 5_000 + b"]",
    "text": b"bonjour",
    "list": b"[1, 2]",
    "surrogate in json": small_json(
        outcomes=[
            {
                "key": "fin",
                "title": "Fin",
                "final": True,
                "link": {"label": "l", "url": "https://a.fr/\ud800"},
            }
        ]
    ).encode(),
    "surrogate in yaml": rb'{outcomes: [{link: {label: l, url: "https://a.fr/\ud800"}}]}',
    "large": b"#" * (MAX_FILE_BYTES + 1),
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
@pytest.mark.parametrize("confirmed", [False, True])
def test_a_bad_file_is_refused_with_a_list_of_problems(
    no_guide: None, editor: Client, content: bytes, confirmed: bool
) -> None:
    extra = {"compared": ""} if confirmed else {}
    sent = {"file": SimpleUploadedFile("guide.yaml", content), **extra}
    page = editor.post(IMPORT_URL, sent)
    assert page.status_code == 400
    assert parse_page(page).select(".to-mend li")
    assert not Guide.objects.exists()


@pytest.mark.parametrize("pasted", [True, False])
def test_a_text_beyond_the_limit_is_refused_with_the_limit_and_its_size(
    no_guide: None, editor: Client, *, pasted: bool
) -> None:
    text = "#" * (MAX_FILE_BYTES + 1)
    page = (
        editor.post(IMPORT_URL, {"text": text})
        if pasted
        else upload_document(editor, text.encode())
    )
    assert page.status_code == 400
    assert page_text(page).count("25 000 001 octets ; le maximum est 25 000 000 (25 Mo).") == 1


def test_the_largest_file_can_be_confirmed(no_guide: None, editor: Client) -> None:
    """Browsers send two characters for each line end of a field."""
    page = upload_document(editor, small_json().encode().ljust(MAX_FILE_BYTES, b"\n"))
    sent = {name: str(value).replace("\n", "\r\n") for name, value in page_fields(page).items()}
    assert editor.post(IMPORT_URL, sent).status_code == 302
    assert Guide.objects.exists()


def test_the_list_of_guides_links_to_the_import(no_guide: None, editor: Client) -> None:
    page = editor.get("/admin/rules/guide/")
    assert [str(link["href"]) for link in parse_page(page).select(".object-tools a")][
        -1
    ] == IMPORT_URL


def test_the_page_of_a_guide_links_to_its_picture_its_reading_page_and_its_export(
    shipped_guide: Guide, editor: Client
) -> None:
    found = page_links(editor.get(change_url(shipped_guide)))
    assert {action_url(shipped_guide, action) for action in ("graph", "read", "export")} <= {*found}


@pytest.mark.parametrize("method", ["get", "post"])
def test_import_and_export_require_permission(
    shipped_guide: Guide, log_in: LogIn, method: str
) -> None:
    client = log_in("nobody")
    assert (
        getattr(client, method)(IMPORT_URL, {"text": small_json(), "compared": ""}).status_code
        == 403
    )
    assert client.get(action_url(shipped_guide, "export")).status_code == 403
    assert Guide.objects.count() == 1


def test_an_exported_document_reads_back_as_the_draft(shipped_guide: Guide, editor: Client) -> None:
    sent = editor.get(action_url(shipped_guide, "export")).getvalue().decode()
    assert parse_document(load_document(sent)) == draft_read(shipped_guide)
