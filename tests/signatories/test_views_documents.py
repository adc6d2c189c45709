"""The document of a signature: brought, given back, taken away; never to a stranger."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mvi_portal.accounts.models import Role
from mvi_portal.files.models import Upload
from mvi_portal.history.reading import changes_of
from signatories.models import Signature, SignatureDocument
from tests.factories.signatories import (
    ActorFactory,
    RepresentativeFactory,
    SignatoryFactory,
    SignatureDocumentFactory,
)
from tests.signatories.keeping import secretariat, text

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
)
PDF += (
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
)


@pytest.fixture
def keeper() -> Client:
    return secretariat()


@pytest.fixture
def signature() -> Signature:
    made: Signature = SignatoryFactory().signature
    return made


def page_of(signature: Signature) -> str:
    return f"/ondertekenaars/{signature.manifest.slug}/{signature.slug}/"


def upload(client: Client, signature: Signature, content: bytes = PDF, name: str = "getekend.pdf") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(f"{page_of(signature)}documenten/nieuw/", {"file": file, "source": "Archief"})


def test_a_document_is_added_and_given_to_who_may_read_the_signature(
    keeper: Client, client: Client, signature: Signature
) -> None:
    assert upload(keeper, signature).status_code == 302
    document = SignatureDocument.objects.get()
    assert changes_of(document)[0].action == "signature.document_added"
    page = text(keeper.get(page_of(signature)))
    assert "getekend.pdf" in page
    address = f"{page_of(signature)}documenten/{document.pk}/"
    assert address in page
    client.force_login(ActorFactory())
    answer: Any = client.get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="getekend.pdf"'


def test_who_may_not_read_the_signature_never_gets_a_byte(client: Client) -> None:
    document = SignatureDocumentFactory()
    address = f"{page_of(document.signature)}documenten/{document.pk}/"
    own = SignatoryFactory().organisation
    client.force_login(RepresentativeFactory(user__role=Role.CONTACT, organisation=own).user)
    assert client.get(address).status_code == 404
    other = SignatoryFactory(organisation=own).signature
    assert client.get(f"{page_of(other)}documenten/{document.pk}/").status_code == 404


def test_the_same_file_twice_is_refused_and_a_wrong_file_is_told(
    keeper: Client, signature: Signature
) -> None:
    upload(keeper, signature)
    again = upload(keeper, signature, name="nog-eens.pdf")
    assert again.status_code == 400
    assert "Dit bestand staat al bij deze handtekening." in text(again)
    wrong = upload(keeper, signature, content=b"geen pdf")
    assert wrong.status_code == 400
    assert "Kies een bestand van de soort" in text(wrong)
    assert "Kies een bestand." in text(keeper.post(f"{page_of(signature)}documenten/nieuw/", {}))
    assert SignatureDocument.objects.count() == 1
    assert Upload.objects.count() == 1  # what was sent twice waits, and goes by itself


def test_a_document_is_taken_away_after_asking(keeper: Client, signature: Signature) -> None:
    document = SignatureDocumentFactory(signature=signature)
    address = f"{page_of(signature)}documenten/{document.pk}/verwijderen/"
    assert "getekend.pdf gaat weg" in text(keeper.get(address))
    assert keeper.post(address).status_code == 302
    assert not SignatureDocument.objects.exists()
    assert keeper.post(address).status_code == 404


def test_a_reader_sees_no_empty_place_for_documents(client: Client, signature: Signature) -> None:
    client.force_login(ActorFactory())
    assert "Documenten" not in text(client.get(page_of(signature)))
