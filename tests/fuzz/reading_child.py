"""Reads the files that it is told on stdin, one a line, and says on stdout what came of each. May die of any of them."""

from __future__ import annotations

import contextlib
import json
import math
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from judging import faults

MEMORY = 3 << 30  # beyond it an allocation fails; what takes more than 1 GB is told before


def main() -> None:
    """The loop; the argument names the verb, `read_here` (in this process) or `read_file` (as the pipeline does)."""
    read = verb(sys.argv[1])
    _bound_memory()
    for line in sys.stdin:
        print(json.dumps(_answer(read, Path(line.rstrip("\n")))), flush=True)


def verb(name: str) -> Callable[..., Any]:
    """The function of that name in the reading layer."""
    from bangfu_excel.read import reader

    return getattr(reader, name, reader.read_file)


def _answer(read: Callable[..., Any], path: Path) -> dict[str, Any]:
    _forget_peak()
    start = time.process_time()
    try:
        workbook, findings = read(path, path.name)
        found = {"faults": faults(workbook, findings), "shape": shape(workbook, findings)}
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {Path(last.filename).name}:{last.name}"
        found = {"faults": [what], "shape": what, "trace": traceback.format_exc()}
    return found | {"seconds": time.process_time() - start, "peak": _peak()}


def shape(workbook: Any, findings: Any) -> str:
    """What came of a file, so coarsely that another damage of the same sort gives the same."""
    codes = sorted({f.code for f in findings})
    if workbook is None:
        return " ".join(codes)
    kinds = sorted({int(t) for s in workbook.sheets for c in s.columns for t in c.types})
    boxes = [(_size(s.height), _size(s.width), _size(len(s.merges)), bool(s.hidden_rows)) for s in workbook.sheets]
    return f"{workbook.format} {codes} {kinds} {boxes}"


def _size(number: int) -> int:
    return int(math.log2(number + 1))


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _forget_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """Most bytes resident since `_forget_peak`; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    main()
