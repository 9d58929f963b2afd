"""What holds the sheets of the output together: the workbook part, its names, content types, properties."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bangfu_excel.write.book import AUTHOR
from bangfu_excel.write.forms.copied import Copied
from bangfu_excel.write.forms.form import Form
from bangfu_excel.write.forms.rows_moved import Moved, moved_formula, sheets_in
from bangfu_excel.write.package import WORKBOOK, escaped
from bangfu_excel.write.package_links import HEAD, OFFICE, Link, attributes, links_part, links_text, tag
from bangfu_excel.write.package_mark import CUSTOM, CUSTOM_TYPE, marked

_TYPES = "[Content_Types].xml"
_SHEETS = frozenset({"worksheet", "chartsheet", "dialogsheet", "macrosheet", "calcChain"})
_PROPERTIES = "application/vnd.openxmlformats-officedocument"
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_OWN_TYPES = {
    _CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    _APP: f"{_PROPERTIES}.extended-properties+xml",
    CUSTOM: CUSTOM_TYPE,
}
_ROOT = (
    Link("rId1", f"{OFFICE}/officeDocument", WORKBOOK),
    Link("rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", _CORE),
    Link("rId3", f"{OFFICE}/extended-properties", _APP),
    Link("rId4", f"{OFFICE}/custom-properties", CUSTOM),
)
_NAME = re.compile(r"<definedName\b([^>]*)>(.*?)</definedName>", re.S)
_TITLES = "_xlnm.Print_Titles"


@dataclass(frozen=True)
class Shown:
    """A sheet of the output: part · form_sheet: which sheet of the form it is · titles: how the form's sheets are called for its
    cards · moved: sheet of the form → where its rows went, from the first card of the sheet to the last · first: of the first card.
    """

    part: str
    form_sheet: str
    titles: Mapping[str, str]
    moved: Mapping[str, Moved]
    first: Moved

    @property
    def title(self) -> str:
        return self.titles[self.form_sheet]


@dataclass(frozen=True)
class Frame:
    """The output around these sheets."""

    form: Form
    shown: tuple[Shown, ...]
    as_of: dt.date

    def parts(self, copied: Copied) -> dict[str, bytes]:
        """All parts of the output, those of `copied` among them."""
        kept = [
            self._kept(part, number, copied) for number, (_, part) in enumerate(self.form.kept, len(self.shown) + 1)
        ]
        links = [link for link in self.form.package.links(WORKBOOK) if link.kind not in _SHEETS]
        shared = [link if link.external else link.to(copied.share(link.target)) for link in links]
        sheets = [
            Link(f"rIdSheet{number}", f"{OFFICE}/worksheet", part)
            for number, part in enumerate([*(one.part for one in self.shown), *kept], start=1)
        ]
        parts = dict(copied.parts) | {
            WORKBOOK: self._workbook().encode(),
            links_part(WORKBOOK): links_text([*shared, *sheets]).encode(),
            links_part(""): links_text(_ROOT).encode(),
            **{name: text.encode() for name, text in self._properties().items()},
        }
        return parts | {_TYPES: self._types(parts, copied).encode()}

    def _kept(self, part: str, number: int, copied: Copied) -> str:
        """A sheet that nobody sees, as it is, under the next number."""
        own = f"xl/worksheets/sheet{number}.xml"
        copied.parts[own], copied.types[own] = self.form.package.content(part), part
        links = [
            link if link.external else link.to(copied.share(link.target)) for link in self.form.package.links(part)
        ]
        if links:
            copied.parts[links_part(own)] = links_text(links).encode()
        return own

    def _workbook(self) -> str:
        text = self.form.package.text(WORKBOOK)
        text = re.sub(r"<mc:AlternateContent\b.*?</mc:AlternateContent>", "", text, flags=re.S)  # where the form lay
        text = re.sub(r"<(customWorkbookViews|definedNames)\b[^>]*?(?:/>|>.*?</\1>)", "", text, flags=re.S)
        text = re.sub(r'\s(?:activeTab|firstSheet)="\d+"', "", text)
        text = re.sub(r"<calcPr\b[^>]*/>", "", text)
        titles = [(one.title, "") for one in self.shown] + [(name, ' state="hidden"') for name, _ in self.form.kept]
        sheets = "".join(
            f'<sheet name="{escaped(title)}" sheetId="{number}"{state} r:id="rIdSheet{number}"/>'
            for number, (title, state) in enumerate(titles, start=1)
        )
        names = "".join(self._names())
        after = f"<definedNames>{names}</definedNames>" if names else ""
        after += '<calcPr fullCalcOnLoad="1"/>' if any(sheet.has_formulas for sheet in self.form.sheets) else ""
        if not re.search(r'<workbook\b[^>]*\sxmlns:r="', text):
            text = re.sub(r"<workbook\b", f'<workbook xmlns:r="{OFFICE}"', text, count=1)
        return re.sub(
            r"<sheets\b.*?</sheets>(.*?(?:<externalReferences\b.*?</externalReferences>)?)",
            lambda found: f"<sheets>{sheets}</sheets>{found[1]}{after}", text, count=1, flags=re.S,
        )  # fmt: skip

    def _names(self) -> Iterator[str]:
        """The names of the form, said of every sheet that they speak of."""
        text = self.form.package.text(WORKBOOK)
        order = [html.unescape(attributes(one)["name"]) for one in re.findall(r"<sheet\b[^>]*>", text)]
        filled = {sheet.name for sheet in self.form.sheets}
        kept = {name: len(self.shown) + number for number, (name, _) in enumerate(self.form.kept)}
        for start, content in _NAME.findall(text):
            values, formula = attributes(start), html.unescape(content)
            local = values.pop("localSheetId", None)
            of = {order[int(local)]} if local is not None else sheets_in(formula) & set(order)
            if of & filled:
                yield from (
                    _name(values, self._moved(one, formula, values), at)
                    for at, one in enumerate(self.shown)
                    if one.form_sheet in of
                )
            elif not of or of <= set(kept):
                yield _name(values, formula, kept[order[int(local)]] if local is not None else None)

    @staticmethod
    def _moved(one: Shown, formula: str, values: Mapping[str, str]) -> str:
        moved = {**one.moved, one.form_sheet: one.first} if values["name"] == _TITLES else one.moved
        return moved_formula(formula, moved.get, one.titles)

    def _properties(self) -> dict[str, str]:
        day = f"{self.as_of:%Y-%m-%d}T00:00:00Z"
        when = "".join(
            f'<dcterms:{what} xsi:type="dcterms:W3CDTF">{day}</dcterms:{what}>' for what in ("created", "modified")
        )
        core = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escaped(self.form.name)}</dc:title><dc:creator>{AUTHOR}</dc:creator>{when}</cp:coreProperties>"
        )
        office = "http://schemas.openxmlformats.org/officeDocument/2006"
        app = f'<Properties xmlns="{office}/extended-properties"><Application>{AUTHOR}</Application></Properties>'
        return {_CORE: HEAD + core, _APP: HEAD + app, CUSTOM: marked()}

    def _types(self, parts: Mapping[str, bytes], copied: Copied) -> str:
        text = self.form.package.text(_TYPES)
        said = {
            found["PartName"].lstrip("/"): found["ContentType"]
            for found in map(attributes, re.findall(r"<Override\b[^>]*>", text))
        }
        defaults = "".join(re.findall(r"<Default\b[^>]*?/>", text))
        own = {part: kind for part in parts if (kind := _OWN_TYPES.get(part) or said.get(copied.types.get(part, part)))}
        overrides = "".join(tag("Override", {"PartName": f"/{part}", "ContentType": own[part]}) for part in sorted(own))
        return f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}{overrides}</Types>'


def _name(values: Mapping[str, str], formula: str, local: int | None) -> str:
    own = dict(values) | ({} if local is None else {"localSheetId": str(local)})
    return tag("definedName", own, html.escape(formula, quote=False))
