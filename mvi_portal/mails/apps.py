from django.apps import AppConfig


class MailsConfig(AppConfig):
    name = "mvi_portal.mails"
    verbose_name = "Berichten"

    def ready(self) -> None:
        """The sending is a job like any other."""
        from mvi_portal.core.contributions import tasks as asked
        from mvi_portal.jobs import kinds
        from mvi_portal.mails import tasks  # noqa: F401 - known to the queue
        from mvi_portal.mails.services import SEND
        from mvi_portal.mails.todo import tasks_of

        kinds.register(SEND, label="Berichten versturen", handler="mvi_portal.mails.sending.send_waiting")
        asked.add("mails", tasks_of)
