"""A workbook of questions, filled in as a clerk would."""

import openpyxl

HEADER_ROW = 3


def questions(path, sheet):
    """The rows of a sheet of questions: title → text, blank ones left out."""
    page = openpyxl.load_workbook(path)[sheet]
    titles = [cell.value for cell in page[HEADER_ROW]]
    rows = page.iter_rows(min_row=HEADER_ROW + 1, values_only=True)
    return [{title: value for title, value in zip(titles, row, strict=True) if value} for row in rows]


def answer(path, sheet, title, *answers):
    """Fills in a column from its first row, and saves the workbook in its place; the cells that were filled."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    column = [cell.value for cell in page[HEADER_ROW]].index(title) + 1
    for number, text in enumerate(answers):
        page.cell(HEADER_ROW + 1 + number, column).value = text
    book.save(path)
    return [page.cell(HEADER_ROW + 1 + number, column).coordinate for number in range(len(answers))]
