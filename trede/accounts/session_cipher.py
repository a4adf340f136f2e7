"""What may hold a name waits in the session encrypted: who reads the database learns
nothing, and nothing of it is in the browser."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings


def cipher(purpose: str) -> Fernet:
    secret = sha256(f"trede {purpose}{settings.SECRET_KEY}".encode()).digest()
    return Fernet(urlsafe_b64encode(secret))
