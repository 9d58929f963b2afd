"""Workbooks written by hand, for what no library writes."""

import zipfile

import pytest

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ROOT_XML = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)


def _types_xml(count):
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{MAIN}.worksheet+xml"/>'
        for i in range(1, count + 1)
    )
    return (
        f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{MAIN}.sheet.main+xml"/>{sheets}</Types>'
    )


def _workbook_xml(names):
    sheets = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, start=1))
    return f'<?xml version="1.0"?><workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'


def _relations_xml(count):
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, count + 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


@pytest.fixture
def handmade(tmp_path):
    """Writes an xlsx whose sheets (name → content, text or bytes) are given as they shall stand in the zip."""

    def write(name="a.xlsx", extra=None, **sheets):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _types_xml(len(sheets)))
            archive.writestr("_rels/.rels", ROOT_XML)
            archive.writestr("xl/workbook.xml", _workbook_xml(sheets))
            archive.writestr("xl/_rels/workbook.xml.rels", _relations_xml(len(sheets)))
            for i, content in enumerate(sheets.values(), start=1):
                if content is not None:
                    archive.writestr(f"xl/worksheets/sheet{i}.xml", content)
            for part, content in (extra or {}).items():
                archive.writestr(part, content)
        return path

    return write


@pytest.fixture
def sheet_xml():
    """A sheet as Excel writes it, around the rows given."""

    def build(rows, before="", after=""):
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{SPREADSHEET}">{before}'
            f"<sheetData>{rows}</sheetData>{after}</worksheet>"
        )

    return build
