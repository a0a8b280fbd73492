from django.apps import AppConfig
from django.contrib.admin import apps as admin


class RulesConfig(AppConfig):
    name = "rules"
    verbose_name = "Guides"


class EditorsAdminConfig(admin.AdminConfig):
    default = False
    default_site = "rules.admin_site.EditorsSite"
