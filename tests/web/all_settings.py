"""The settings of a hosted group: mypy's plugin reads them, to find the models of accounts. Nothing runs on them."""

import os

os.environ.setdefault("QUIETLEGS_HOSTED_AT", "https://legs.example.org")
os.environ.setdefault("QUIETLEGS_MAIL_URL", "console:")

from quietlegs.web.settings import *  # noqa: F403 - settings are names, all of them
