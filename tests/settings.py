"""The settings of the tests: Trede's own, with secrets that protect nothing."""

import base64
import os
import tempfile
from pathlib import Path

_KEY = base64.b64encode(b"only for tests, protects nothing"[:32]).decode()

os.environ.setdefault("TREDE_VAR", tempfile.mkdtemp(prefix="trede-tests-"))
os.environ.setdefault("TREDE_SECRET_KEY", "only-for-tests-" * 4)
os.environ.setdefault("TREDE_FIELD_KEYS", f"1:{_KEY}")
for name in ("INDEX", "AUDIT", "PSEUDONYM", "LOT"):
    os.environ.setdefault(f"TREDE_{name}_KEY", _KEY)
os.environ.setdefault("TREDE_HTTPS", "no")
(Path(os.environ["TREDE_VAR"]) / "static").mkdir(exist_ok=True)

from trede.settings import *
from trede.settings import DATABASES, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# In a file and not in memory, so that several can write at a time, as in real life.
if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "tests.sqlite3")}
