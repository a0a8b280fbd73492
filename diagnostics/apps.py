"""The application `diagnostics`, and the admin that it guards.

At the start, logs are masked and Sentry, if set, gets errors.
"""

import logging

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib import admin

from diagnostics.privacy import MaskedRecord, mask_event
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
        logging.setLogRecordFactory(MaskedRecord)
        if settings.SENTRY_DSN:
            import sentry_sdk

            sentry_sdk.init(
                settings.SENTRY_DSN,
                send_default_pii=False,
                max_request_body_size="never",
                include_local_variables=False,
                before_send=mask_event,
            )
