"""The root holds exactly the names of CONTRACT, loaded when used."""

import subprocess
import sys

import bangfu_excel as bf

PUBLIC = {
    "Assessment", "BangfuError", "Batch", "Comparison", "ConfigError", "DeclarationError", "Finding", "Findings", "InboxError",
    "Merge", "OutputError", "Registry", "RegistryError", "RunResult", "UsageError", "assess", "bulletin", "cards", "changes", "check", "compare", "confirm", "correct", "decide", "explode",
    "issue", "ledgers", "merge", "papers", "record_objections", "run", "schema", "template",
}  # fmt: skip


def test_the_public_names_are_these():
    assert set(bf.__all__) == PUBLIC
    assert {name for name in dir(bf) if not name.startswith("_")} == PUBLIC


def test_every_public_name_is_there_and_documented():
    for name in PUBLIC:
        assert getattr(bf, name).__doc__


def test_stages_named_like_functions_do_not_hide_them():
    code = "import bangfu_excel as bf, bangfu_excel.merge, bangfu_excel.assess; assert callable(bf.merge) and callable(bf.assess)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_importing_the_root_loads_nothing_heavy():
    code = "import sys, bangfu_excel; assert not {'pandas', 'pandera', 'openpyxl', 'xlsxwriter'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
