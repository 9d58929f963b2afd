"""Workbooks with pictures, made by code."""

import io
import struct
import zipfile
import zlib

import xlsxwriter


def png(shade=0):
    """A picture of one point."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" + bytes([shade, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def write_book(path, rows, floating=(), in_cells=(), heights=None):
    """rows of text from A1 · floating: (row, column, options) · in_cells: (row, column); all from 0."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("走访记录")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for row, height in (heights or {}).items():
        sheet.set_row(row, height)
    for shade, (row, column, options) in enumerate(floating, start=1):
        sheet.insert_image(row, column, f"{shade}.png", {"image_data": io.BytesIO(png(shade)), **options})
    for shade, (row, column) in enumerate(in_cells, start=101):
        sheet.embed_image(row, column, f"{shade}.png", {"image_data": io.BytesIO(png(shade))})
    book.close()
    return path


def write_wps_book(path, rows, dispimg):
    """As WPS writes pictures in cells: a formula and cellimages.xml. dispimg: (row, column) → name of the picture."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("走访记录")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for (row, column), name in dispimg.items():
        sheet.write_formula(row, column, f'=_xlfn.DISPIMG("{name}",1)', None, f'=DISPIMG("{name}",1)')
    book.close()
    return _with_cell_images(path, sorted(set(dispimg.values())))


def _with_cell_images(path, names):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    pictures = "".join(
        f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{i}" name="{name}"/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="rId{i}"/></xdr:blipFill></xdr:pic></etc:cellImage>'
        for i, name in enumerate(names, start=1)
    )
    parts["xl/cellimages.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><etc:cellImages '
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData">{pictures}</etc:cellImages>'
    ).encode()
    parts["xl/_rels/cellimages.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{i}" Target="media/wps{i}.png" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
            for i in range(1, len(names) + 1)
        )
        + "</Relationships>"
    ).encode()
    for i in range(1, len(names) + 1):
        parts[f"xl/media/wps{i}.png"] = png(200 + i)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
