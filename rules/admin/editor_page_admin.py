"""The base of the pages of rows that editors fill in."""

from typing import TypeVar

from django import forms
from django.contrib import admin
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


class EditorPageAdmin(admin.ModelAdmin[Row]):
    """Pages to which browsers return as they were, with what was typed and the rows that were added.

    They have no script of Django's but those that its rows need. Its script of pop-up windows
    listens to the event `unload`, and Firefox forgets such pages when it leaves them.
    """

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["admin/js/vendor/jquery/jquery.min.js", "admin/js/jquery.init.js"])
