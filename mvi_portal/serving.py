"""How gunicorn serves the portal: `python -m mvi_portal.serving OPTIONS… mvi_portal.wsgi`.

With `--config python:mvi_portal.serving` the names below are its settings; `WEB_CONCURRENCY`, its own
variable, is the number of processes.
"""

import os

from mvi_portal import env, settings

bind = "0.0.0.0:8000"  # of a container: the proxy in front is the operator's
threads = 4
preload_app = True  # a wrong setting stops the start once, not each process again and again
worker_tmp_dir = "/dev/shm"  # noqa: S108 - as gunicorn advises: a slow disk must not look like a hang
timeout = 60
graceful_timeout = 30
max_requests, max_requests_jitter = 5000, 500
logconfig_dict = settings.LOGGING


def main() -> None:
    """Gunicorn itself, which reads its variable when it is loaded, and would end in a traceback."""
    os.environ["WEB_CONCURRENCY"] = str(env.whole("WEB_CONCURRENCY", 1, lowest=1, highest=100))
    from gunicorn.app.wsgiapp import run  # type: ignore[import-untyped]

    run(prog="gunicorn")


if __name__ == "__main__":
    main()
