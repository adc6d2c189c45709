"""The plan carried out through the verbs of the register, a signature at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from mvi_portal.core.workbooks import Rule
from mvi_portal.core.workbooks.importing import Order
from signatories import services
from signatories.incoming.plan import Entry, Group
from signatories.models import Organisation, Signatory, Signature

OWN = {"valid_from", "valid_until"}  # of an organisation under a signature; the rest is of the signature

BATCH = 100  # signatures; how far it is, is told between two batches


def apply(groups: Iterable[Group], order: Order, *, compared: int) -> None:
    """What the verbs refuse is told in the rows; the others go on.

    What is only corrected or only signed goes many at a time, after the rest.
    """
    to_save = [group for group in groups if _asks_something(group)]
    new = [group for group in to_save if _is_plainly_new(group)]
    corrected = [group for group in to_save if _is_plainly_corrected(group)]
    rest = [group for group in to_save if not (_is_plainly_new(group) or _is_plainly_corrected(group))]
    rows, done = sum(len(group.usable) for group in to_save), 0
    for batch in [*([group] for group in rest), *_batches(corrected), *_batches(new)]:
        order.saved(done, rows, compared=compared)
        done += sum(len(group.usable) for group in batch)
        _try_all(batch, order)
    order.saved(rows, rows, compared=compared)


def _batches(groups: list[Group]) -> Iterator[list[Group]]:
    for start in range(0, len(groups), BATCH):
        yield groups[start : start + BATCH]


def _is_plainly_new(group: Group) -> bool:
    """A signature that is not there, and that everybody in it is under from the beginning, without an end."""
    dated = any(entry.given.get(name) for entry in group.usable for name in OWN)
    return group.signature is None and not dated and not group.facts["withdrawn_on"]


def _is_plainly_corrected(group: Group) -> bool:
    """Facts of the act itself, for organisations that all stand under it already."""
    changes = {name for entry in group.usable for name, _now, _new in entry.changes}
    stands = all(not entry.is_new for entry in group.usable)
    return group.signature is not None and stands and changes <= set(_CORRECTED)


def _try_all(groups: list[Group], order: Order) -> None:
    """When one of them cannot be, the half that holds it is tried again, until that one tells why itself."""
    if len(groups) == 1:
        _try(groups[0], order)
        return
    try:
        _verb_of_many(groups, order)
    except (ValidationError, IntegrityError):
        half = len(groups) // 2
        _try_all(groups[:half], order)
        _try_all(groups[half:], order)


def _verb_of_many(groups: list[Group], order: Order) -> None:
    """They are all new, or all corrected."""
    if groups[0].signature is None:
        services.sign_all(acts=[_act(group) for group in groups], by=order.by)
        return
    corrections = [
        services.Correction(group.signature, **_as_it_will_be(group.signature, group.facts))
        for group in groups
        if group.signature is not None
    ]
    services.correct_all(corrections=corrections, by=order.by, why=order.why)


def _as_it_will_be(signature: Signature, facts: dict[str, Any]) -> dict[str, Any]:
    """An empty cell leaves what stands there."""
    return {name: facts[name] or getattr(signature, name) for name in _CORRECTED}


def _act(group: Group) -> services.Act:
    facts = group.facts
    return services.Act(
        manifest=group.manifest,
        organisations=[_organisation(entry) for entry in group.usable],
        signed_on=facts["signed_on"],
        office=facts["office"],
        number=facts["number"],
        citation=facts["citation"] or "",
        source=facts["source"] or "",
        slug=group.slug,
    )


def _asks_something(group: Group) -> bool:
    return bool(group.usable) and (
        group.signature is None or any(entry.is_new or entry.changes for entry in group.usable)
    )


def _try(group: Group, order: Order) -> None:
    try:
        with transaction.atomic():
            _carry_out(group, order)
    except ValidationError as error:
        _tell(group.usable, error)
    except IntegrityError:
        message = "Deze handtekening past niet bij wat er in het register staat. Kijk de data en sleutels na."
        _tell(group.usable, ValidationError(message))


def _carry_out(group: Group, order: Order) -> None:
    entries, facts = group.usable, group.facts
    signature = group.signature or _sign(group, entries, facts, order)
    if group.signature is not None:
        _correct(group.signature, entries, facts, order)
    for entry in entries:
        _under(signature, entry, order, signed_now=group.signature is None)


def _sign(group: Group, entries: list[Entry], facts: dict[str, Any], order: Order) -> Signature:
    services.check_signed_on(group.manifest, facts["signed_on"])
    first = [entry for entry in entries if entry.given.get("valid_from") is None]
    if not first:
        raise ValidationError({"valid_from": _SINCE_SIGNING})
    told = {
        "manifest": group.manifest,
        "organisations": [_organisation(entry) for entry in first],
        "signed_on": facts["signed_on"],
        "office": facts["office"],
        "number": facts["number"],
        "citation": facts["citation"] or "",
        "source": facts["source"] or "",
        "by": order.by,
    }
    keyed = {"slug": group.slug} if group.slug else {}
    verb: Any = services.sign if keyed else services.record_signature
    signature: Signature = verb(**told, **keyed)
    if facts["withdrawn_on"]:
        services.withdraw(signature=signature, on=facts["withdrawn_on"], by=order.by, why=order.why)
    return signature


def _correct(signature: Signature, entries: list[Entry], facts: dict[str, Any], order: Order) -> None:
    changed = {name for entry in entries for name, _now, _new in entry.changes} - OWN
    if changed - {"withdrawn_on"}:
        services.check_signed_on(signature.manifest, facts["signed_on"])
        told = _as_it_will_be(signature, facts)
        services.correct_signature(signature=signature, **told, by=order.by, why=order.why)
    if "withdrawn_on" in changed:
        services.withdraw(signature=signature, on=facts["withdrawn_on"], by=order.by, why=order.why)


_CORRECTED = ("signed_on", "office", "number", "citation", "source")


def _under(signature: Signature, entry: Entry, order: Order, *, signed_now: bool) -> None:
    """Joined when it does not stand there yet; its last day when that is told."""
    row, start, until = entry.existing, entry.given.get("valid_from"), entry.given.get("valid_until")
    if row is None and signed_now and start is None:
        row = signature.signatories.filter(organisation=_pk(entry)).first()
    if row is None:
        source = entry.given.get("source") or ""
        told = {"valid_from": start, "source": source, "by": order.by, "why": order.why}
        row = services.join(signature=signature, organisations=[_organisation(entry)], **told)[0]
    if until is not None and until != row.valid_until:
        services.leave(signatory=row, until=until, by=order.by, why=order.why)


_SINCE_SIGNING = (
    "Onder een nieuwe handtekening staat minstens één organisatie vanaf de ondertekening. Laat deze cel leeg "
    "bij wie meteen tekende."
)


def _about() -> dict[str, str]:
    """By what a constraint says, the column that it is about."""
    constraints = [*Signature._meta.constraints, *Signatory._meta.constraints]
    return {
        str(item.violation_error_message): _ABOUT[item.name] for item in constraints if item.name in _ABOUT
    }


_ABOUT = {
    "signature_slug_once": "slug",
    "signature_number_once": "number",
    "signature_withdrawn_on_after_signed_on": "withdrawn_on",
    "signatory_no_overlap": "valid_from",
}


def _pk(entry: Entry) -> int:
    return entry.organisation.pk if entry.organisation else 0


def _organisation(entry: Entry) -> Organisation:
    """As a verb takes it: by its key alone, without another question."""
    who = entry.organisation
    return Organisation(pk=who.pk, key=who.key, kind=who.kind) if who else Organisation()


def _tell(entries: list[Entry], error: ValidationError) -> None:
    """At the column that it is about, in the first row of the signature."""
    told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    record = entries[0].record
    for name, messages in told.items():
        for message in messages:
            about = name if name in record.headings else _about().get(message)
            record.refuse(about if about in record.headings else None, Rule.FITS, message)
    for entry in entries[1:]:
        message = f"Hoort bij dezelfde handtekening als rij {record.row}, en daar klopt iets niet."
        entry.record.refuse(None, Rule.FITS, message)
