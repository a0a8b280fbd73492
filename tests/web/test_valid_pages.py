"""Public pages are valid HTML, have an outline of headings, and say what is wrong with a field."""

import subprocess
from pathlib import Path

from bs4 import BeautifulSoup

from tests.conftest import OF_SCRIPTS
from tests.web.public_pages import public_pages
from tests.web.visitor import Visitor


def test_each_page_is_valid(visitor: Visitor, html_validate: Path, tmp_path: Path) -> None:
    for name, page in public_pages(visitor).items():
        (tmp_path / f"{name}.html").write_text(page)
    checked = subprocess.run(
        [html_validate, "--config", OF_SCRIPTS / "htmlvalidate.json", "--formatter", "text", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.stdout + checked.stderr).splitlines() == []
    assert checked.returncode == 0


def test_an_error_is_said_in_the_title_and_of_its_field(visitor: Visitor) -> None:
    pages = public_pages(visitor)
    with_error = {name for name in pages if name.endswith("with an error")}
    assert len(with_error) == 5
    for name, html in pages.items():
        page = BeautifulSoup(html, "html.parser")
        invalid = [str(field["aria-describedby"]) for field in page.select("[aria-invalid=true]")]
        errors = [error.text for error in page.select("#erreur") if "erreur" in "".join(invalid)]
        assert bool(errors) is (name in with_error), name
        focused = page.select("[autofocus]")  # what is read aloud when the page opens
        assert all("erreur" in str(field.get("aria-describedby")) for field in focused), name
        assert str(page.select_one("title")).startswith("<title>Erreur") is bool(errors), name
        assert all(error.startswith("Erreur\u00a0: ") for error in errors), name
