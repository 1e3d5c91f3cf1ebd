"""Days, ages, trends, widths and line breaks: pure functions, East Asian text included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.ui.ui_world import article, say
from watcher.domain.statement import Stance
from watcher.ui.format import age, excerpt, fit, period, short_day, span, spark
from watcher.ui.fuzzy import fuzzy
from watcher.ui.glyphs import ASCII, UNICODE, choose
from watcher.ui.view import Narrowing
from watcher.ui.wrap import wrap

TODAY = date(2025, 3, 6)
TEXT = st.text(st.sampled_from("ab c d\n烏克蘭 éñ🇺🇦—"), max_size=80)


@given(TEXT, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(text[start:end]) <= width for start, end in lines)
    assert "".join(text[start:end] for start, end in lines).split() == text.split() or "".join(
        "".join(text[start:end].split()) for start, end in lines
    ) == "".join(text.split())
    assert all(start <= end for start, end in lines)


def test_lines_break_between_words() -> None:
    text = "Kyiv will sign the deal"
    assert [text[start:end] for start, end in wrap(text, 10)] == ["Kyiv will", "sign the", "deal"]


def test_lines_of_ideographs_break_between_any_two_but_not_before_a_full_stop() -> None:
    text = "日本政府は協定を支持する、と述べた。"
    assert [text[start:end] for start, end in wrap(text, 12)] == ["日本政府は協", "定を支持す", "る、と述べ", "た。"]
    mixed = "Tokyo backs 協定 fully"
    assert [mixed[start:end] for start, end in wrap(mixed, 15)] == ["Tokyo backs 協", "定 fully"]
    korean = "한국 정부는 협정을 지지한다"
    assert [korean[start:end] for start, end in wrap(korean, 13)] == ["한국 정부는", "협정을", "지지한다"]


@given(TEXT, st.integers(0, 30))
def test_fitted_text_has_exactly_the_width(text: str, width: int) -> None:
    assert cell_len(fit(text.replace("\n", " "), width)) == width


@given(TEXT, st.integers(0, 30))
def test_text_cut_between_words_has_exactly_the_width_and_no_half_word(text: str, width: int) -> None:
    line = text.replace("\n", " ")
    assert cell_len(fit(line, width, words=True)) == width


def test_no_word_is_cut_in_half_unless_it_is_a_long_one() -> None:
    assert fit("Kyiv will sign the deal", 12, words=True) == "Kyiv will…  "
    assert fit("Kyiv will sign the deal", 15, words=True) == "Kyiv will sign…"
    assert fit("Kyiv: a-word-that-goes-on-and-on-and-on", 30, words=True) == "Kyiv: a-word-that-goes-on-and…"


def test_of_ideographs_no_more_is_cut_than_must_be() -> None:
    assert fit("日本 協定を支持する、と述べた", 18, words=True) == "日本 協定を支持す…"
    assert fit("Tokyo: 協定を支持する、と述べた", 21, words=True) == "Tokyo: 協定を支持す… "


@pytest.mark.parametrize(
    ("days", "shown"), [(0, "today"), (3, "3d"), (13, "13d"), (20, "2w"), (90, "3mo"), (800, "2y"), (-2, "today")]
)
def test_ages_are_one_short_word(days: int, shown: str) -> None:
    assert age(TODAY - timedelta(days=days), TODAY) == shown


def test_days_of_other_years_name_the_year() -> None:
    assert short_day(date(2025, 2, 12), TODAY) == "12 Feb"
    assert short_day(date(2024, 2, 12), TODAY) == "12 Feb 24"


@pytest.mark.parametrize(("seconds", "shown"), [(5, "5 s"), (90, "2 min"), (7200, "2 h"), (200_000, "2 days")])
def test_spans_have_one_unit(seconds: float, shown: str) -> None:
    assert span(seconds) == shown


def test_a_trend_holds_what_stood_until_it_changes() -> None:
    trend = ((TODAY - timedelta(days=9), 1.0), (TODAY, -1.0))
    cells = spark(trend, TODAY - timedelta(days=9), TODAY, 5)
    assert cells == [Stance.SUPPORT] * 4 + [Stance.OPPOSE]
    assert spark(trend[1:], TODAY - timedelta(days=9), TODAY, 5)[:4] == [None] * 4


def test_what_stood_before_the_axis_begins_is_carried_in() -> None:
    trend = ((TODAY - timedelta(days=400), 0.25),)
    assert spark(trend, TODAY - timedelta(days=9), TODAY, 3) == [Stance.CONDITIONAL] * 3


def test_an_old_course_keeps_its_room() -> None:
    trend = ((date(2024, 1, 1), 1.0), (date(2024, 2, 1), -1.0))
    start, end = period([trend], TODAY)
    assert (start, end) == (date(2024, 1, 1), date(2024, 2, 8))
    assert period([], TODAY) == (TODAY - timedelta(days=7), TODAY)
    assert period([((date(2020, 1, 1), 1.0), (TODAY, 1.0))], TODAY, 180)[0] == TODAY - timedelta(days=180)


def test_an_excerpt_shows_the_cue() -> None:
    long = "After weeks of talks in three capitals and many drafts that nobody liked, Kyiv refuses the agreement."
    statement = say(article("a", "T", long, "2025-03-01"), "Ukraine", Stance.OPPOSE, long, "refuses")
    shown = excerpt(statement, 45)
    assert "refuses" in shown
    assert cell_len(shown) <= 45
    assert excerpt(statement, 200) == long


@pytest.mark.parametrize(
    ("query", "text", "passes"),
    [("umd", "Ukraine minerals deal", True), ("UKR", "Ukraine", True), ("xyz", "Ukraine", False), ("", "Any", True)],
)
def test_fuzzy_matches_letters_in_order(query: str, text: str, passes: bool) -> None:
    assert (fuzzy(query, text) is not None) is passes


@given(st.text(max_size=6), st.text(max_size=30))
def test_fuzzy_hits_are_positions_of_the_text(query: str, text: str) -> None:
    found = fuzzy(query, text)
    if found is not None:
        assert all(0 <= hit < len(text) for hit in found[1])


def test_an_unbroken_hit_beats_a_scattered_one() -> None:
    whole, scattered = fuzzy("deal", "minerals deal"), fuzzy("deal", "defence aid law")
    assert whole is not None
    assert scattered is not None
    assert whole[0] > scattered[0]


@pytest.mark.parametrize(("environ", "glyphs"), [({"WATCHER_ASCII": "1"}, ASCII), ({"TERM": "linux"}, ASCII)])
def test_ascii_is_chosen_where_it_is_needed(environ: dict[str, str], glyphs: object) -> None:
    assert choose(environ) is glyphs


def test_every_sign_takes_one_cell() -> None:
    for glyphs in (UNICODE, ASCII):
        signs = [*glyphs.stances.values(), *glyphs.levels.values(), *glyphs.busy, glyphs.bar, glyphs.claim, glyphs.pin]
        signs += [glyphs.corrected, glyphs.unread, glyphs.star, glyphs.shift, glyphs.ok, glyphs.bad, glyphs.lane]
        assert {cell_len(sign) for sign in signs} == {1}


def test_a_narrowing_reads_stances_voices_sources_days_and_words() -> None:
    narrowing = Narrowing.parse('Oppose own source:"The Herald" after:2025-02-01 before:2025-03-01 starred "no deal"')
    assert narrowing.stances == {Stance.OPPOSE}
    assert narrowing.sources == ("the herald",)
    assert (narrowing.after, narrowing.before) == (date(2025, 2, 1), date(2025, 3, 1))
    assert narrowing.starred
    assert narrowing.words == ("no deal",)
    with pytest.raises(ValueError, match="against is no stance; there are support, conditional, undecided, oppose"):
        Narrowing.parse("stance:against")
