"""Commands as a person calls them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def command_output(*command: object) -> str:
    """What a command prints, with plain spaces."""
    out = StringIO()
    name, *arguments = map(str, command)
    call_command(name, *arguments, stdout=out)
    return out.getvalue().replace("\u00a0", " ")


def command_refusal(*command: object) -> str:
    with pytest.raises(CommandError) as refused:
        command_output(*command)
    return str(refused.value).replace("\u00a0", " ")
