"""Make the samples: one folder a scheme, with its inbox and what must be found in it.

    python samples/make.py [FOLDER [SCHEME…]]

Each fault is declared where it is planted, so that `expected.csv` is a promise and not a recording. The same files come
out byte for byte each time. `plans/<scheme>.py` makes one folder.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
SCHEMES = sorted(path.stem.replace("_", "-") for path in (HERE / "plans").glob("[a-z]*.py"))


def make(folder: Path, scheme: str) -> None:
    """Write `inbox/` and `expected.csv` under `folder`/`scheme`."""
    import_module(f"plans.{scheme.replace('-', '_')}").make(folder / scheme)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for scheme in sys.argv[2:] or SCHEMES:
        make(target, scheme)
