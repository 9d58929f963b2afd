"""What the rosters of helpers and documents say against those of households and pairings is heard, from files."""

from pathlib import Path

import pytest
from coverage_inboxes import OF_HELPERS as CASES

import bangfu_excel as bf

SCHEME = (
    'id = "own"\ntitle = "本县方案"\nversion = "1"\ntables = ["household", "member", "pairing", "helper", "document"]\n'
)


@pytest.mark.parametrize(("told", "files"), CASES.items(), ids=["-".join(told) for told in CASES])
def test_the_rule_is_heard(told, files, tmp_path: Path):
    (tmp_path / "own.toml").write_text(SCHEME, encoding="utf-8")
    inbox = tmp_path / "6月"
    inbox.mkdir()
    for position, text in enumerate(files):
        (inbox / f"{position}.csv").write_text(text, encoding="utf-8-sig")
    findings = bf.check(inbox, scheme=tmp_path / "own.toml", as_of="2024-06-30").findings
    assert told in {(f.place.table, f.code, f.place.field) for f in findings}, [f.message for f in findings]
