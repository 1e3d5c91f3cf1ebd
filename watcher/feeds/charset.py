"""Bytes to text when labels lie: which encoding a body is really in.

Labels are tried in the order of what can be proved: a byte order mark, NUL patterns, valid UTF-8,
UTF-8 with a few damaged bytes, then what the body and the header say, then a guess. Only encodings
of text are believed: `rot13`, `zlib`, `idna` and their like are no way to label a document.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_FAMILIES = re.compile(
    r"utf-8|cp125\d|cp874|cp866|cp932|cp949|cp950|iso8859-\d+|koi8-[rut]|mac-cyrillic|mac-roman"
    r"|gb2312|gbk|gb18030|hz|big5|big5hkscs|euc_jp|euc_kr|shift_jis|iso2022_jp(?:_\w+)?|tis-620|ascii"
)
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
"""What browsers read under these labels (WHATWG Encoding Standard): supersets of what is named."""

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']""", re.ASCII)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE | re.ASCII)

_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]")

DAMAGE = 0.05
"""The share of broken sequences that a UTF-8 text may have and still be read as UTF-8."""


def decode(body: bytes, content_type: str = "") -> str:
    """The body as text; what cannot be read becomes U+FFFD. Never raises."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace")
    labels = [known(name) for name in (_declared(body), _header(content_type))]
    if b"\x1b$" in body and "iso2022_jp" in labels:
        return body.decode("iso2022_jp", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken <= max(1, DAMAGE * _beyond_ascii(text)):
        return text
    candidates = [name for name in labels if name and name != "utf-8"]
    for name in candidates:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode(candidates[0] if candidates else _guess(body), "replace")


def mended(text: str) -> str:
    """A text that was UTF-8, read as Latin-1 and written as UTF-8 again (`Ã©`), as it was meant.

    Latin-1 words that are valid UTF-8 by chance do not occur in any language.
    """
    if text.isascii() or not _TWICE.search(text):
        return text
    for wrong in ("latin-1", "cp1252"):
        try:
            return text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
    return text


def known(label: str) -> str:
    """Python's name for an encoding of text, empty if the label is none that a document may have."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(name, name) if _FAMILIES.fullmatch(name) else ""


def _declared(body: bytes) -> str:
    found = _DECLARED.match(body[:1000])
    return found[1].decode("ascii") if found else ""


def _header(content_type: str) -> str:
    found = _HEADER.search(content_type)
    return found[1] if found else ""


def _wide(body: bytes) -> str:
    """UTF-16 or UTF-32 without a byte order mark shows in where the NULs of its first `<` or `{` are."""
    head = body[:400].lstrip(b" \r\n\t\x00")[:1]
    if head not in (b"<", b"{", b"[") or b"\x00" not in body[:8]:
        return ""
    start = body[:4]
    if start[1:4] == b"\0\0\0":
        return "utf-32-le"
    if start[:3] == b"\0\0\0":
        return "utf-32-be"
    sample = body[:400]
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) // 4:
        return "utf-16-be"
    return ""


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _guess(body: bytes) -> str:
    """Cyrillic or Western: in windows-1251 most letters of a word are high bytes, in windows-1252 few are."""
    high = sum(byte >= 0xC0 for byte in body)
    words = re.findall(rb"[\x80-\xff]{4,}", body[:200_000])
    return "cp1251" if high and sum(map(len, words)) > high / 2 else "cp1252"
