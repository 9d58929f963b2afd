"""Zips as their senders make them: names without the UTF-8 flag, members with a password. zipfile writes neither."""

import io
import struct
import zipfile
import zlib


def zipped(members, encoding="utf-8", password=b""):
    """The bytes of a zip of (name, content) pairs, stored.

    encoding: of the names; of all but "flag" the UTF-8 flag is not set · password: closes every member (ZipCrypto).
    """
    out, central = io.BytesIO(), []
    for name, content in members:
        stored = name.encode("utf-8" if encoding == "flag" else encoding)
        flags = (0x800 if encoding == "flag" else 0) | bool(password)
        crc = zlib.crc32(content)
        data = closed(content, password, crc) if password else content
        fixed = (20, flags, 0, 0, 0x58D1, crc, len(data), len(content), len(stored), 0)
        central.append(struct.pack("<4sH5H3L2H3H2L", b"PK\1\2", 20, *fixed, 0, 0, 0, 0, out.tell()) + stored)
        out.write(struct.pack("<4s5H3L2H", b"PK\3\4", *fixed) + stored + data)
    start = out.tell()
    directory = b"".join(central)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(central), len(central), len(directory), start, 0)
    return out.getvalue() + directory + end


def closed(content, password, crc):
    """ZipCrypto, as APPNOTE 6.1 describes it: twelve bytes ahead, the last of which is checked."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def feed(byte):
        keys[0] = crc32_step(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc32_step(keys[2], keys[1] >> 24)

    for byte in password:
        feed(byte)
    sealed = bytearray()
    for byte in bytes(11) + bytes([crc >> 24]) + content:
        mask = keys[2] | 2
        sealed.append(byte ^ ((mask * (mask ^ 1)) >> 8 & 0xFF))
        feed(byte)
    return bytes(sealed)


def crc32_step(crc, byte):
    return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def deflated(**members):
    """The bytes of an ordinary zip; `/` in a name is written `__`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()
