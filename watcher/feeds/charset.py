"""Bytes to text when labels lie: which encoding a body is really in.

Encodings are tried in the order of what can be proved: a byte order mark, NUL patterns, valid UTF-8,
UTF-8 with damaged bytes, then what the body and the header say, then a guess. Only encodings of text
are believed: `rot13`, `zlib`, `idna` and their like are no way to label a document.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_PATTERNS = {"x000": "utf-32-le", "000x": "utf-32-be", "x0x0": "utf-16-le", "0x0x": "utf-16-be"}
"""Where the NULs are in the first four bytes of a text without a mark that begins with two ASCII characters."""

_FAMILIES = re.compile(
    r"utf-8|cp125\d|cp874|cp866|cp932|cp949|cp950|iso8859-\d+|koi8-[rut]|mac-cyrillic|mac-roman"
    r"|gb2312|gbk|gb18030|hz|big5|big5hkscs|euc_jp|euc_kr|shift_jis|iso2022_jp(?:_\w+)?|tis-620|ascii"
)
_WIDER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
"""What browsers read under these labels (WHATWG Encoding Standard): supersets of what is named."""

_ALIAS = re.compile(r"(?:x-)?(?:win(?:dows)?|dos|cp)[-_]?(\d{3,4})|x-((?!user)[a-z][\w-]+)", re.IGNORECASE)
"""Names that feeds use and Python lacks: `win-1251`, `windows-874`, `x-mac-cyrillic`."""

_OTHERS = {"windows-31j": "cp932", "x-sjis": "cp932", "ks_c_5601-1987": "cp949"}

_SCRIPTS = ("cp1251", "koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874", "cp1253", "cp1255", "cp1256")
"""Encodings of other scripts than Latin that a body without a true label may be in."""

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']""", re.ASCII)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE | re.ASCII)

_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]")

_LATIN = re.compile("(?!\u00a0+(?![\u0080-\u00ff]))[\u0080-\u00ff]+")
"""Letters of Latin-1 that follow one another, unless they are but blanks."""

GUESSED = 20_000
"""Bytes by which a guess is made."""


def decode(body: bytes, content_type: str = "") -> str:
    """The body as text; what cannot be read becomes U+FFFD. Never raises."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace")
    body = body.removeprefix(codecs.BOM_UTF8)
    labels = [known(name) for name in (_declared(body), _header(content_type))]
    if b"\x1b$" in body and "iso2022_jp" in labels:
        return body.decode("iso2022_jp", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = _damaged(body)
    broken = text.count("\ufffd")
    if 2 * broken <= _beyond_ascii(text):  # by chance other encodings give few valid sequences
        return text
    candidates = [name for name in labels if name and name != "utf-8"]
    if not candidates or candidates[0] == "cp1252":  # a label that servers put on anything
        candidates.insert(0, _guess(body))
    for name in candidates:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode(candidates[0], "replace")


def _damaged(body: bytes) -> str:
    """A body that is UTF-8 but for some bytes; pairs of surrogates, written as such, are their character."""
    try:
        return body.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace")


def mended(text: str) -> str:
    """A text that was UTF-8, read as Latin-1 and written as UTF-8 again (`Ã©`), as it was meant.

    Latin-1 words that are valid UTF-8 by chance do not occur in any language.
    """
    if text.isascii() or not _TWICE.search(text):
        return text
    try:  # also beside characters that were written as references, which nobody spoilt
        return _LATIN.sub(lambda run: run[0].encode("latin-1").decode("utf-8"), text)
    except UnicodeDecodeError:
        pass
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def known(label: str) -> str:
    """Python's name for an encoding of text, empty if the label is none that a document may have."""
    label = _OTHERS.get(label.lower(), label)
    if alias := _ALIAS.fullmatch(label):
        label = f"cp{alias[1]}" if alias[1] else alias[2]
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
    return _PATTERNS.get("".join("x" if byte else "0" for byte in body[:4]), "")


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _guess(body: bytes) -> str:
    """Western, where the bytes of letters beyond ASCII stand alone; else a script that the bytes make sense in."""
    high = sum(byte >= 0x80 for byte in body[: 10 * GUESSED])
    words = b" ".join(re.findall(rb"[\x80-\xff][^<>\s]{2,}", body[: 10 * GUESSED]))
    if sum(map(len, re.findall(rb"[\x80-\xff]{3,}", words))) <= high / 2:
        return "cp1252"
    from charset_normalizer import from_bytes

    found = from_bytes(words[:GUESSED], cp_isolation=list(_SCRIPTS))
    return max(found, key=lambda one: one.coherence - one.chaos).encoding if found else "cp1251"
