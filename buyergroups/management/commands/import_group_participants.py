"""Bring the participants of buyer groups in from a workbook."""

from mvi_portal.core.workbooks.commands import ImportCommand


class Command(ImportCommand):
    help = "Lees deelnemers van buyer groups in uit CSV, XLSX of ODS; met --dry-run alleen om te kijken."
    importer = "buyergroups-participants"
