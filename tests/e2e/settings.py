"""Ours as `make demo` has them, with a hasher that does not make every sign-in slow."""

from mvi_portal.settings import *  # noqa: F403 - all of them, with one change

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
