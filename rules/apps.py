"""The settings that Django reads of the application `rules` and of the admin."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class RulesConfig(AppConfig):
    name = "rules"
    verbose_name = "Guides"


class EditorsAdminConfig(admin.AdminConfig):
    """Django's admin with `EditorsSite` as its site; the settings list it explicitly."""

    default = False
    default_site = "rules.admin_site.EditorsSite"
