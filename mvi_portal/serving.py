"""How gunicorn serves the portal in production: `gunicorn --config python:mvi_portal.serving mvi_portal.wsgi`.

`WEB_CONCURRENCY` is the number of processes, gunicorn's own variable; the names below are gunicorn's settings.
"""

from mvi_portal import settings

bind = "0.0.0.0:8000"
threads = 4
preload_app = True  # a wrong setting stops the start once, not each process again and again
worker_tmp_dir = "/dev/shm"  # noqa: S108 - gunicorn's own advice: a disk that hangs must not look like a worker
timeout = 60
graceful_timeout = 30
max_requests, max_requests_jitter = 5000, 500
logconfig_dict = settings.LOGGING
