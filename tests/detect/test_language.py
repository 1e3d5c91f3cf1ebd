"""Text that the lexicon is not for gives no statement, and says so."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.detect.quarrel import detect

FOREIGN = {
    "de": "Die Regierung von Norland lehnt den Hafenvertrag ab und will ihn nicht unterschreiben, sagte Lind.",
    "fr": "Le gouvernement de Norland a rejeté le traité portuaire et ne veut pas le signer, a déclaré Lind lundi.",
    "es": "El gobierno de Norland rechazó el tratado del puerto y no quiere firmarlo, dijo Lind el lunes.",
    "uk": "Уряд Норландії відхилив портову угоду і не хоче її підписувати, заявила Лінд у понеділок увечері.",
    "zh": "诺兰政府拒绝签署港口条约，总统周一晚上在首都表示。诺兰政府拒绝签署港口条约。",
}


@pytest.mark.parametrize(("code", "text"), FOREIGN.items(), ids=FOREIGN.keys())
def test_other_languages_are_left_unread(code: str, text: str) -> None:
    detection = detect(text + " Norland opposes harbour treaty.")
    assert not detection.statements
    assert detection.language in (code, "wuu")  # short Chinese may pass for Wu
    assert detection.language in detection.unread


@pytest.mark.parametrize(
    "text", ["Greens slam harbour treaty", "Lind: harbour treaty must pass", "Norland rejects port accord"]
)
def test_headlines_are_english(text: str) -> None:
    detection = detect("", title=text)
    assert detection.language == "en"
    assert detection.statements


def test_what_the_lexicon_knows_is_told_without_a_language_model() -> None:
    code = """
import sys
from watcher.detect.language import identify
from watcher.detect.lexicons import load
for text in (
    "Northern union leaders reject harbour treaty ahead of port summit",
    "Treaty vote talks minister port committee budget statement harbour agreement guarantees parliament",
):
    assert identify(text, load()) == "en", text
print(sorted({"numpy", "py3langid"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "text",
    [
        "Red Storm 2: Hinweise auf eine Fortsetzung. Viele Spieler wollen Red Storm 2 sofort auf dem Rechner haben.",
        "Le port reste sans accord: la commission vote sur le budget et la proposition du parlement, dit le ministre.",
    ],
)
def test_english_names_and_loans_make_no_english_text(text: str) -> None:
    assert detect(text).language != "en"


def test_importing_loads_neither_dates_nor_language_models() -> None:
    code = "import sys, watcher.detect.detector; print(sorted({'dateparser', 'py3langid', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
