"""Secrets of personal tokens and of calendars' addresses: made here, never stored; only their digests are."""

import hashlib
import secrets

from accounts.permissions import Permission

# Tells whoever finds one in a file or a log what it opens.
PREFIX = "plumbline_"
RANDOM_BYTES = 32
# What the API can do so far; a token is never offered more.
SCOPES = (Permission.READ_LEDGER, Permission.CAPTURE_DOCUMENTS, Permission.MANAGE_SOURCES)


def new_secret() -> str:
    """A secret that nobody guesses: 256 random bits."""
    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def new_address() -> str:
    """The secret part of an address, as hard to guess."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def digest_of(secret: str) -> str:
    """What is stored of a secret, its SHA-256 in hexadecimal.

    Enough without salt or slowness: there is no dictionary of 256 random bits to try, and each request
    finds its token by this digest.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def hint_of(secret: str) -> str:
    """The beginning of a secret, by which its owner tells it from others."""
    return secret[: len(PREFIX) + 4]
