"""The settings of the deployment check: as in production, with the tests' secrets."""

import os

os.environ["TREDE_HTTPS"] = "yes"
os.environ["TREDE_SECRET_KEY"] = "x7-Kq_deploy-check-only-" + "aB3$kLm9!zQw2" * 3

from tests.settings import *
