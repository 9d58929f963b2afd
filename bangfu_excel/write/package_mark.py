"""The custom property by which a workbook that was drawn elsewhere and filled here is known as no submission."""

from __future__ import annotations

import re

from bangfu_excel.write.book import OUTPUT
from bangfu_excel.write.package import Package, inserted
from bangfu_excel.write.package_links import HEAD, tag

CUSTOM = "docProps/custom.xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NONE = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"></Properties>'
)


def mark(package: Package) -> None:
    """The workbook bears the mark, beside what properties it has."""
    if CUSTOM not in package:
        package.declare(CUSTOM, CUSTOM_TYPE)
        package.relate("", "custom-properties", CUSTOM)
    package.put(CUSTOM, marked(package.text(CUSTOM) if CUSTOM in package else _NONE))


def marked(properties: str = _NONE) -> str:
    """The part of custom properties with the mark among them."""
    if f'name="{OUTPUT}' in properties:
        return properties
    text = re.sub(r"<Properties\b([^>]*)/>", r"<Properties\1></Properties>", properties)
    number = max(map(int, re.findall(r'\bpid="(\d+)"', text)), default=1) + 1
    values = {"fmtid": _FORMAT_ID, "pid": str(number), "name": OUTPUT}
    return inserted(text, "</Properties>", tag("property", values, "<vt:lpwstr>1</vt:lpwstr>"))
