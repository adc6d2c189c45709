"""Bring buyer groups in from a workbook."""

from mvi_portal.core.workbooks.commands import ImportCommand


class Command(ImportCommand):
    help = "Lees buyer groups in uit CSV, XLSX of ODS; met --dry-run alleen om te zien wat er zou veranderen."
    importer = "buyergroups"
