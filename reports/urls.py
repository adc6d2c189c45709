"""Letters."""

from django.urls import path

from reports import parcel_urls, views
from reports.agreement.urls import urlpatterns as of_agreement

app_name = "reports"
_NOTE = "<slug:slug>/beslisnotas/<slug:office>/"
urlpatterns = [
    *parcel_urls.urlpatterns,
    path("", views.LetterList.as_view(), name="letter-list"),
    path("export.csv", views.LetterList.as_view(as_csv=True), name="letter-export"),
    path("nieuw/", views.letter_new, name="letter-new"),
    path("beslisnota-sjabloon/", views.template_detail, name="template-detail"),
    path("beslisnota-sjabloon/nieuw/", views.template_edit, name="template-edit"),
    path("<slug:slug>/", views.letter_detail, name="letter-detail"),
    path("<slug:slug>/controles/", views.letter_checks, name="letter-checks"),
    path("<slug:slug>/controles/opzij/", views.check_waive, name="check-waive"),
    path("<slug:slug>/controles/<int:pk>/meetellen/", views.check_count_again, name="check-count-again"),
    path("<slug:slug>/gegevens/", views.letter_edit, name="letter-edit"),
    path("<slug:slug>/verwijderen/", views.letter_remove, name="letter-remove"),
    path("<slug:slug>/onderdelen/", views.part_list, name="part-list"),
    path("<slug:slug>/onderdelen/nieuw/", views.part_new, name="part-new"),
    path("<slug:slug>/onderdelen/<int:pk>/kop/", views.part_rename, name="part-rename"),
    path("<slug:slug>/onderdelen/<int:pk>/verplaatsen/", views.part_move, name="part-move"),
    path("<slug:slug>/onderdelen/<int:pk>/verwijderen/", views.part_remove, name="part-remove"),
    path("<slug:slug>/verder/", views.letter_advance, name="letter-advance"),
    path("<slug:slug>/terug/", views.letter_back, name="letter-back"),
    path("<slug:slug>/voorbeeld/", views.letter_preview, name="letter-preview"),
    path("<slug:slug>/cijfers/", views.letter_figures, name="letter-figures"),
    path("<slug:slug>/onderdelen/<int:pk>/bewerken/", views.section_edit, name="section-edit"),
    path("<slug:slug>/beslisnotas/", views.note_list, name="note-list"),
    path(f"{_NOTE}", views.note_detail, name="note-detail"),
    path(f"{_NOTE}maken/", views.note_make, name="note-make"),
    path(f"{_NOTE}kop/", views.note_edit, name="note-edit"),
    path(f"{_NOTE}voorbeeld/", views.note_preview, name="note-preview"),
    path(f"{_NOTE}<int:pk>/bewerken/", views.note_section_edit, name="note-section-edit"),
    path(f"{_NOTE}<int:pk>/passages/", views.note_passages, name="note-passages"),
    path(f"{_NOTE}<int:pk>/passages/<slug:sha256>/", views.passage_withhold, name="passage-withhold"),
    path(f"{_NOTE}<int:pk>/passages/<slug:sha256>/openbaar/", views.passage_release, name="passage-release"),
    path("<slug:slug>/onderdelen/<int:pk>/concept/", views.section_draft, name="section-draft"),
    path("<slug:slug>/onderdelen/<int:pk>/voorbeeld/", views.section_preview, name="section-preview"),
    path("<slug:slug>/onderdelen/<int:pk>/controles/", views.section_checks, name="section-checks"),
    path("<slug:slug>/onderdelen/<int:pk>/materiaal/", views.section_material, name="section-material"),
    path("<slug:slug>/bouwen/", views.version_build, name="version-build"),
    path("<slug:slug>/versies/<int:number>/", views.version_detail, name="version-detail"),
    path("<slug:slug>/versies/<int:number>/voorbeeld/", views.version_preview, name="version-preview"),
    path("<slug:slug>/versies/<int:number>/cijfers/", views.version_figures, name="version-figures"),
    path("<slug:slug>/versies/<int:number>/voortgang/", views.version_progress, name="version-progress"),
    path("<slug:slug>/versies/<int:number>/afbreken/", views.version_cancel, name="version-cancel"),
    path("<slug:slug>/versies/<int:number>/bladzijden/", views.version_pages, name="version-pages"),
    path("<slug:slug>/<int:number>-<int:page>.png", views.version_picture, name="version-picture"),
    path("<slug:slug>/<int:number>.pdf", views.version_file, name="version-file"),
    *of_agreement,
]
