"""What anyone can make long, such as the problems of a file, is listed in part, with how many others."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from rules.admin.links import action_url
from rules.admin.problems_after_save import warn_of_problems
from rules.document.parsing import parse_document
from rules.document.problems import DocumentError
from rules.document.refused_texts import parse_written_document
from rules.drafts.guides import guide_import
from rules.engine.content import ConditionContent, Operator
from rules.models import Guide
from rules.proof.finding_sentences import root_cause_sentence
from rules.proof.root_causes import RootCause
from tests.admin.pages import page_text
from tests.commands.calls import command_refusal
from tests.rules.documents import small_document

IMPORT_URL = "/admin/rules/guide/import/"


def problems_of(**changes: object) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        parse_written_document(small_document() | changes)
    return [str(problem) for problem in refused.value.problems]


def test_the_first_problems_of_a_document_are_listed_and_the_others_are_counted() -> None:
    found = problems_of(rules=[{}] * 1_000)
    assert len(found) == 101
    assert found[-1] == "et 1\u00a0900 autres problèmes."


def test_a_document_of_countless_problems_is_not_read_to_its_end() -> None:
    found = problems_of(rules=[{}] * 80_000)
    assert found[0].endswith("ce guide a 80\u00a0000 règles\u00a0; le maximum est 10\u00a0000.")
    assert found[1].startswith("ce document a plus de 10\u00a0000 problèmes")
    assert len(found) == 101


def test_a_document_of_twice_the_largest_size_is_refused_unread() -> None:
    [found] = problems_of(questions=[{"key": "x" * 10_000_000}])
    assert "le maximum est 5\u00a0000\u00a0000 (5\u00a0Mo)" in found


def test_a_number_of_thousands_of_digits_does_not_keep_a_document_from_being_read() -> None:
    [found] = problems_of(title=10**5_000)
    assert "n’est pas un texte" in found


def test_the_page_and_the_command_of_an_import_show_the_first_problems(
    editor: Client, tmp_path: Path
) -> None:
    text = json.dumps(small_document() | {"rules": [{}] * 80_000})
    refused = editor.post(IMPORT_URL, {"text": text})
    assert len(refused.getvalue()) - len(text) < 60_000
    assert "autres problèmes." in page_text(refused)
    file = tmp_path / "guide.json"
    file.write_text(text)
    assert len(command_refusal("import_guide", file)) < 20_000


def test_a_save_says_in_ten_messages_what_a_rule_is_missing(
    shipped_guide: Guide, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = parse_document(small_document())
    conditions = (ConditionContent("q1", Operator.IS),) * 30  # they name no choice
    rules = (replace(draft.rules[0], when=conditions), *draft.rules[1:])
    said: list[str] = []
    warn = "rules.admin.problems_after_save.messages.warning"
    monkeypatch.setattr(warn, lambda request, text: said.append(text))
    warn_of_problems(rf.get("/"), shipped_guide, replace(draft, rules=rules), ("rules", 0))
    assert len(said) == 12
    assert said[10] == "À compléter avant de publier\u00a0: et 20 autres points."


def test_a_long_list_of_consequences_is_shown_in_part(editor: Client) -> None:
    guide = guide_import(content=parse_document(_guide_that_ends_at_once(300)))
    page = page_text(editor.get(action_url(guide, "proof")))
    assert "Ce qui n’est plus atteint à cause de cela (301)" in page
    assert "et 201 autres éléments" in page
    assert "et 201 autres éléments." not in page  # the other links of the list have no full stop


def test_the_check_of_a_file_lists_the_first_consequences(tmp_path: Path) -> None:
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(_guide_that_ends_at_once(300)))
    refusal = command_refusal("check_guide", file)
    assert refusal.count("la règle ") < 110
    assert "et 201 autres éléments." in refusal


def test_early_rules_are_named_by_twenty_numbers_at_most() -> None:
    content = parse_document(small_document())
    sentence = root_cause_sentence(content, RootCause(None, (), tuple(range(500))))
    assert sentence.startswith("Les règles 1, 2, 3, ")
    assert "19, 20 et 480 autres concluent dès le départ" in sentence


def _guide_that_ends_at_once(rules: int) -> dict[str, object]:
    """Returns a document whose first rule concludes before the others can do anything."""
    document = small_document()
    document["rules"] = [
        {"key": "start", "then": {"conclude": "fin"}},
        {"key": "ask", "then": {"ask": "q1"}},
        *(
            {"key": f"r{n}", "when": [{"question": "q1", "is": ["a"]}], "then": {"conclude": "fin"}}
            for n in range(rules)
        ),
    ]
    return document
