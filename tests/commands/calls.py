"""Calls commands of `manage.py` with arguments as a person types them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def command_output(*command: object) -> str:
    """Runs a command and returns what it prints, with ordinary spaces for non-breaking ones."""
    out = StringIO()
    name, *arguments = map(str, command)
    call_command(name, *arguments, stdout=out)
    return out.getvalue().replace("\u00a0", " ")


def command_refusal(*command: object) -> str:
    """Runs a command that must fail and returns its error message, with ordinary spaces."""
    with pytest.raises(CommandError) as refused:
        command_output(*command)
    return str(refused.value).replace("\u00a0", " ")
