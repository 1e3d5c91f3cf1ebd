"""The one border between the outside world and everything else: hostile text in, plain text out.

After `clean` or `clean_block` a text holds no markup, no control codes (C0, C1, escape sequences),
no bidirectional overrides, no invisible characters and no towers of accents; what remains is shown
letter for letter. Both are idempotent and linear in the length of the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MARKS = 3
"""Combining marks that one letter may carry: Vietnamese, Hebrew and Thai need no more."""

PASSES = 6
"""How often escaping may be nested (`&amp;amp;lt;b&amp;amp;gt;`) before the text is taken for hostile."""

_BLOCK_TAGS = (
    "address article aside blockquote body br center content dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav noframes noscript"
    " ol option p pre section select summary table tbody td tfoot th thead title tr ul"
)
_INLINE_TAGS = (
    "abbr acronym applet area audio base basefont bdi bdo big blink button canvas caption cite code col"
    " colgroup data datalist del dfn em embed font frame iframe img input ins kbd keygen label link map mark marquee"
    " meta meter nobr object optgroup output param picture progress rp rt ruby samp script small source span strike"
    " strong style sub sup svg template textarea time track tt var video wbr"
)
_BLOCK, _INLINE = frozenset(_BLOCK_TAGS.split()), frozenset(_INLINE_TAGS.split())
_BREAKS = re.compile(r"<(?:p|br|div|li|h[1-6]|td)[\s/>]", re.IGNORECASE)
_LETTERS = frozenset("abiqsu")

_MARKUP = re.compile(
    r"<(?:"
    r"!--.*?(?:-->|\Z)"
    r"|!\[CDATA\[(.*?)(?:\]\]>|\Z)|!doctype[^<>]*+>|\?xml[^<>]*+>"
    r"|((?:\w+:)?(?:script|style|noembed))(?:\s[^<>]*+)?>.*?(?:</\2\s*+>|\Z)"
    r"""|/?([a-z][\w.:-]*+)((?:\s(?:[^<>"']|"[^"<]{0,4000}"|'[^'<]{0,4000}')*+)?+)\s*+/?>"""
    r")",
    re.IGNORECASE | re.DOTALL,
)
"""Markup, and what a browser would not show: comments and scripts. An unclosed one runs to the end, as there."""

_ESCAPE = re.compile(
    r"\x1b\[[0-?]{0,64}+[ -/]{0,8}+[@-~]"  # CSI: colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b\x9c\n]{0,4000}+(?:\x07|\x1b\\|\x9c)"  # OSC 8 and 52, DCS, SOS, PM, APC
    r"|\x1b[ -/]{0,8}+[0-~]"
)
"""Terminal control sequences as ECMA-48 writes them, in their seven-bit form."""

_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
"""Windows punctuation that a wrong Latin-1 label turned into C1 controls; the rest goes."""

_DROPPED = (
    r"\x00-\x08\x0e-\x1b\x7f"
    r"\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # invisible, bidirectional
    r"\u115f\u1160\u3164\uffa0"  # fillers: blanks that are letters by name
    r"\ufff0-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff"  # specials, no characters, half characters
    r"\ufe00-\ufe0f\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # selectors, invisible tags
    r"\U0001f3fb-\U0001f3ff"  # skin tones, of which, as of selectors, terminals disagree how wide they make a sign
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

_ENCODED = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E", '"': "%22"})

_PARAGRAPH, _LINE = "\x1e", "\x1f"
"""Separators (blanks to `str.split`) that stand for breaks until all markup is gone: a bare newline
among tags is only a blank."""

_REFERENCE = re.compile(r"&(?:[a-z][a-z\d]{1,31}|#\d{1,7}|#x[\da-f]{1,6});", re.IGNORECASE)

_EMPTY_LINES = re.compile(r"\n{3,}+")


def clean(text: str) -> str:
    """The text as one line of plain text."""
    return " ".join(_settle(text, _to_blank).split())


def clean_block(text: str) -> str:
    """The text as plain lines: a newline where the text breaks a line, an empty line between paragraphs."""
    text = _settle(text, _to_break)
    if _PARAGRAPH in text or _LINE in text:
        text = text.replace(_PARAGRAPH, "\n\n").replace(_LINE, "\n")
    if "\n" not in text:
        return " ".join(text.split())
    lines = "\n".join([" ".join(line.split()) for line in text.split("\n")]).strip("\n")
    return _EMPTY_LINES.sub("\n\n", lines) if "\n\n\n" in lines else lines


def unescaped(link: str) -> str:
    """A link without references: only whole ones, since `&section=`, `&copy=` and `&times=` are its own."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), link) if "&" in link else link


def clean_link(link: str) -> str:
    """A link as browsers send it: what cannot be seen is dropped, what no link may hold is encoded."""
    link = unescaped(link).strip().translate(_ENCODED)
    return link if link.isprintable() else "".join(filter(str.isprintable, link))


def _settle(text: str, instead: Callable[[re.Match[str]], str]) -> str:
    """Strips until nothing changes, so that what one pass uncovers does not slip through."""
    for _ in range(PASSES):
        before, text = text, _strip(text, instead)
        if "&" not in text and "<" not in text:
            return text if text.isascii() else _harmless(text)  # taking tags out may leave an accent to compose
        if text == before:
            return text
    return _strip(text.replace("&", " ").replace("<", " "), instead)


def _strip(text: str, instead: Callable[[re.Match[str]], str]) -> str:
    if "&" in text:
        text = html.unescape(text)
    if "\x1b" in text:
        text = _ESCAPE.sub("", text)
    if not text.isascii() or not text.isprintable():
        text = _harmless(text)
    if "<" in text:
        if instead is _to_break and _BREAKS.search(text):
            text = text.replace("\n", " ")
        text = _MARKUP.sub(instead, text)
    return text


def _to_blank(markup: re.Match[str]) -> str:
    return _instead(markup, " ", " ")


def _to_break(markup: re.Match[str]) -> str:
    return _instead(markup, _PARAGRAPH, _LINE)


def _instead(markup: re.Match[str], paragraph: str, line: str) -> str:
    """What stands for markup: real tags only; `<Kyiv>` and `a <b and c> d` stay as they were written."""
    name = markup[3]
    if name is None:
        return markup[1] or " "
    name = name.lower()
    if name in _BLOCK:
        return line if name in ("br", "tr") else paragraph
    if name in _INLINE or ":" in name[1:-1]:
        return ""
    if name in _LETTERS and ("=" in markup[4] or not markup[4].strip()):
        return ""
    return markup[0]


def _harmless(text: str) -> str:
    """Drops what cannot be seen or does something, and composes what is left (NFC)."""
    if _UNSAFE.search(text):
        text = _DROP.sub("", text.translate(_C1))
        text = _JOINER.sub("", text)
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _TOWER.sub(r"\1", text)
