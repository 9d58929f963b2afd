"""The command as a clerk runs it."""

import sys

import pytest

from bangfu_excel.cli.app import run_app


@pytest.fixture
def bangfu(monkeypatch, capsys):
    """Runs the command in this process: exit code, stdout, stderr."""

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["bangfu", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            run_app()
        out, err = capsys.readouterr()
        return left.value.code, out, err

    return command
