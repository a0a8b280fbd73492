"""What a browser prints, read from its PDF."""

from io import BytesIO

from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

A4 = (210, 297)
A3_LANDSCAPE = (420, 297)
POINTS_PER_MILLIMETRE = 72 / 25.4


def printed_sheets(page: Page) -> list[PageObject]:
    return list(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def sheet_size(sheet: PageObject) -> tuple[int, int]:
    """Returns the width and the height in millimetres."""
    width, height = sheet.mediabox.width, sheet.mediabox.height
    return round(width / POINTS_PER_MILLIMETRE), round(height / POINTS_PER_MILLIMETRE)
