"""Uploads are parked, kept, thrown away and scanned."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from actionplans.models import PlanVersion
from mvi_portal.accounts.models import User
from mvi_portal.core.reference import ReferenceDateMiddleware
from mvi_portal.core.uploads import Scan
from mvi_portal.files import services, tasks
from mvi_portal.files.answers import answer_stored
from mvi_portal.files.fields import UploadField, UploadForm
from mvi_portal.files.models import FileScan, Upload
from tests.documents import docx, pdf, sent
from tests.factories.actionplans import ActionPlanFactory
from tests.factories.signatories import ActorFactory

pytestmark = pytest.mark.django_db


class LetterForm(UploadForm, forms.Form):
    title = forms.CharField()
    file = UploadField()
    annex = UploadField(required=False)


@pytest.fixture
def somebody() -> User:
    made: User = ActorFactory()
    return made


def form(by: User, data: dict[str, str], **files: Any) -> LetterForm:
    return LetterForm(data, MultiValueDict({name: [file] for name, file in files.items()}), by=by)


def token_of(upload: Upload) -> dict[str, str]:
    return {"file-token": str(upload.token)}


def test_a_file_survives_a_fault_in_another_field(somebody: User) -> None:
    first = form(somebody, {"title": ""}, file=sent(pdf(), "plan.pdf"))
    assert not first.is_valid()
    (upload,) = Upload.objects.all()
    assert f'name="file-token" value="{upload.token}"' in str(first["file"])
    assert "plan.pdf" in str(first["file"])
    second = form(somebody, {"title": "Plan", **token_of(upload)})
    assert second.is_valid()
    assert second.cleaned_data["file"] == upload


def test_a_token_is_of_use_only_to_who_sent_the_file(somebody: User) -> None:
    theirs = services.park(file=sent(pdf()), by=ActorFactory())
    assert "Kies het opnieuw" in str(form(somebody, {"title": "Plan", **token_of(theirs)}).errors)
    assert Upload.objects.filter(pk=theirs.pk).exists()


def test_another_file_takes_its_place_and_a_bad_one_does_not(somebody: User) -> None:
    kept = services.park(file=sent(pdf()), by=somebody)
    bad = form(somebody, {"title": "Plan", **token_of(kept)}, file=sent(b"niets", "foto.gif"))
    assert "PDF, ODT of DOCX" in str(bad.errors)
    assert str(kept.token) in str(bad["file"])
    better = form(somebody, {"title": "Plan", **token_of(kept)}, file=sent(docx(), "plan.docx"))
    assert better.is_valid()
    assert list(Upload.objects.values_list("filename", flat=True)) == ["plan.docx"]


def test_a_file_that_need_not_be_there_can_be_left_out(somebody: User) -> None:
    kept = services.park(file=sent(pdf()), by=somebody)
    annex = services.park(file=sent(docx(), "bijlage.docx"), by=somebody)
    typed = {"title": "Plan", **token_of(kept), "annex-token": str(annex.token)}
    assert "Laat dit bestand weg" in str(bound(somebody, typed)["annex"])
    without = form(somebody, {**typed, "annex-weg": "on"})
    assert without.is_valid()
    assert without.cleaned_data["annex"] is None
    assert Upload.objects.get() == kept


def bound(by: User, typed: dict[str, str]) -> LetterForm:
    made = form(by, typed)
    assert made.is_valid()
    return made


def test_a_file_is_asked_for_in_words(somebody: User) -> None:
    asked = form(somebody, {"title": "Plan"})
    assert "Kies een bestand." in str(asked.errors)
    assert asked.fields["file"].help_text == "PDF, ODT of DOCX, hooguit 50 MB."
    assert asked.is_multipart()


def test_what_is_kept_beside_a_row_is_parked_no_more(somebody: User) -> None:
    content = pdf(pages=2)
    upload = services.park(file=sent(content, "Plan van Aardorp.pdf"), by=somebody)
    version = PlanVersion(plan=ActionPlanFactory(), received_on=timezone.localdate())
    services.keep(upload=upload, row=version)
    version.save()
    assert (version.filename, version.pages, version.uploaded_by) == ("Plan van Aardorp.pdf", 2, somebody)
    assert version.sha256 == hashlib.sha256(content).hexdigest()
    assert version.file.read() == content
    assert "Aardorp" not in version.path
    with pytest.raises(ValidationError, match="al verwerkt"):
        services.keep(upload=upload, row=version)


def test_what_nobody_comes_back_for_is_thrown_away(
    somebody: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    old = services.park(file=sent(pdf()), by=somebody)
    staying = services.park(file=sent(docx(), "b.docx"), by=somebody, purpose="plan", stays=True)
    Upload.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.tidy()
    assert list(Upload.objects.all()) == [staying]
    assert not default_storage.exists(old.path)
    assert default_storage.exists(staying.path)
    assert list(Upload.objects.of(somebody).waiting("plan")) == [staying]


def test_without_a_scanner_development_says_so_and_production_waits(
    somebody: User, settings: Settings
) -> None:
    here = services.park(file=sent(pdf()), by=somebody)
    assert services.scan_of(here) is Scan.NONE
    settings.UPLOADS_NEED_SCAN = True
    there = services.park(file=sent(docx(), "b.docx"), by=somebody)
    assert services.scan_of(there) is Scan.WAITING
    assert not Scan.WAITING.is_open
    assert services.scan_waiting() == 0


def kept(somebody: User, content: bytes) -> PlanVersion:
    version = PlanVersion(plan=ActionPlanFactory(), received_on=timezone.localdate())
    services.keep(upload=services.park(file=sent(content, "plan é.pdf"), by=somebody), row=version)
    version.save()
    return version


def asked_for(version: PlanVersion, by: User) -> Any:
    request = RequestFactory().get("/")
    request.user = by
    ReferenceDateMiddleware(lambda _request: HttpResponse())(request)
    return answer_stored(request, version)


def test_a_file_is_given_only_when_the_scanner_has_seen_it(somebody: User, settings: Settings) -> None:
    settings.UPLOADS_NEED_SCAN = True
    version = kept(somebody, pdf())
    waiting = asked_for(version, somebody)
    assert waiting.status_code == 409
    assert "wordt nog gescand" in waiting.content.decode()
    FileScan.objects.update(state=Scan.INFECTED)
    assert asked_for(version, somebody).status_code == 410
    FileScan.objects.update(state=Scan.CLEAN)
    assert b"".join(asked_for(version, somebody).streaming_content) == version.file.open().read()


def test_a_file_that_the_storage_lost_is_not_found(somebody: User) -> None:
    version = kept(somebody, pdf())
    default_storage.delete(version.path)
    with pytest.raises(Http404):
        asked_for(version, somebody)
    with pytest.raises(Http404):
        asked_for(PlanVersion(), somebody)
