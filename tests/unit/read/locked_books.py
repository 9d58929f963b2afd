"""Workbooks with an open password. No library closes an xls, so the two oldest ways of doing it are written out here ([MS-XLS] 2.2.10)."""

import io
import struct
from hashlib import md5

import olefile
import xlwt
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.xor_obfuscation import DocumentXOR
from xlwt.CompoundDoc import XlsDoc

BOF, FILEPASS, BOUNDSHEET, INTERFACE = 0x809, 0x2F, 0x85, 0xE1
SALT = bytes(range(16))
BLOCK = 1024


def closed_xlsx(data, password):
    """The bytes of an xlsx, encrypted as Excel does since 2010."""
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()


def closed_xls(rows, password, method="rc4"):
    """The bytes of an xls with one sheet, closed by RC4 or by XOR."""
    records = _records(_workbook_stream(rows))
    passed = _rc4_pass(password) if method == "rc4" else _xor_pass(password)
    moved = len(passed) + 4
    records = [(kind, _moved(body, moved) if kind == BOUNDSHEET else body) for kind, body in records]
    records.insert(1, (FILEPASS, passed))
    stream = b"".join(struct.pack("<2H", kind, len(body)) + body for kind, body in records)
    mask = _rc4_mask(password, len(stream)) if method == "rc4" else None
    sealed, at = bytearray(), 0
    for kind, body in records:
        at += 4
        clear = len(body) if kind in (BOF, FILEPASS, INTERFACE) else 4 if kind == BOUNDSHEET else 0
        hidden = body[clear:]
        if mask is not None:
            hidden = bytes(a ^ b for a, b in zip(hidden, mask[at + clear :], strict=False))
        else:
            hidden = _xored(hidden, password, at + len(body) + clear)
        sealed += struct.pack("<2H", kind, len(body)) + body[:clear] + hidden
        at += len(body)
    out = io.BytesIO()
    XlsDoc().save(out, bytes(sealed))
    return out.getvalue()


def _workbook_stream(rows):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("户")
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    stream = io.BytesIO()
    book.save(stream)
    with olefile.OleFileIO(io.BytesIO(stream.getvalue())) as container:
        return container.openstream("Workbook").read()


def _records(stream):
    found, at = [], 0
    while stream[at : at + 4].strip(b"\0"):
        kind, size = struct.unpack_from("<2H", stream, at)
        found.append((kind, stream[at + 4 : at + 4 + size]))
        at += 4 + size
    return found


def _moved(body, by):
    return struct.pack("<L", struct.unpack_from("<L", body)[0] + by) + body[4:]


def _rc4(key, data):
    return Cipher(ARC4(key), mode=None).encryptor().update(data)


def _rc4_key(password, block):
    short = md5(password.encode("utf-16-le")).digest()[:5]
    return md5(md5((short + SALT) * 16).digest()[:5] + struct.pack("<L", block)).digest()


def _rc4_pass(password):
    verifier = bytes(range(16, 32))
    return struct.pack("<3H", 1, 1, 1) + SALT + _rc4(_rc4_key(password, 0), verifier + md5(verifier).digest())


def _rc4_mask(password, size):
    """One key for each 1024 bytes of the stream, headers counted though they stay clear."""
    return b"".join(_rc4(_rc4_key(password, block), bytes(BLOCK)) for block in range(size // BLOCK + 1))


def _xor_pass(password):
    verifier = 0
    for byte in reversed([len(password), *map(ord, password)]):
        verifier = ((verifier >> 14 & 1) | (verifier * 2 & 0x7FFF)) ^ byte
    return struct.pack("<3H", 0, DocumentXOR.create_xor_key_method1(password), verifier ^ 0xCE4B)


def _xored(data, password, start):
    array = DocumentXOR.create_xor_array_method1(password)
    return bytes(((byte << 5 | byte >> 3) & 0xFF) ^ array[(start + index) % 16] for index, byte in enumerate(data))
