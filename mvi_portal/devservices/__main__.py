"""`python -m mvi_portal.devservices`: what the Makefile calls."""

import sys

from mvi_portal.devservices.commands import main

sys.exit(main(sys.argv[1:]))
