"""The exported page in a real browser."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_browser_shows_the_board_also_on_a_phone_and_on_paper(place, tmp_path) -> None:
    assert place.run("board", "--html", "-o", "board.html").returncode == 0
    page = place.folder / "board.html"

    def browser(*arguments: str) -> str:
        command = [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'profile'}",
        ]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True, timeout=90)
        return done.stdout

    shown = browser("--dump-dom", page.as_uri())
    assert '<span class="stance support">▲ support</span>' in shown
    assert "Norham supports the harbour bridge" in shown
    # A frame as wide as a phone tells, by a script of its own, whether anything sticks out of the page.
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe src="{page.as_uri()}" width="360" height="700"></iframe><p id="out"></p><script>onload = () => '
        "{ const root = frames[0].document.documentElement;"
        'out.textContent = "fits:" + (root.scrollWidth <= root.clientWidth) }</script>'
    )
    told = browser("--allow-file-access-from-files", "--dump-dom", frame.as_uri())
    assert "fits:true" in told
    browser(f"--print-to-pdf={tmp_path / 'board.pdf'}", page.as_uri())
    assert Path(tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")
