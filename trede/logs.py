"""What reaches the log: never the secret part of an address.

Who has the address of a personal link has the page behind it. The line that Django
writes about an address that was refused has that address in it, also when it is still
good for another page.
"""

import logging
import re

# A token is 43 signs; nothing else in an address or a message is as long in one piece.
TOKEN = re.compile(r"[A-Za-z0-9_-]{30,}")


class WithoutTokens(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub("[…]", super().format(record))
