import pytest
from django.contrib.auth.models import Group, User

from tests.diagnostics.logins.login_calls import PASSWORD


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A list whose only item is the time that the limits read; tests may change the item."""
    now = [1_800_000_000.0]
    monkeypatch.setattr("diagnostics.throttles.token_bucket.time", lambda: now[0])
    return now


@pytest.fixture
def paul(db: None) -> User:
    """« paul », who may publish, with a password."""
    user = User.objects.create_user("paul", password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name="Responsables de publication"))
    return user
