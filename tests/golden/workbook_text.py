"""A workbook as text that a person can review: sheets, names, print settings, widths, charts, every cell with its look."""

import openpyxl
from openpyxl.utils import get_column_letter


def workbook_text(path):
    """The workbook's text, one line a cell; a formula with the value that it carries."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    lines = [f"properties {formulas.properties.creator} {formulas.properties.modified:%Y-%m-%d}"]
    lines += [f"name {name} {area.attr_text}" for name, area in sorted(formulas.defined_names.items())]
    for sheet in formulas:
        lines += ["", f"sheet {sheet.title}", *_page(sheet), *_rows(sheet, values[sheet.title])]
    return "\n".join(lines) + "\n"


def _page(sheet):
    setup = sheet.page_setup
    yield f"page {setup.orientation} paper {setup.paperSize} fit {setup.fitToWidth}x{setup.fitToHeight}"
    yield f"repeat {sheet.print_title_rows} area {sheet.print_area} freeze {sheet.freeze_panes} filter {sheet.auto_filter.ref}"
    yield f"footer {sheet.oddFooter.left.text} | {sheet.oddFooter.center.text}"
    widths = (f"{letters}={dimension.width:g}" for letters, dimension in sorted(sheet.column_dimensions.items()))
    yield "widths " + " ".join(widths)
    yield from (f"chart {type(chart).__name__} at {_anchor(chart)} {_ranges(chart)}" for chart in sheet._charts)
    yield "merged " + " ".join(sorted(str(area) for area in sheet.merged_cells.ranges))


def _anchor(chart):
    return f"{get_column_letter(chart.anchor._from.col + 1)}{chart.anchor._from.row + 1}"


def _ranges(chart):
    return "; ".join(f"{series.cat.strRef.f} {series.val.numRef.f}" for series in chart.series)


def _rows(sheet, values):
    for row in sheet.iter_rows():
        height = sheet.row_dimensions[row[0].row].height
        yield f"row {row[0].row} height {height:g}" if height else f"row {row[0].row}"
        for cell in row:
            if cell.value is not None:
                yield f"  {cell.coordinate} {_value(cell, values)} [{_look(cell)}]{_link(cell)}"
            elif cell.fill.fill_type:
                yield f"  {cell.coordinate} (empty) [{_look(cell)}]"


def _value(cell, values):
    shown = repr(cell.value) if not hasattr(cell.value, "date") else cell.value.date().isoformat()
    return f"{shown} = {values[cell.coordinate].value!r}" if cell.data_type == "f" else shown


def _look(cell):
    font = cell.font
    parts = [f"{font.name}{font.sz:g}{' bold' if font.b else ''}", cell.number_format, cell.alignment.horizontal or ""]
    parts += [f"comment {cell.comment.text!r}"] if cell.comment else []
    parts += ["wrap"] * bool(cell.alignment.wrap_text) + ["border"] * bool(cell.border.left.style)
    return ", ".join([*parts, *([cell.fill.fgColor.rgb] if cell.fill.fill_type else [])])


def _link(cell):
    return f" -> {cell.hyperlink.target}#{cell.hyperlink.location}" if cell.hyperlink else ""
