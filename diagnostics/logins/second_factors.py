"""The second factors of accounts, in the tables of django-otp.

The first device of an account is an application that shows a code of six digits, which changes each
30 seconds (TOTP). The second one holds recovery codes, for someone who has lost the first. Only
digests of recovery codes are stored: the letters are shown once.

The setting `TWO_FACTORS` requires a second factor of everyone who may publish, change the legal
pages, which are online at once, or change accounts, which may grant all of this.
"""

import re
import secrets
from base64 import b32encode
from time import time
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_otp import DEVICE_ID_SESSION_KEY, verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from diagnostics.codes import normalize_code
from diagnostics.models import CODE_ALPHABET

GUARDED_PERMISSIONS = ("rules.publish_guide", "rules.change_legalpage", "auth.change_user")
"""Whoever has one of these needs a second factor, if the setting says so."""
RECOVERY_CODES = 10
RECOVERY_CODE_LENGTH = 12


class Enrolment(NamedTuple):
    """A new second factor, with the recovery codes that are shown this once."""

    device: TOTPDevice
    recovery_codes: list[str]


def requires_second_factor(user: User | AnonymousUser) -> bool:
    """True if the setting requires two factors, and the permissions of this user are guarded."""
    return bool(settings.TWO_FACTORS) and any(map(user.has_perm, GUARDED_PERMISSIONS))


def lacks_second_factor(request: HttpRequest) -> bool:
    """True if the user must still verify a second factor in this session of the browser."""
    if not requires_second_factor(request.user):
        return False
    device = Device.from_persistent_id(request.session.get(DEVICE_ID_SESSION_KEY, ""))
    return device is None or device.user_id != request.user.pk


def has_second_factor(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user).exists())


def is_application_code(typed: str) -> bool:
    """True if a text can be a code of an application: six digits, which no recovery code is."""
    return bool(re.fullmatch("[0-9]{6}", normalize_code(typed)))


def match_code(user: User, typed: str) -> Device | None:
    """Returns the device whose code was typed; None if it is wrong. Each code is right once only."""
    code = normalize_code(typed)
    model, token = StaticDevice, _recovery_digest(code)
    if is_application_code(typed):
        model, token = TOTPDevice, code
    device = model.objects.filter(user=user).first()
    return device and verify_token(user, device.persistent_id, token)


def count_recovery_codes(user: User) -> int:
    """Returns how many recovery codes of the user were not used yet."""
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def new_key(request: HttpRequest) -> bytes:
    """Returns the key that the enrolment page shows, the same each time in one session.

    So opening the page stores nothing. The key of a session changes once a code was right, hence no
    key is shown again after an enrolment.
    """
    session = f"{request.session.session_key} {request.user.password}"  # type: ignore[union-attr]  # logged in
    return salted_hmac("diagnostics.logins.key", session, algorithm="sha256").digest()[:20]


def key_address(user: User, key: bytes) -> str:
    """Returns the address that an application reads from the QR code (`otpauth:`)."""
    return str(TOTPDevice(user=user, key=key.hex()).config_url)


def key_letters(key: bytes) -> str:
    """Returns the key as people type it, in groups of four letters and digits."""
    return " ".join(re.findall(".{4}", b32encode(key).decode()))


@transaction.atomic
def second_factor_create(*, user: User, key: bytes, typed: str) -> Enrolment | None:
    """Registers an application if the code that it shows is right.

    Returns None if the code is wrong, or if the account has a second factor already.
    """
    User.objects.select_for_update().get(pk=user.pk)
    code, totp = normalize_code(typed), TOTP(key)
    totp.time = time()
    if has_second_factor(user) or not is_application_code(typed):
        return None
    if not totp.verify(int(code), tolerance=1):
        return None
    device = TOTPDevice.objects.create(
        user=user, name="Application", key=key.hex(), last_t=totp.t(), drift=totp.drift
    )
    codes = [
        "".join(secrets.choice(CODE_ALPHABET) for _ in range(RECOVERY_CODE_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    recovery = StaticDevice.objects.create(user=user, name="Codes de secours")
    for recovery_code in codes:
        recovery.token_set.create(token=_recovery_digest(recovery_code))
    return Enrolment(device, ["-".join(re.findall(".{4}", found)) for found in codes])


@transaction.atomic
def second_factor_delete(*, user: User) -> bool:
    """Removes the application and the recovery codes of an account; False if it had none.

    Ends its sessions too: whoever else knows the password would enrol an application in one of them.
    """
    if not has_second_factor(user):
        return False
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).delete()
    for session in Session.objects.all():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
    return True


def _recovery_digest(code: str) -> str:
    """Returns what is stored of a recovery code: 64 bits, as many as the column holds."""
    salt = "diagnostics.logins.recovery_code"
    return salted_hmac(salt, code, algorithm="sha256").hexdigest()[:16]
