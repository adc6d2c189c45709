"""Line C: plans, what was received of them, uploads and terms, all of organisations that nobody acts for."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from mvi_portal.accounts.models import Role
from mvi_portal.files.models import Upload
from tests.access.rows import ALL, READERS, Access
from tests.factories.actionplans import ActionPlanFactory, InquiryFactory, PlanVersionFactory
from tests.factories.signatories import ActorFactory, SignatoryFactory

KEEPERS = {Role.SECRETARIAT, Role.EVALUATOR}
SHA256 = "0" * 64


def of_plan(below: str) -> Callable[[], str]:
    def made() -> str:
        plan = ActionPlanFactory.covering(SignatoryFactory().signature)
        return f"/actieplannen/{plan.slug}/{below}"

    return made


def of_version(below: str) -> Callable[[], str]:
    def made() -> str:
        file = default_storage.save("actionplans/plan.pdf", ContentFile(b"%PDF-"))
        version = PlanVersionFactory(
            file=file, filename="plan.pdf", sha256=SHA256, uploaded_at=timezone.now()
        )
        return f"/actieplannen/{version.plan.slug}/versies/{version.number}/{below}"

    return made


def of_term(below: str = "") -> Callable[[], str]:
    def made() -> str:
        signature = SignatoryFactory().signature
        return f"/actieplannen/termijnen/{signature.manifest.slug}/{signature.slug}/{below}"

    return made


def inquiry() -> str:
    made = InquiryFactory(signature=SignatoryFactory().signature)
    of = made.signature
    return f"/actieplannen/termijnen/{of.manifest.slug}/{of.slug}/navraag/{made.pk}/"


def uncover() -> str:
    one = SignatoryFactory().signature
    plan = ActionPlanFactory.covering(one, SignatoryFactory().signature)
    return f"/actieplannen/{plan.slug}/niet-voor/{one.manifest.slug}/{one.slug}/"


def waiting(below: str = "") -> Callable[[], str]:
    def made() -> str:
        upload = Upload.objects.create(
            file=default_storage.save("files/plan.pdf", ContentFile(b"%PDF-")),
            filename="plan.pdf",
            sha256=SHA256,
            size=5,
            purpose="actieplan",
            uploaded_at=timezone.now(),
            uploaded_by=ActorFactory(),
        )
        return f"/actieplannen/uploaden/{upload.token}/{below}"

    return made


def kept(name: str, address: Callable[[], str] | None = None) -> Access:
    """Of a form for who keeps plans."""
    return Access(f"actionplans:{name}", get=KEEPERS, post=KEEPERS, address=address)


ROWS = [
    kept("plan-new"),
    kept("plan-edit", of_plan("bewerken/")),
    kept("plan-ambitions", of_plan("ambities/")),
    kept("plan-cover", of_plan("ook-voor/")),
    Access("actionplans:plan-uncover", get=None, post=KEEPERS, address=uncover),
    kept("version-new", of_plan("versies/nieuw/")),
    kept("version-edit", of_version("bewerken/")),
    kept("version-remove", of_version("weghalen/")),
    Access("actionplans:version-restore", get=None, post=KEEPERS, address=of_plan("versies/9/terugzetten/")),
    Access("actionplans:version-file", get=READERS, address=of_version("bestand/")),
    kept("plan-upload"),
    kept("upload-confirm", waiting()),
    Access("actionplans:upload-drop", get=None, post=KEEPERS, address=waiting("weggooien/")),
    Access("actionplans:term-list", get=ALL),
    Access("actionplans:term-export", get=ALL),
    Access("actionplans:term-detail", get=READERS, address=of_term()),
    kept("delay-edit", of_term("uitstel/")),
    kept("inquiry-new", of_term("navraag/nieuw/")),
    kept("inquiry-edit", inquiry),
]
