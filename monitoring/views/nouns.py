"""Which kinds of facts of line D are kept on pages, and what they are called there."""

from __future__ import annotations

from monitoring import forms
from monitoring.forms.published import PublishedFigureForm
from monitoring.locking import locked_because
from monitoring.views.keeping import Noun

FRAME = Noun("frame", forms.FrameForm, "kader", "Kaders", stays=locked_because)
ACTIVITY = Noun("activity", forms.ActivityForm, "activiteit", "Activiteiten")
PAPER = Noun("paper", forms.PaperForm, "stuk", "Stukken")
COMMITMENT = Noun("commitment", forms.CommitmentForm, "toezegging, motie of afspraak", "Toezeggingen")
CONSULTATION = Noun("consultation", forms.ConsultationForm, "overleg", "Raadplegingen")
INDICATOR = Noun("indicator", forms.IndicatorForm, "indicator", "Indicatoren")
POSITION = Noun("position", forms.PositionForm, "standpunt", "Standpunten", key="pk")
COVER = Noun("cover", forms.FinanceCoverForm, "financiële dekking", "Financiële dekking", key="pk")
COMMUNICATION = Noun("communication", forms.CommunicationForm, "communicatiemoment", "Communicatie")
EXAMPLE = Noun("example", forms.ExampleForm, "voorbeeld", "Voorbeelden")
PUBLISHED = Noun("published", PublishedFigureForm, "gepubliceerd cijfer", "Gepubliceerde cijfers", key="pk")
PROGRAMME = Noun("programme", forms.ProgrammeForm, "programma of instrument", "Programma's en instrumenten")
