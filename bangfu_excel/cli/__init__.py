"""The command `bangfu`: one file a command."""

from __future__ import annotations


def main() -> None:
    """Run the command line and leave with the exit code of CONTRACT: 0, 1, 2 or 3."""
    from bangfu_excel.cli.app import run_app

    run_app()
