"""A small inbox on the disk, and what a run leaves there."""

import hashlib

import openpyxl

HEADER = ("乡镇", "村", "组", "户编号", "户主姓名", "户主身份证号码", "家庭人口数", "劳动力人数")


def id_number(number):
    """An invented identity number with a valid check digit, of somebody born in 1970."""
    body = f"99010119700101{number:03d}"
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def households(path, *, township="清水镇", first=1, count=3, faulty=False):
    """A clean roster, or one whose first household has 99 people."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for number in range(first, first + count):
        people = 99 if faulty and number == first else 3
        book.active.append(
            (
                township,
                "松树村",
                "1组",
                f"QS{number:04d}",
                "王李张刘陈杨"[number % 6] + "大山",
                id_number(number),
                people,
                1,
            )
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def hashes(folder):
    """Relative path → SHA-256 of every file but run.json."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
