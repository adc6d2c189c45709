"""Tables in and out: CSV, XLSX and ODS; wrong cells told; formulas that never run; the same bytes twice."""

from mvi_portal.core.workbooks.cells import bare, guarded
from mvi_portal.core.workbooks.columns import Column, Kind
from mvi_portal.core.workbooks.commented import Returned, commented
from mvi_portal.core.workbooks.errors import CellError, FileRefused, Rule, Wrong
from mvi_portal.core.workbooks.reading import read
from mvi_portal.core.workbooks.records import Record, Records, record_sheet, records
from mvi_portal.core.workbooks.sheets import Book, Form, Sheet
from mvi_portal.core.workbooks.templates import template
from mvi_portal.core.workbooks.writing import Page, write, write_book

__all__ = [
    "Book",
    "CellError",
    "Column",
    "FileRefused",
    "Form",
    "Kind",
    "Page",
    "Record",
    "Records",
    "Returned",
    "Rule",
    "Sheet",
    "Wrong",
    "bare",
    "commented",
    "guarded",
    "read",
    "record_sheet",
    "records",
    "template",
    "write",
    "write_book",
]
