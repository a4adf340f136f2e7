"""`trede` on the command line: how an operator or a researcher drives the platform."""

import os
import sys

from trede.commands.entry import run


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trede.settings")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
