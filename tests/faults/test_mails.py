"""A worker dies while the mail server has a mail in its hands: the mail goes once, and a person is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from mvi_portal.mails import services
from mvi_portal.mails.models import Mail, State
from tests.factories.mails import MailFactory
from tests.faults.machinery import Worker, wait_for
from tests.postoffice import PostOffice, post_office

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as found:
        yield found


def test_a_killed_worker_sends_no_mail_twice(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch, start_worker: Callable[[], Worker]
) -> None:
    for name, value in office.env.items():
        monkeypatch.setenv(name, value)
    first, second = MailFactory(), MailFactory()
    office.gate.clear()
    with transaction.atomic():
        services.release(mails=[first, second], by=None)
    worker = start_worker()
    wait_for(lambda: len(office.letters) == 1, "the server has the first mail")
    worker.kill()
    office.gate.set()
    start_worker()
    wait_for(lambda: Mail.objects.get(pk=second.pk).state == State.SENT, "the second mail has gone")
    assert Mail.objects.get(pk=first.pk).state == State.DOUBTFUL
    assert len(office.letters) == 2
