"""Bring values of indicators in from a workbook."""

from mvi_portal.core.workbooks.commands import ImportCommand


class Command(ImportCommand):
    help = "Lees waarden van indicatoren in uit CSV, XLSX of ODS; met --dry-run alleen om te kijken."
    importer = "measurements"
