"""The legal pages as editors left them."""

from rules.legal.shipped_texts import shipped_text
from rules.models import LegalPage


def legal_page(key: str) -> LegalPage:
    """As editors left it; the shipped text, with no date, where there is no row."""
    return LegalPage.objects.filter(key=key).first() or LegalPage(key=key, **shipped_text(key))
