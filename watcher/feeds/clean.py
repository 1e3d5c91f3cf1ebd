"""The one border between the outside world and everything else: hostile text in, plain text out.

After `clean` or `clean_block` a text holds no markup, no control codes (C0, C1, escape sequences),
no bidirectional overrides, no invisible characters and no towers of accents; what remains is shown
letter for letter. Both are idempotent and linear in the length of the text.
"""

from __future__ import annotations

import html
import re
import unicodedata

MARKS = 3
"""Combining marks that one letter may carry: Vietnamese, Hebrew and Thai need no more."""

PASSES = 6
"""How often escaping may be nested (`&amp;amp;lt;b&amp;amp;gt;`) before the text is taken for hostile."""

_BLOCK = (
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form frameset h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav noframes noscript ol option p pre"
    " section select summary table tbody td tfoot th thead title tr ul"
)
_INLINE = (
    "abbr acronym applet area audio base basefont bdi bdo big blink button canvas caption cite code col"
    " colgroup data datalist del dfn em embed font frame iframe img input ins kbd keygen label link map mark marquee"
    " meta meter nobr object optgroup output param picture progress rp rt ruby samp small source span strike"
    " strong sub sup svg template textarea time track tt var video wbr"
)
_ATTRIBUTES = r"""(?:\s(?:[^<>"']|"[^"<>]{0,4000}"|'[^'<>]{0,4000}')*+)?+"""
_VALUED = r"""(?:\s(?:[^<>"'=]*=)(?:[^<>"']|"[^"<>]{0,4000}"|'[^'<>]{0,4000}')*+)?+"""

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[CDATA\[|\]\]>"
    r"|<(script|style|noembed)(?:\s[^<>]*+)?>.*?(?:</\1\s*+>|\Z)"
    r"|<(?:!doctype|\?xml)[^<>]*+>",
    re.IGNORECASE | re.DOTALL,
)
"""What a browser would not show. An unclosed one runs to the end, as it does there."""

_BREAK = re.compile(rf"</?(?:{_BLOCK.replace(' ', '|')}){_ATTRIBUTES}\s*+/?>", re.IGNORECASE)
_TAG = re.compile(
    rf"</?(?:(?:{_INLINE.replace(' ', '|')}|[a-z]\w*:\w[\w.-]*){_ATTRIBUTES}|[abiqsu]{_VALUED})\s*+/?>", re.IGNORECASE
)
"""Real tags only: `<Kyiv>` and `a <b and c> d` stay as they were written."""

_ESCAPE = re.compile(
    r"\x1b\[[0-?]{0,64}+[ -/]{0,8}+[@-~]"  # CSI: colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b\x9c\n]{0,4000}+(?:\x07|\x1b\\|\x9c)"  # OSC 8 and 52, DCS, SOS, PM, APC
    r"|\x1b[ -/]{0,8}+[0-~]"
)
"""Terminal control sequences as ECMA-48 writes them, in their seven-bit form."""

_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
"""Windows punctuation that a wrong Latin-1 label turned into C1 controls; the rest goes."""

_DROPPED = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
    r"\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # invisible, bidirectional
    r"\u115f\u1160\u3164\uffa0"  # fillers: blanks that are letters by name
    r"\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff"  # specials, no characters, half characters
    r"\ufe00-\ufe0e\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # selectors, invisible tags
)
_UNSAFE = re.compile(rf"[{_DROPPED}\x80-\x9f\u200c\u200d]")
_DROP = re.compile(rf"[{_DROPPED}]+")
_JOINER = re.compile(
    r"(?<![\u0620-\u08ff\u0900-\u0dff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0620-\u08ff\u0900-\u0dff])"
)
"""Joiners shape Persian and Indic words, and only there do they mean anything."""

_MARK = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d"
    r"\u0859-\u085b\u0898-\u089f\u08ca-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983"
    r"\u09bc\u09be-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f18\u0f19\u0f71-\u0f84"
    r"\u135d-\u135f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\ua67d"
    r"\ufe20-\ufe2f\U0001d165-\U0001d169\U0001e8d0-\U0001e8d6"
)
_TOWER = re.compile(rf"([{_MARK}]{{{MARKS}}})[{_MARK}]++")

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?(?:\n ?)+")


def clean(text: str) -> str:
    """The text as one line of plain text."""
    return " ".join(_settle(text, " ").split())


def clean_block(text: str) -> str:
    """The text as plain paragraphs, an empty line between two."""
    text = _settle(text, "\n").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if "\n" not in text:
        return " ".join(text.split())
    return _LINES.sub("\n\n", _SPACES.sub(" ", text)).replace(" \n", "\n").replace("\n ", "\n").strip()


def _settle(text: str, gap: str) -> str:
    """Strips until nothing changes, so that what one pass uncovers does not slip through."""
    for _ in range(PASSES):
        text = _strip(text, gap)
        if "&" not in text and "<" not in text:
            return text
        stripped = _strip(text, gap)
        if stripped == text:
            return text
        text = stripped
    return _strip(text.replace("&", " ").replace("<", " "), gap)


def _strip(text: str, gap: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    if "\x1b" in text:
        text = _ESCAPE.sub("", text)
    if not text.isascii() or not text.isprintable():
        text = _harmless(text)
    if "<" in text:
        text = _HIDDEN.sub(" ", text)
        text = _BREAK.sub(gap, text)
        text = _TAG.sub("", text)
    return text


def _harmless(text: str) -> str:
    """Drops what cannot be seen or does something, and composes what is left (NFC)."""
    if _UNSAFE.search(text):
        text = _DROP.sub("", text.translate(_C1))
        text = _JOINER.sub("", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _TOWER.sub(r"\1", text)
