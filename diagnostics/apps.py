"""The application `diagnostics`: at its start, logs are masked and Sentry, if set, gets errors."""

import logging

from django.apps import AppConfig
from django.conf import settings

from diagnostics.privacy import MaskedRecord, mask_event


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
