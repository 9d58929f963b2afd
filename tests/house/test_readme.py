"""The README says what is so: its commands are there, its example runs, its first command does what its output block says."""

import io
import re
import shutil
import subprocess
import tarfile
from importlib import import_module
from pathlib import Path

import pytest

from bangfu_excel.cli.app import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = {command.name or command.callback.__name__ for command in app.registered_commands}


def block(kind, name):
    """The fenced block after <!-- kind: name -->."""
    return re.search(rf"<!-- {kind}: {name} -->\s*```\w*\n(.*?)```", README, re.S)[1].strip()


def test_every_command_that_is_mentioned_is_there():
    mentioned = set(re.findall(r"bangfu ([a-z]+)", README))
    listed = re.search(r"^bangfu ([a-z]+(?: / [a-z]+)+)", README, re.M)
    assert mentioned | set(listed[1].split(" / ")) <= COMMANDS


def test_every_command_is_mentioned():
    assert set(re.findall(r"[a-z]+", README)) >= COMMANDS


def test_the_python_example_runs(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(compile(block("example", "python"), "README.md", "exec"), names)
    assert len(names["batch"].findings) > 0
    assert names["assessment"].period.text == "2024-06"


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the repository, not an sdist")
def test_the_first_command_does_on_a_clean_copy_what_the_readme_shows(tmp_path):
    """What is committed, installed from the package index: it takes a minute or two."""
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(tmp_path, filter="data")
    done = subprocess.run(
        ["bash", "-c", block("command", "run")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    last_said = (done.stderr.strip().splitlines() or [""])[-1]
    shown = block("output", "run").splitlines()[-1]
    assert (done.returncode, done.stdout.strip().splitlines()[-1:]) == (1, [shown]), last_said


def test_every_plan_is_listed_with_the_day_of_its_sample(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "samples"))
    listed = dict(re.findall(r"^\| `([a-z-]+)` \| .* \| (\d{4}-\d\d-\d\d) \|$", README, re.M))
    plans = [path.stem for path in (ROOT / "templates" / "schemes").glob("*.toml")]
    assert listed == {plan: str(import_module(f"plans.{plan.replace('-', '_')}").AS_OF) for plan in plans}
