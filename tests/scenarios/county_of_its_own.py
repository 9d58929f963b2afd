"""A county that has written something of its own in TOML, and a month of it handed in."""

from pathlib import Path

import bangfu_excel as bf

MONTH = "2024-06-30"


def settle(folder: Path, county: str, **declared: str) -> Path:
    """The county's folder: its county.toml, and what it declares, by path (`ledgers_grid` is ledgers/grid.toml)."""
    (folder / "county.toml").write_text(county, encoding="utf-8")
    for name, text in declared.items():
        file = folder / f"{name.replace('_', '/', 1)}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def hand_in(county: Path, folder: Path, scheme: str, **sheets: str) -> Path:
    """What comes out of a run of June over the csv `sheets`, in a folder below `folder`; it is registered with the county."""
    inbox, out = folder / "6月", folder / "OUT"
    inbox.mkdir()
    for name, text in sheets.items():
        (inbox / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    bf.run(inbox, out, registry=county / "台账库", scheme=scheme, profile=county, as_of=MONTH)
    return out
