"""Whose marks and judgements are written."""

from __future__ import annotations

import getpass


def login() -> str:
    """The login name, if there is one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
