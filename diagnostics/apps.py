from django.apps import AppConfig
from django.conf import settings


class DiagnosticsConfig(AppConfig):
    name = "diagnostics"
    verbose_name = "Diagnostics"

    def ready(self) -> None:
        if settings.SENTRY_DSN:
            import sentry_sdk

            from diagnostics.privacy import mask_event

            sentry_sdk.init(
                settings.SENTRY_DSN,
                send_default_pii=False,
                max_request_body_size="never",
                include_local_variables=False,
                before_send=mask_event,
            )
