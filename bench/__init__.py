"""What the portal promises about its speed, measured: ratios and counts, since machines differ."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mvi_portal.settings")
django.setup()
