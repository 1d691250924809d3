"""Signing in with an OpenID provider: where it is, where it is asked, and what is believed of its answer.

The protocol and all cryptography are Authlib's; what is believed and what is refused stands here. No models, no pages.
"""

from opstap.foundation.openid.connection import Connection, connection_from
from opstap.foundation.openid.refusals import AnswerRefused, ProviderDown

__all__ = ["AnswerRefused", "Connection", "ProviderDown", "connection_from"]
