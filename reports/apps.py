from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Brieven"

    def ready(self) -> None:
        """The handler is told by its path: only a worker imports what prints."""
        from monitoring.locking import uses
        from mvi_portal.core.contributions import (
            publications,
            search_sources,
            settled,
            tasks,
            timeline_sources,
        )
        from mvi_portal.core.menu import Page, pages
        from mvi_portal.jobs import kinds
        from reports.agreement import contributing as agreement
        from reports.checks.gate import GATE
        from reports.composing.planning import tasks_of
        from reports.content import series
        from reports.finding import NOTES, SEARCHED
        from reports.framing import used
        from reports.happenings import SOURCES
        from reports.notes.checks import COMPLETE, NAMELESS
        from reports.notes.freezing import notes_of
        from reports.papers import collecting
        from reports.papers import documents as paper_documents
        from reports.papers.frozen import LINES, REGISTER
        from reports.parcel import notes as note_documents
        from reports.parcel.letter import documents_of
        from reports.parcel.plan import documents, notes, parts
        from reports.published import last_before
        from reports.settled import settled_by_letters
        from reports.states import gates

        gates.add("notes", COMPLETE)
        gates.add("names-in-notes", NAMELESS)
        notes.add("decision-notes", notes_of)
        gates.add("checks", GATE)
        documents.add("decision-notes", note_documents.documents_of, order=20)
        documents.add("papers", paper_documents.documents_of, order=30)
        parts.add(REGISTER, collecting.register_part)
        parts.add(LINES, collecting.lines_part)
        parts.add(series.PART, series.series_part)
        tasks.add("letter-plans", tasks_of, order=150)
        publications.add("letters", last_before)
        uses.add("letters", used)
        settled.add("letters", settled_by_letters)
        pages.add("letters", Page("Brieven", "reports:letter-list"), order=500)
        kinds.register("letter.build", label="Brief opbouwen", handler="reports.build.build_letter")
        kinds.register("letter.parcel", label="Pakket maken", handler="reports.parcel.building.build_parcel")
        kinds.register("letter.word", label="Word-bestand maken", handler="reports.word.building.build_word")
        kinds.register("letter.pictures", label="Bladzijden tekenen", handler="reports.pictures.draw_pages")
        documents.add("letter", documents_of, order=10)
        agreement.register()
        search_sources.add("reports", SEARCHED, order=500)
        search_sources.add("notes", NOTES, order=500)
        search_sources.add("notes", NOTES, order=500)
        for name, source in SOURCES.items():
            timeline_sources.add(name, source, order=500)
