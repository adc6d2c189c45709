"""The secretariat sends a workbook, sees what would become of it, and then takes it in; each once."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mvi_portal.accounts.models import Role, User
from mvi_portal.core.uploads import Scan
from mvi_portal.core.workbooks import Form, read
from mvi_portal.files.models import FileScan, Upload
from mvi_portal.imports import services as imports
from mvi_portal.imports.models import Import, State
from mvi_portal.jobs import services
from mvi_portal.jobs.models import Job
from mvi_portal.jobs.models import State as JobState
from signatories.models import Signatory, Signature
from tests.documents import unwritable_workbook
from tests.factories.imports import ImportFactory
from tests.factories.signatories import ActorFactory, ManifestFactory, OrganisationFactory
from tests.signatories.incoming.books import workbook

pytestmark = pytest.mark.django_db
NEW = "/ondertekenaars/importeren/"
DAY = date(2023, 2, 15)


@pytest.fixture(autouse=True)
def register() -> None:
    ManifestFactory(slug="mvoi")
    for key, name in (("gm1", "Heerlen"), ("gm2", "Utrecht"), ("pv2", "Utrecht")):
        OrganisationFactory(key=key, called__name=name)


@pytest.fixture
def user() -> User:
    user: User = ActorFactory(role=Role.SECRETARIAT)
    return user


@pytest.fixture
def client(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_the_menu_tells_where_a_file_comes_in(client: Client) -> None:
    sent = ImportFactory(importer="signatories", by=User.objects.get())
    for place in (NEW, f"/inlezen/{sent.pk}/"):
        assert 'aria-current="page">Ondertekenaars' in client.get(place).text
    assert 'aria-current="page">Monitoring' in client.get("/inlezen/nieuw/measurements/").text


def row(code: str = "", name: str = "") -> list[object]:
    return [code, name, "", "mvoi", "", DAY]


def send(client: Client, content: bytes, name: str = "lijst.csv") -> Import:
    answer = client.post(NEW, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    sent = Import.objects.latest("pk")
    assert answer["Location"] == f"/inlezen/{sent.pk}/"
    return sent


def done(sent: Import) -> str:
    """Let the worker do what is asked, and open the page."""
    assert sent.job_id is not None
    services.work(Import.objects.get(pk=sent.pk).job_id or 0, worker="proef")
    sent.refresh_from_db()
    client = Client()
    client.force_login(sent.by)
    answer = client.get(f"/inlezen/{sent.pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def press(client: Client, sent: Import, verb: str, **given: str) -> Any:
    answer = client.post(f"/inlezen/{sent.pk}/{verb}/", given, follow=True)
    sent.refresh_from_db()
    return answer


def test_a_good_file_is_shown_first_and_then_taken_in_once(client: Client, user: User) -> None:
    sent = send(client, workbook([row("gm1"), row("gm2")]))
    assert "wordt nagekeken" in client.get(f"/inlezen/{sent.pk}/").content.decode()
    html = done(sent)
    assert "Sla alles op (2 rijen)" in html
    assert "Heerlen" in html
    assert not Signature.objects.exists()
    press(client, sent, "opslaan", rijen="alle")
    again = press(client, sent, "opslaan", rijen="alle")
    assert "nog bezig" in again.content.decode()
    assert "De rijen zijn opgeslagen" in done(sent)
    assert Signatory.objects.count() == 2
    assert "al opgeslagen" in press(client, sent, "opslaan", rijen="alle").content.decode()
    services.work(sent.job_id or 0, worker="nog een")
    assert Signatory.objects.count() == 2


def test_a_wrong_row_is_told_the_file_comes_back_and_only_the_good_rows_go_in(client: Client) -> None:
    sent = send(client, workbook([row("gm1"), row("gm404")], form=Form.XLSX), "lijst.xlsx")
    html = done(sent)
    assert "De code gm404 staat niet in het register" in html
    assert "Sla alleen de goede rijen op (1)" in html
    assert "fouten-lijst.xlsx" in html
    answer: Any = client.get(f"/inlezen/{sent.pk}/bestand/")
    back = b"".join(answer.streaming_content)
    assert [sheet.name for sheet in read(back).sheets][-1] == "Fouten"
    assert "staan nog fouten" in press(client, sent, "opslaan", rijen="alle").content.decode()
    press(client, sent, "opslaan", rijen="goede")
    done(sent)
    assert (sent.state, Signatory.objects.count()) == (State.WRITTEN, 1)


def test_a_doubtful_name_is_asked_on_the_page(client: Client) -> None:
    sent = send(client, workbook([row(name="Utrecht")]))
    html = done(sent)
    assert "Rij 2: wie bedoelt u met “Utrecht”?" in html
    assert "Sla al" not in html
    assert "nog geen keuze" in press(client, sent, "antwoorden").content.decode()
    assert press(client, sent, "antwoorden", **{"row-2": "gm404"}).status_code == 400
    press(client, sent, "antwoorden", **{"row-2": "gm2"})
    assert "Sla alles op (1 rij)" in done(sent)
    press(client, sent, "opslaan", rijen="alle")
    done(sent)
    assert Signatory.objects.get().organisation.key == "gm2"


def test_a_file_that_cannot_be_read_says_why_and_nothing_can_be_saved(client: Client) -> None:
    sent = send(client, "naam\nSúdwest".encode("cp1252"))
    html = done(sent)
    assert "Windows-1252" in html
    assert "Sla al" not in html
    assert "niets om op te slaan" in press(client, sent, "opslaan", rijen="goede").content.decode()
    assert client.get(f"/inlezen/{sent.pk}/bestand/").status_code == 404


def test_a_file_that_cannot_go_back_still_has_its_errors_told(client: Client) -> None:
    book = workbook([row("gm1"), row("gm404")], form=Form.XLSX)
    html = done(sent := send(client, unwritable_workbook(book), "lijst.xlsx"))
    assert "De code gm404 staat niet in het register" in html
    assert "Uw bestand komt niet met opmerkingen terug: zijn opmaak" in html
    assert "fouten-lijst.xlsx" not in html
    assert sent.state == State.CHECKED


def test_what_stands_there_already_needs_no_saving(client: Client) -> None:
    book = workbook([row("gm1")])
    sent = send(client, book)
    done(sent)
    press(client, sent, "opslaan", rijen="alle")
    done(sent)
    assert "Er is niets om op te slaan" in done(send(client, book))


def test_the_register_changed_since_the_trial(client: Client) -> None:
    sent = send(client, workbook([row("gm1")]))
    done(sent)
    press(client, sent, "opslaan", rijen="alle")
    OrganisationFactory._meta.model.objects.filter(key="gm1").update(key="gm1x")
    html = done(sent)
    assert sent.state == State.CHECKED
    assert "gewijzigd nadat het bestand werd nagekeken" in html
    assert not Signature.objects.exists()


@pytest.mark.parametrize(("content", "words"), [(None, "Kies een bestand"), (b"", "bestand is leeg")])
def test_no_file_or_an_empty_one_is_said_at_once(client: Client, content: bytes | None, words: str) -> None:
    given = {} if content is None else {"file": SimpleUploadedFile("leeg.csv", content)}
    answer = client.post(NEW, given)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_it_can_be_cancelled_and_tried_again(client: Client) -> None:
    sent = send(client, workbook([row("gm1")]))
    assert "afgebroken" in press(client, sent, "afbreken").content.decode()
    assert "al klaar" in press(client, sent, "afbreken").content.decode()
    press(client, sent, "opnieuw")
    assert "Sla alles op" in done(sent)


def test_a_browser_follows_how_far_it_is(client: Client) -> None:
    sent = send(client, workbook([row("gm1")]))
    address = f"/inlezen/{sent.pk}/voortgang/"
    assert client.get(address).status_code == 302
    part = client.get(address, headers={"HX-Request": "true"})
    assert "wachtrij" in part.content.decode()
    assert f'hx-get="{address}"' in part.content.decode()
    done(sent)
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_who_may_no_longer_keep_the_register_takes_nothing_in(client: Client, user: User) -> None:
    sent = send(client, workbook([row("gm1")]))
    done(sent)
    press(client, sent, "opslaan", rijen="alle")
    User.objects.filter(pk=user.pk).update(role=Role.READER)
    services.work(sent.job_id or 0, worker="proef")
    assert Job.objects.get(imports=sent).state == JobState.FAILED
    assert not Signature.objects.exists()


def test_a_file_that_is_gone_fails_with_what_to_do(client: Client) -> None:
    sent = send(client, workbook([row("gm1")]))
    sent.file.storage.delete(str(sent.file.name))
    assert "Stuur het opnieuw" in done(sent)


@pytest.mark.parametrize("form", list(Form))
def test_the_template_can_be_had_in_each_form(client: Client, form: Form) -> None:
    answer = client.get("/inlezen/nieuw/signatories/sjabloon/", {"formaat": form})
    assert read(answer.content).form is form
    assert client.get("/inlezen/nieuw/onbekend/sjabloon/").status_code == 404


def test_files_disappear_and_what_they_brought_stays(client: Client) -> None:
    sent = send(client, workbook([row("gm1")]))
    path = sent.file.path
    done(sent)
    now = timezone.now()
    assert imports.expire(now=now) == 0
    assert imports.expire(now=now + timedelta(days=15)) == 1
    assert not Import.objects.exists()
    with pytest.raises(FileNotFoundError):
        ImportFactory().file.storage.open(path)


@pytest.mark.parametrize("needed", [True, False])
def test_without_a_virus_scanner_nothing_is_taken_where_there_must_be_one(
    client: Client, settings: Any, needed: bool
) -> None:
    settings.UPLOADS_NEED_SCAN = needed
    answer = client.post(NEW, {"file": SimpleUploadedFile("lijst.csv", workbook([row("gm1")]))})
    assert answer.status_code == (400 if needed else 302)
    assert Import.objects.exists() is not needed


def parked(answer: Any) -> dict[str, str]:
    """The hidden fields of a form that came back, as a browser without a script sends them again."""
    return dict(re.findall(r'name="(\w+-token)" value="([^"]+)"', answer.content.decode()))


def test_a_file_waits_for_the_scanner_and_need_not_be_chosen_again(client: Client, settings: Any) -> None:
    settings.UPLOADS_NEED_SCAN = True
    answer = client.post(NEW, {"file": SimpleUploadedFile("lijst.csv", workbook([row("gm1")]))})
    assert "Uw bestand is bewaard" in answer.content.decode()
    assert client.post(NEW, parked(answer)).status_code == 400
    FileScan.objects.update(state=Scan.CLEAN)
    assert client.post(NEW, parked(answer)).status_code == 302
    sent = Import.objects.get()
    assert (sent.name, sent.file.read()) == ("lijst.csv", workbook([row("gm1")]))
    assert not Upload.objects.exists()


def test_what_the_scanner_rejects_later_is_thrown_away(client: Client, settings: Any) -> None:
    settings.UPLOADS_NEED_SCAN = True
    answer = client.post(NEW, {"file": SimpleUploadedFile("lijst.csv", b"code")})
    FileScan.objects.update(state=Scan.INFECTED)
    again = client.post(NEW, parked(answer))
    assert "een virus gevonden" in again.content.decode()
    assert parked(again) == {}
    assert not Upload.objects.exists()


def test_a_good_workbook_stays_when_the_zip_beside_it_is_refused() -> None:
    client, address = Client(), "/inlezen/nieuw/evaluations/"
    client.force_login(ActorFactory(role=Role.EVALUATOR))
    content = b"actieplan;ronde"
    files = {"file": SimpleUploadedFile("in.csv", content), "beside": SimpleUploadedFile("in.zip", b"")}
    answer = client.post(address, files)
    assert answer.status_code == 400
    assert "Bewaard:" in answer.content.decode()
    whole = {**parked(answer), "beside": SimpleUploadedFile("in.zip", b"PK")}
    assert client.post(address, whole).status_code == 302
    sent = Import.objects.get()
    assert (sent.file.read(), sent.beside.read()) == (content, b"PK")


@pytest.mark.parametrize("role", list(Role))
def test_evaluations_come_in_by_who_evaluates_and_by_nobody_else(role: Role) -> None:
    client, address = Client(), "/inlezen/nieuw/evaluations/"
    client.force_login(ActorFactory(role=role))
    sent = {"file": SimpleUploadedFile("lijst.csv", b"actieplan;ronde")}
    answers = [
        client.get(address),
        client.post(address, sent),
        *(client.get(f"{address}sjabloon/", {"formaat": form}) for form in Form),
    ]
    evaluates = role is Role.EVALUATOR
    codes = [answer.status_code for answer in answers]
    assert codes == ([200, 302, 200, 200, 200] if evaluates else [403] * 5)
    assert Import.objects.count() == int(evaluates)


def test_what_was_sent_before_is_counted_and_all_of_it_can_be_found(client: Client, user: User) -> None:
    assert "Eerder gestuurd" not in client.get(NEW).content.decode()
    for number in range(5):
        send(client, b"x", f"lijst-{number}.csv")
    assert "<h2>Eerder gestuurd</h2>" in client.get(NEW).content.decode()
    send(client, b"x", "lijst-5.csv")
    html = client.get(NEW).content.decode()
    assert "Eerder gestuurd, de laatste 5 van 6" in html
    assert "lijst-0.csv" not in html
    found = re.search(r'href="([^"]+)">Alles wat u stuurde', html)
    assert found
    everything = client.get(found[1]).content.decode()
    assert all(f"lijst-{number}.csv" in everything for number in range(6))


def test_a_moment_is_told_by_the_clock_here() -> None:
    """Half past eleven in the evening in the machines' time is the next day."""
    by = ActorFactory(role=Role.SECRETARIAT)
    late = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    sent = ImportFactory(by=by, created_at=late)
    client = Client()
    client.force_login(by)
    page = client.get(f"/inlezen/{sent.pk}/").text
    assert "27 november 2026, 00:30 uur" in page
    assert "26 november 2026" not in page
