"""The application `diagnostics`, and the admin that it guards.

At the start, logs are masked, Sentry, if set, gets errors, and the file of a first password is removed
when its account changes it.
"""

import logging

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib import admin
from django.db.backends.signals import connection_created
from django.db.models.signals import post_save, pre_save

from diagnostics.databases.waits import prepare_connection
from diagnostics.logs.error_reports import ReportFilter
from diagnostics.logs.privacy import MaskedRecord
from rules.apps import EditorsAdminConfig


class GuardedAdminConfig(EditorsAdminConfig):
    """The editors' admin, with limits on logins and second factors."""

    default_site = "diagnostics.logins.guarded_site.GuardedSite"

    def ready(self) -> None:
        """Registers all pages, then removes those of django-otp, which show keys, in English."""
        super().ready()
        for name in ("otp_totp.TOTPDevice", "otp_static.StaticDevice"):
            admin.site.unregister(apps.get_model(name))


class DiagnosticsConfig(AppConfig):
    name = "diagnostics"
    verbose_name = "Diagnostics"

    def ready(self) -> None:
        from django.contrib.auth.models import User

        from diagnostics.password_files import find_password_files, remove_password_files

        logging.setLogRecordFactory(MaskedRecord)
        connection_created.connect(prepare_connection)
        # Signals, because Django's own pages and its command `changepassword` save accounts.
        pre_save.connect(find_password_files, sender=User)
        post_save.connect(remove_password_files, sender=User)
        if settings.SENTRY_DSN:
            import sentry_sdk

            sentry_sdk.init(
                settings.SENTRY_DSN,
                send_default_pii=False,
                max_request_body_size="never",
                include_local_variables=False,
                before_send=ReportFilter(),
            )
