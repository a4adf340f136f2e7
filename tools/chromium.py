"""Whether there is a Chromium for the browser tests: exit status 0 or 1."""

import shutil
import sys

sys.exit(0 if shutil.which("chromium") or shutil.which("chromium-browser") else 1)
