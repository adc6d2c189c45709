"""Bring signatories in from a workbook."""

from mvi_portal.core.workbooks.commands import ImportCommand


class Command(ImportCommand):
    help = (
        "Lees ondertekenaars in uit CSV, XLSX of ODS; met --dry-run alleen om te zien wat er zou veranderen."
    )
    importer = "signatories"
