"""What was just done is told once, on the page that follows. It may say a name: until
then it waits in the session, encrypted, and not in a cookie that can be read."""

from typing import Any

from django.contrib.messages.storage.session import SessionStorage

from trede.accounts.session_cipher import cipher

PURPOSE = "told once"


class ToldOnce(SessionStorage):
    def serialize_messages(self, messages: Any) -> str:
        words = super().serialize_messages(messages)
        return cipher(PURPOSE).encrypt(words.encode()).decode()

    def deserialize_messages(self, data: Any) -> Any:
        words = cipher(PURPOSE).decrypt(data).decode() if data else data
        return super().deserialize_messages(words)
