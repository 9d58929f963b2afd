"""The house of DESIGN §2: imports point down, and each heavy library has one home."""

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

PACKAGE = Path(__file__).parents[2] / "bangfu_excel"

HOMES = {
    "python_calamine": {"read"},
    "msoffcrypto": {"read"},
    "charset_normalizer": {"read"},
    "xlrd": {"read"},
    "psutil": {"read"},
    "pandera": {"validate"},
    "xlsxwriter": {"write"},
    "pyarrow.parquet": {"merge", "write"},
    "distributed": {"engine"},
    "matplotlib": {"notebook"},
    "openpyxl": {"write"},
    "docx": {"write"},
    "typer": {"cli"},
    "rich": {"cli"},
}

CLOCKS = ("date.today", "datetime.now", "datetime.today", "time.time", "Timestamp.now", "Timestamp.today")
MAY_READ_THE_CLOCK = {"pipeline/settings.py", "cli/options.py"}  # defaults of options only


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_point_down_and_stages_never_import_each_other():
    assert lint_imports(no_cache=True) == 0


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_has_one_home(library):
    strays = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        for name in imported(path)
        if name == library or name.startswith(f"{library}.")
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in HOMES[library]
    }
    assert strays == set()


def test_only_the_defaults_of_options_read_the_clock():
    strays = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        if any(clock in path.read_text(encoding="utf-8") for clock in CLOCKS)
    }
    assert strays == MAY_READ_THE_CLOCK
