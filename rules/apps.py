"""The settings that Django reads of the application `rules` and of the admin."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class RulesConfig(AppConfig):
    name = "rules"
    verbose_name = "Guides"


class EditorsAdminConfig(admin.AdminConfig):
    """The admin, with `EditorsSite` in place of Django's default site."""

    default = False
    default_site = "rules.admin_site.EditorsSite"
