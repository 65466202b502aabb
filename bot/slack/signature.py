"""Slack's signature of a request, checked without trusting the request in anything."""

from __future__ import annotations

from slack_sdk.signature import SignatureVerifier

MAX_DIGITS = 12  # of a timestamp; Python reads no number of thousands


class Signature:
    """What is signed with an app's signing secret, at most five minutes ago."""

    def __init__(self, signing_secret: str) -> None:
        self._verifier = SignatureVerifier(signing_secret)

    def is_valid(self, body: str, timestamp: str, signature: str) -> bool:
        """Whether Slack has signed this very body."""
        digits = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= MAX_DIGITS
        if not (digits and signature.isascii()):  # either would raise in the SDK
            return False
        return self._verifier.is_valid(body=body, timestamp=timestamp, signature=signature)
