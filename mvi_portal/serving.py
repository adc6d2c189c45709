"""How gunicorn serves the portal: `gunicorn --config python:mvi_portal.serving mvi_portal.wsgi`.

The names below are gunicorn's settings; `WEB_CONCURRENCY`, its own variable, is the number of processes.
"""

from mvi_portal import settings

bind = "0.0.0.0:8000"  # of a container: the proxy in front is the operator's
threads = 4
preload_app = True  # a wrong setting stops the start once, not each process again and again
worker_tmp_dir = "/dev/shm"  # noqa: S108 - as gunicorn advises: a slow disk must not look like a hang
timeout = 60
graceful_timeout = 30
max_requests, max_requests_jitter = 5000, 500
logconfig_dict = settings.LOGGING
