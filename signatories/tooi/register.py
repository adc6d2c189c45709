"""From a register file to records and successions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mvi_portal.core.dates import long_date
from signatories.models import Event, Kind
from signatories.tooi import vocabulary as tooi
from signatories.tooi.errors import Problem, RegisterError
from signatories.tooi.nodes import Document, Node, document, load
from signatories.tooi.records import A_DAY, DatedName, Link, Record, Told, by_start


@dataclass(frozen=True)
class Header:
    """What the file says about itself."""

    title: str
    version: str
    seen_on: date

    def __str__(self) -> str:
        return f"{self.title}, versie {self.version}, zichtdatum {long_date(self.seen_on)}"


@dataclass(frozen=True)
class Register:
    """A file as read: its header, what it tells, and what was passed over."""

    file: str
    header: Header
    told: Told
    events: int
    remarks: tuple[str, ...]

    @property
    def current(self) -> int:
        """How many of its organisations exist on the day of which the file speaks."""
        return sum(record.exists_on(self.header.seen_on) for record in self.told.records)


def read(given: Path | Document) -> Register:
    """Read one official register. Raises RegisterError, with the place of each fault."""
    path = document(given) if isinstance(given, Path) else given
    nodes = load(path)
    header = _header(nodes, path.name)
    source = f"TOOI, {header}"
    records = _records(nodes, source=source, seen_on=header.seen_on)
    events = [node for node in nodes if _event(node)]
    links = _links(events, source=source)
    _refuse(nodes[0].problems)
    if not records:
        raise RegisterError([Problem(path.name, "er staat geen enkele organisatie in dit bestand.")])
    return Register(path.name, header, Told(records, links), len(events), _passed_over(nodes))


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise RegisterError(problems)


def _header(nodes: list[Node], file: str) -> Header:
    headers = [node for node in nodes if tooi.HEADER in node.types]
    if len(headers) != 1:
        text = "dit is geen TOOI-register: de knoop RegisterwaardelijstCompleet ontbreekt."
        raise RegisterError([Problem(file, text)])
    node = headers[0]
    title, version, seen_on = node.text(tooi.TITLE), node.text(tooi.VERSION), node.day(tooi.VIEW_DATE)
    _refuse(node.problems)
    return Header(title, version, seen_on or date.min)


def _class(node: Node) -> str:
    """The class of organisation that the node is; empty for another node."""
    return next((uri for uri in tooi.ORGANISATIONS if uri in node.types), "")


def _event(node: Node) -> Event | None:
    return next((event for uri, event in tooi.EVENTS.items() if uri in node.types), None)


def _records(nodes: list[Node], *, source: str, seen_on: date) -> tuple[Record, ...]:
    former: dict[str, list[Node]] = defaultdict(list)
    current: dict[str, Node] = {}
    for node in nodes:
        if not _class(node):
            continue
        if tooi.FORMER_VERSION in node.types:
            for code in node.codes(tooi.VERSION_OF):
                former[code].append(node)
        elif (code := tooi.local(node.id)) in current:
            node.wrong("deze organisatie staat twee keer in het bestand.")
        else:
            current[code] = node
    for code in former.keys() - current.keys():
        former[code][0].wrong(f"de organisatie {code} staat niet in het bestand.", tooi.VERSION_OF)
    made = (_record(node, former.get(code, [])) for code, node in current.items())
    return tuple(
        replace(
            record,
            names=tuple(replace(name, source=source) for name in record.names),
            source=source,
            seen_on=seen_on,
        )
        for record in made
    )


def _record(node: Node, former: list[Node]) -> Record:
    begin, end = node.day(tooi.BEGIN, required=False), node.day(tooi.END, required=False)
    names = _names(node, former)
    if former:
        # With former versions, the begin date of the node is that of its present version.
        begin = names[0].valid_from
    if begin and end and end < begin:
        node.wrong("de einddatum ligt vóór de begindatum.", tooi.END)
    kind = tooi.ORGANISATIONS[_class(node)][0]
    return Record(_code(node), kind, names, _province(node, kind), begin, end)


def _code(node: Node) -> str:
    code = node.text(tooi.CODE)
    _, prefixes = tooi.ORGANISATIONS[_class(node)]
    if code and not re.fullmatch(rf"({'|'.join(prefixes)})[0-9]+", code):
        node.wrong(f"“{code}” is geen code van de soort {tooi.local(_class(node))}.", tooi.CODE)
    elif code and code != tooi.local(node.id):
        node.wrong(f"de code “{code}” past niet bij deze knoop.", tooi.CODE)
    return code


def _province(node: Node, kind: Kind) -> str:
    codes = node.codes(tooi.PROVINCE, required=kind is Kind.MUNICIPALITY)
    if len(codes) > 1:
        node.wrong("hier mag één provincie staan.", tooi.PROVINCE)
    return codes[0] if codes else ""


def _names(node: Node, former: list[Node]) -> tuple[DatedName, ...]:
    """Former names up to their end, each from the day after the one before; then the present one."""
    earlier = [
        replace(
            _name(version),
            valid_from=version.day(tooi.VERSION_BEGIN, required=False),
            valid_until=version.day(tooi.VERSION_END),
        )
        for version in former
    ]
    names: list[DatedName] = []
    for name in [*sorted(earlier, key=lambda item: item.valid_until or date.min), _name(node)]:
        before = names[-1].valid_until if names else None
        start = before + A_DAY if before else name.valid_from
        if start and name.valid_until and name.valid_until < start:
            node.wrong("de historische versies overlappen elkaar.", tooi.VERSION_END)
        names.append(replace(name, valid_from=start))
    return by_start(names)


def _name(node: Node) -> DatedName:
    return DatedName(
        name=node.text(tooi.NAME, longest=200),
        name_with_kind=node.text(tooi.NAME_WITH_KIND, longest=250),
        sort_name=node.text(tooi.SORT_NAME, longest=200),
        abbreviation=node.text(tooi.ABBREVIATION, required=False, longest=40),
    )


def _links(events: list[Node], *, source: str) -> tuple[Link, ...]:
    """A succession for each predecessor and successor; one that went to several was split."""
    links = [link for node in events for link in _successions(node, source)]
    parts = Counter((link.predecessor, link.on) for link in links)
    return tuple(
        replace(link, event=Event.SPLIT) if parts[link.predecessor, link.on] > 1 else link for link in links
    )


def _successions(node: Node, source: str) -> list[Link]:
    on, event = node.day(tooi.CHANGED_AT), _event(node)
    predecessors = node.codes(tooi.INVALIDATED)
    successors = node.codes(tooi.GENERATED, required=False) + node.codes(tooi.USED, required=False)
    if not successors:
        node.wrong("de gebeurtenis noemt geen opvolger.", tooi.GENERATED)
    if set(predecessors) & set(successors):
        node.wrong("een organisatie kan niet in zichzelf opgaan.", tooi.INVALIDATED)
    if on is None or event is None:
        return []
    place = {"source": source, "file": node.file, "node": tooi.local(node.id)}
    return [Link(old, new, on, event, **place) for old in predecessors for new in successors]


def _passed_over(nodes: list[Node]) -> tuple[str, ...]:
    """Sorts of nodes that we do not know, so that nothing disappears in silence."""
    understood = {tooi.HEADER, tooi.CHANGE_OF_STATE, *tooi.ORGANISATIONS, *tooi.EVENTS}
    unknown = Counter(
        tooi.local(node.types[0]) if node.types else "zonder @type"
        for node in nodes
        if not understood.intersection(node.types)
    )
    return tuple(
        f"{count} × {sort} overgeslagen: deze soort kent de import niet." for sort, count in unknown.items()
    )
