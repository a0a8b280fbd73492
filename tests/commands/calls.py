"""Calls of commands, with arguments as a person types them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def command_output(*command: object) -> str:
    """Returns what a command prints, with ordinary spaces in place of non-breaking ones."""
    out = StringIO()
    name, *arguments = map(str, command)
    call_command(name, *arguments, stdout=out)
    return out.getvalue().replace("\u00a0", " ")


def command_refusal(*command: object) -> str:
    """Returns the sentence with which a command refuses to run, with ordinary spaces."""
    with pytest.raises(CommandError) as refused:
        command_output(*command)
    return str(refused.value).replace("\u00a0", " ")
