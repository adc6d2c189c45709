"""What a sent letter knew of a figure, what the register tells of it now, and what happened in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldError
from django.db.models import ForeignKey, Model

from monitoring import compared
from monitoring.models import PublishedFigure
from mvi_portal.accounts.changes import ChangeLine, change_lines_among
from mvi_portal.core.dates import long_date
from mvi_portal.core.figures import Figure, registry
from mvi_portal.core.printing.wording import qualified
from reports import frozen, frozen_register
from reports.frozen import FrozenFigure, FrozenLetter
from reports.models import Letter, LetterVersion, SentFile
from reports.models.versions import LetterVersionQuerySet
from reports.render import figures_in

_MOST = 200  # facts whose history is told


@dataclass(frozen=True)
class Sent:
    """A letter as it went: what it printed, when that was frozen, and what the rows were called."""

    letter: Letter
    version: LetterVersion
    printed: FrozenLetter
    names: Mapping[str, str]

    @property
    def frozen_at(self) -> datetime:
        return self.version.freeze.created_at if self.version.freeze else self.version.created_at

    @property
    def on(self) -> date:
        return self.printed.reference_date

    @property
    def figures(self) -> list[FrozenFigure]:
        """Those that its text says."""
        return figures_in(self.printed)

    @property
    def others(self) -> list[FrozenFigure]:
        """What was frozen with them, and stands in its annexes or the documents beside it."""
        said = {figure.key for figure in self.figures}
        return [figure for key, figure in self.printed.figures.items() if key not in said]


def sent_of(letter: Letter) -> Sent | None:
    """None for a letter of which the portal froze nothing that went."""
    row = SentFile.objects.filter(letter=letter).select_related("version__freeze").first()
    version = row.version if row else None
    if version is None or not version.content:
        return None
    names = frozen_register.from_json(version.freeze.content).names if version.freeze else {}
    return Sent(letter, version, frozen.from_json(version.content), names)


@dataclass(frozen=True)
class Then:
    """One figure of a sent letter: as it was printed, and as the register tells it now."""

    figure: FrozenFigure
    again: int | None  # on the same day, by the register of now; None when that does not know it any more
    today: int | None
    came: tuple[str, ...]
    went: tuple[str, ...]

    @property
    def printed(self) -> str:
        return qualified(self.figure, self.figure.value)

    @property
    def is_redefined(self) -> bool:
        key = self.figure.key
        return key in registry and registry.get(key).definition != self.figure.definition

    @property
    def differs(self) -> bool:
        """Whether the same day is told otherwise by now."""
        return bool(self.came or self.went or self.is_redefined) or self.again != self.figure.value


def then(figure: FrozenFigure, on: date, today: date) -> Then:
    """Two queries."""
    if figure.key not in registry:
        return Then(figure, None, None, (), ())
    item = registry.get(figure.key)
    values = dict(item.series({on, today}))
    now, before = set(item.row_keys(on)), set(figure.rows)
    came, went = tuple(sorted(now - before)), tuple(sorted(before - now))
    return Then(figure, values[on], values[today], came, went)


@dataclass(frozen=True)
class Recorded:
    """One change of a fact: of the row that it stands behind, and what kind of fact it is."""

    row: str
    noun: str
    line: ChangeLine


def recorded(key: str, rows: Iterable[str], after: datetime) -> list[Recorded]:
    """What the history holds since then of the facts behind these rows, the newest first."""
    wanted = list(rows)
    if key not in registry or not wanted:
        return []
    figure = registry.get(key)
    facts = _facts(figure, wanted)
    found = list(_lines(facts, after))
    found += _removed(figure, wanted, after)
    return sorted(found, key=lambda item: item.line.at, reverse=True)


def _facts(figure: Figure, rows: Sequence[str]) -> list[tuple[str, Model]]:
    """The facts by the row that they stand behind, and what each leans on: the signature of a signatory."""
    source = figure.source().order_by().filter(**{f"{figure.row_key}__in": rows})
    keys = dict(source.values_list("pk", figure.row_key)[:_MOST])
    model = source.model
    found = [(str(keys[fact.pk]), fact) for fact in model._default_manager.filter(pk__in=keys)]
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and _belongs(model, field):
            by_key = {getattr(fact, field.attname): row for row, fact in found if isinstance(fact, model)}
            parents = field.related_model._default_manager.filter(pk__in=[key for key in by_key if key])
            found += [(by_key[parent.pk], parent) for parent in parents]
    return found


def _belongs(model: type[Model], field: ForeignKey[Any, Any]) -> bool:
    """Of the same app and with a history; an organisation has far more in its own than one figure."""
    related: Any = field.related_model
    return (
        related._meta.app_label == model._meta.app_label
        and hasattr(related, "events")
        and related._meta.model_name != "organisation"
    )


def _lines(facts: Sequence[tuple[str, Model]], after: datetime) -> Iterator[Recorded]:
    for model in dict.fromkeys(type(fact) for _row, fact in facts):
        rows = {str(fact.pk): row for row, fact in facts if type(fact) is model}
        same = [fact for _row, fact in facts if type(fact) is model]
        for key, line in change_lines_among(same, after=after):
            yield Recorded(rows[key], str(model._meta.verbose_name), line)


def _removed(figure: Figure, rows: Sequence[str], after: datetime) -> list[Recorded]:
    """Facts that are gone: only the history knows which row they stood behind."""
    events: Any = figure.source().model._meta.get_field("events").related_model
    gone = events.objects.filter(pgh_label="delete", pgh_created_at__gt=after)
    try:
        gone = gone.filter(**{f"{figure.row_key}__in": rows})
        found = list(gone.values_list(figure.row_key, "pgh_created_at"))
    except FieldError:  # named by what is worked out from several fields
        return []
    noun = str(figure.source().model._meta.verbose_name)
    return [Recorded(str(row), noun, ChangeLine(at, "verwijderd", "", "", ())) for row, at in found]


@dataclass(frozen=True)
class Elsewhere:
    """Another document that said the figure."""

    title: str
    slug: str  # of a letter of the portal
    dated: str
    said: str
    of: str  # the day that it was about
    differs: bool = False


def others(sent: Sent, key: str, versions: LetterVersionQuerySet) -> list[Elsewhere]:
    """Letters that the portal sent and the reader may see, and documents from elsewhere; the latest first."""
    rows = versions.filter(sent_files__isnull=False).exclude(letter=sent.letter).exclude(content="")
    found = [item for row in rows.select_related("letter") if (item := _in_letter(row, key))]
    stated = list(PublishedFigure.objects.filter(figure_key=key).order_by("-dated", "pk"))
    verdicts = compared.compare(stated)
    return found + [
        Elsewhere(
            row.document,
            "",
            str(row.dated),
            row.wording,
            str(row.refers_on),
            verdicts[row.pk].verdict == compared.DIFFERS,
        )
        for row in stated
    ]


def _in_letter(version: LetterVersion, key: str) -> Elsewhere | None:
    printed = frozen.from_json(version.content)
    figure = next((item for item in figures_in(printed) if item.key == key), None)
    if figure is None:
        return None
    letter, said = version.letter, qualified(figure, figure.value)
    days = long_date(printed.dated), long_date(printed.reference_date)
    return Elsewhere(letter.title, letter.slug, days[0], said, days[1])
