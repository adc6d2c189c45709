"""The addresses of the letter in Word."""

from __future__ import annotations

from django.urls import path

from reports.views import word as views

_WORD = "<slug:slug>/word/"
urlpatterns = [
    path(_WORD, views.letter_word, name="letter-word"),
    path(f"{_WORD}beslisnota/", views.note_word, name="note-word"),
    path(f"{_WORD}maken/", views.word_make, name="word-make"),
    path(f"{_WORD}voortgang/", views.word_progress, name="word-progress"),
    path(f"{_WORD}<int:pk>.docx", views.word_file, name="word-file"),
    path(f"{_WORD}terug/<int:pk>/", views.word_import, name="word-import"),
    path(f"{_WORD}terug/<int:pk>/overnemen/", views.word_take, name="word-take"),
    path(f"{_WORD}terug/<int:pk>/bestand/", views.word_import_file, name="word-import-file"),
]
