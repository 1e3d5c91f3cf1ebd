"""What a person sees and can do on the main screen, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.ui.ui_world import (
    BUDGET,
    FEEDS,
    FLEET,
    HOSTILE,
    MINERALS,
    NOW,
    article,
    readings,
    say,
    settings,
    shown,
    world,
)
from watcher.domain.feed import FeedState, FeedStatus
from watcher.domain.statement import Stance
from watcher.store.base import Batch
from watcher.store.memory import MemoryStore
from watcher.ui.app import WatcherApp
from watcher.ui.view import places
from watcher.ui.widgets.articles import ArticleRows
from watcher.ui.widgets.board import BoardRows
from watcher.ui.widgets.evidence import EvidenceRows, Story
from watcher.ui.widgets.topics import TopicPane

if TYPE_CHECKING:
    from watcher.ui.ground import Evidence

Make = Callable[..., WatcherApp]
SIZES = [(80, 24), (140, 45), (200, 60)]


def statements_of(rows: EvidenceRows) -> list[Evidence]:
    """The statements that are laid out, without headings."""
    return [item for item in rows.items if not isinstance(item, Story)]


@pytest.mark.parametrize("size", SIZES)
async def test_the_board_tells_where_each_party_stands(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = shown(app)
    ukraine = next(line for line in text.splitlines() if "◐ conditional" in line and "Ukraine" in line)
    assert "14 Feb" in ukraine
    assert "80%" in ukraine
    assert any("United States" in line and "▼ oppose" in line for line in text.splitlines())
    assert any("Russia" in line and "· no position" in line for line in text.splitlines())
    assert "≠ United States claims Ukraine: ▲ support" in text
    assert "security guarantees" in text


async def test_evidence_is_that_of_the_selected_party_with_source_voice_and_day(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "Kyiv refuses to sign the agreement as it stands" in shown(app)
        await pilot.press("down")
        await pilot.pause()
        text = shown(app)
        assert "own words · the delegation" in text
        assert "The delegation walked out and called the agreement dead for now." in text
        assert "Kyiv refuses" not in text
        assert "The Herald · 1 Mar 2025" in text


async def test_a_claim_is_a_row_whose_evidence_is_the_claim(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        rows = statements_of(app.screen.query_one(EvidenceRows))
    assert [row.statement.claimed_by for row in rows] == ["United States"]


@pytest.mark.parametrize("width", [72, 100])
async def test_a_claim_s_two_stances_are_told_whole_where_room_is_short(make_app: Make, width: int) -> None:
    app = make_app()
    async with app.run_test(size=(width, 30)) as pilot:
        await pilot.pause(0.1)
        assert "≠ United States claims Ukraine: ▲ support, own words: ◐ conditional" in shown(app)


async def test_copies_of_a_story_are_one_group(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = shown(app)
    assert text.count("Ukraine would sign the minerals deal in exchange for security guarantees, the president") <= 2
    assert "The Herald +1 · 15 Feb 2025" in text


async def test_cue_and_target_are_lit(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        rows = app.screen.query_one(EvidenceRows)
        index = next(i for i, item in enumerate(rows.items) if "refuses" in getattr(item, "statement", item).__repr__())
        line = next(line for line in rows.draw(index, 90) if "refuses" in line.plain)
        lit = {line.plain[span.start : span.end]: span.style for span in line.spans}
    assert "refuses" in lit
    assert "agreement" in lit


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_letter_for_letter(make_app: Make, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("down", "a")
        await pilot.pause()
        assert HOSTILE[:24] in shown(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "[@click=app.quit]now[/]" in shown(app)


async def test_slash_filters_topics_while_typing_and_escape_clears(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"joint")
        await pilot.pause()
        pane = app.screen.query_one(TopicPane)
        assert [item.name for item in pane.rows.items] == [BUDGET.name]
        assert "Germany" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.focused is not None
        assert app.focused.id == "board"
        await pilot.press("escape")
        await pilot.pause()
        assert len(pane.rows.items) == 3
        assert app.main.view.topic == BUDGET.name


async def test_a_filter_is_fuzzy_and_lights_its_hits(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"umd")
        await pilot.pause()
        items = app.screen.query_one(TopicPane).rows.items
    assert items[0].name == MINERALS.name
    assert [items[0].name[hit] for hit in items[0].hits] == ["U", "m", "d"]


async def test_a_filter_that_nothing_passes_says_how_to_clear_it(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"zzzz")
        await pilot.pause()
        assert "esc clears the filter" in shown(app)


IRAN = replace(BUDGET, name="Iran nuclear talks")


@pytest.mark.parametrize("width", [80, 120])
async def test_the_filter_s_best_topic_is_the_one_that_enter_keeps(make_app: Make, width: int) -> None:
    app = make_app(settings=settings(topics=(MINERALS, IRAN)))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press("slash", *"ir")
        await pilot.pause()
        pane = app.screen.query_one(TopicPane)
        assert [item.name for item in pane.rows.items] == [IRAN.name, MINERALS.name]  # both have an i and an r
        assert pane.rows.cursor == 0
        await pilot.press("enter")
        await pilot.pause()
        assert app.main.view.topic == IRAN.name
        assert IRAN.name in shown(app).splitlines()[0]


@pytest.mark.parametrize("width", [80, 120])
async def test_a_digit_jumps_to_a_topic_that_the_filter_hides(make_app: Make, width: int) -> None:
    app = make_app(settings=settings(topics=(MINERALS, IRAN, FLEET)))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press("slash", *"iran", "enter")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        await pilot.pause()
        pane = app.screen.query_one(TopicPane)
        assert app.main.view.topic == MINERALS.name
        assert len(pane.rows.items) == 3
        assert pane.rows.cursor == 0


async def test_a_filter_typed_before_the_topics_are_there_picks_one_of_them(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        pane = app.screen.query_one(TopicPane)
        items = pane.rows.items
        pane.show([], MINERALS.name)
        await pilot.press("slash", *"joint")
        pane.show(items, MINERALS.name)
        await pilot.pause()
        assert app.main.view.topic == BUDGET.name


async def test_digits_and_arrows_and_letters_move(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert app.main.view.topic == BUDGET.name
        await pilot.press("1", "j", "j", "k")
        await pilot.pause()
        assert app.screen.query_one(BoardRows).party == "United States"
        await pilot.press("g")
        assert app.screen.query_one(BoardRows).cursor == 0


async def test_tab_goes_round_the_panes(make_app: Make) -> None:
    app = make_app()
    seen = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for _ in range(4):
            assert app.focused is not None
            seen.append(app.focused.id)
            await pilot.press("tab")
    assert seen == ["board", "evidence", "topic-rows", "board"]


@pytest.mark.parametrize("keys", ["tab", "shift+tab"])
async def test_tab_passes_by_a_pane_that_is_closed(make_app: Make, keys: str) -> None:
    app = make_app()
    seen = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _ in range(3):
            assert app.focused is not None
            seen.append(app.focused.id)
            await pilot.press(keys)
    assert seen == ["board", "evidence", "board"]


def is_shown(pane: TopicPane) -> bool:
    return bool(pane.display)


async def test_narrow_screens_open_the_topics_on_demand(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        pane = app.screen.query_one(TopicPane)
        assert not is_shown(pane)
        await pilot.press("slash")
        await pilot.pause()
        assert is_shown(pane)
        await pilot.press(*"fish", "enter")
        await pilot.pause()
        assert not is_shown(pane)
        assert "Fishing quota talks" in shown(app).splitlines()[0]


async def test_a_party_without_position_says_what_to_do(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3")
        await pilot.pause()
        assert "No position of Norway has been read yet." in shown(app)
        await pilot.press("a")
        await pilot.pause()
        assert "No article has matched this topic yet." in shown(app)


@pytest.mark.parametrize("key", ["e", "a", "l"])
async def test_without_feeds_an_empty_pane_says_to_add_some(make_app: Make, key: str) -> None:
    app = make_app(settings=settings(feeds=()), store=MemoryStore())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.1)
        await pilot.press(key)
        await pilot.pause(0.1)
        assert "add [[feeds]] to the config" in shown(app)
        assert "polls the feeds" not in shown(app)


async def test_articles_that_come_in_change_the_board_and_light_up(make_app: Make, store: MemoryStore) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        text = "Moscow threatened to sink the minerals deal."
        new = article("n1", "A third voice", text, "2025-03-05")
        said = say(new, "Russia", Stance.OPPOSE, text, "threatened to sink", target="minerals deal")
        store.commit(Batch(articles=[new], readings=readings([new], [said])))
        app.bridge.forget()
        app.main.show_all(flash=True)
        await pilot.pause()
        board = app.screen.query_one(BoardRows)
        assert any("Russia" in line and "▼ oppose" in line for line in shown(app).splitlines())
        assert ("Russia", "stance") in board.flashes
        assert ("Ukraine", "stance") not in board.flashes
        for _ in range(8):
            board.fade()
        assert not board.flashes


async def test_a_click_selects_and_a_second_opens(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.click(BoardRows, offset=(5, 2))
        await pilot.pause()
        assert app.screen.query_one(BoardRows).party == "United States"
        await pilot.click("#topic-rows", offset=(5, 2))
        await pilot.pause()
        assert app.main.view.topic == BUDGET.name


@pytest.mark.parametrize(("label", "pane"), [("Articles", "articles"), ("Timeline", "timeline"), ("Shifts", "shifts")])
async def test_tabs_can_be_clicked(make_app: Make, label: str, pane: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        bar = app.screen.query_one("#tabs")
        line = shown(app).splitlines()[bar.region.y]
        await pilot.click(offset=(line.index(label) + 1, bar.region.y))
        await pilot.pause()
        assert app.screen.query_one(f"#{pane}").display


async def test_keys_of_the_bottom_line_can_be_clicked(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        bar = app.screen.query_one("#keys")
        line = shown(app).splitlines()[bar.region.y]
        await pilot.click(offset=(line.index("Help"), bar.region.y))
        await pilot.pause()
        assert "Show the statements behind the selected party" in shown(app)


async def test_links_are_opened_by_the_app_and_only_on_the_web(make_app: Make, monkeypatch: Any) -> None:
    opened: list[str] = []
    monkeypatch.setattr(WatcherApp, "open_url", lambda self, url, **rest: opened.append(url))
    store = MemoryStore()
    articles, statements = world()
    bad = article("bad", "Odd link", "Kyiv refuses the agreement.", "2025-03-05")
    object.__setattr__(bad, "url", "file:///etc/passwd")
    said = say(bad, "Ukraine", Stance.OPPOSE, "Kyiv refuses the agreement.", "refuses")
    articles, statements = [*articles, bad], [*statements, said]
    store.commit(Batch(articles=articles, readings=readings(articles, statements)))
    app = make_app(store=store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("o")
        await pilot.pause()
        assert opened == []
        assert any("No web link" in note.message for note in app._notifications)
        await pilot.press("down", "o")
        await pilot.pause()
    assert opened == ["https://news.example/a4"]


async def test_copying_gives_words_speaker_source_and_link(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("down", "y")
        await pilot.pause()
    copied = app.clipboard
    assert "United States: oppose (own words)" in copied
    assert "“The delegation walked out and called the agreement dead for now.”" in copied
    assert copied.rstrip().endswith("https://news.example/a4")


async def test_reading_and_stars(make_app: Make, store: MemoryStore) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        rows = app.screen.query_one(ArticleRows)
        first = rows.selected
        assert first is not None
        await pilot.press("asterisk", "N")
        await pilot.pause()
        assert app.bridge.mark(first.id).starred
        assert app.bridge.mark(first.id).read
        await pilot.press("n")
        assert rows.selected != first
        await pilot.press("A")
        await pilot.pause()
        assert app.bridge.unread(MINERALS) == 0
    assert store.marks()[first.id].starred


async def test_narrowing_by_stance_voice_source_and_day(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        rows = app.screen.query_one(EvidenceRows)
        await pilot.press("f", *"oppose", "enter")
        await pilot.pause()
        assert [item.statement.stance for item in statements_of(rows)] == [Stance.OPPOSE]
        await pilot.press("escape")
        await pilot.pause()
        assert len(statements_of(rows)) == 3
        app.main.narrow_to("source:coast")
        assert {item.statement.article.source for item in statements_of(rows)} == {"Coast Post"}
        app.main.narrow_to("claimed after:2025-02-14")
        assert [item.statement.claimed_by for item in statements_of(rows)] == ["United States"]
        app.main.narrow_to("voice:claimed stance:support")
        assert [item.statement.claimed_by for item in statements_of(rows)] == ["United States"]
        await pilot.press("f", *" after:soon", "enter")
        await pilot.pause()
        assert "soon is no day; write it as 2025-03-05" in shown(app)


async def test_articles_are_narrowed_to_those_that_hold_such_a_statement(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("a", "f", *"oppose", "enter")
        await pilot.pause()
        assert {headline.id for headline in app.main.article_rows.items} == {"a1", "a4"}
        app.main.narrow_to("oppose before:2025-02-20")
        assert {headline.id for headline in app.main.article_rows.items} == {"a1"}
        app.main.narrow_to("claimed")
        assert {headline.id for headline in app.main.article_rows.items} == {"a2"}


async def test_all_read_is_taken_back_by_the_same_key(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("a", "N", "A")
        assert app.bridge.unread(MINERALS) == 0
        await pilot.press("A")
        assert app.bridge.unread(MINERALS) == 4, "what was read before stays so"
        await pilot.press("A", "2", "A", "1", "A")
        assert app.bridge.unread(MINERALS) == 0, "the other topic was marked since"


async def test_the_words_it_is_narrowed_to_are_lit_in_evidence_and_articles(make_app: Make) -> None:
    app = make_app()

    def lit(rows: EvidenceRows | ArticleRows) -> list[str]:
        drawn = [line for index in range(rows.count) for line in rows.draw(index, rows.row_width)]
        spans = [(line, span) for line in drawn for span in line.spans if span.style == rows.palette.match]
        return [line.plain[span.start : span.end] + line.plain[span.end :][:5] for line, span in spans]

    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f", *"kyiv", "enter")
        await pilot.pause()
        assert lit(app.main.evidence_rows) == ["Kyiv has ", "Kyiv says", "Kyiv refu"]
        await pilot.press("a")
        await pilot.pause()
        assert lit(app.main.article_rows) == ["Kyiv[/b] ", "Kyiv says"]
        await pilot.press("escape")
        await pilot.pause()
        assert not lit(app.main.article_rows)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Straße nach Zürich, ZURICH", ("zurich", "strasse"), ["Zürich", "ZURICH", "Straße"]),
        ("ﬁne and fine", ("fine",), ["ﬁne", "fine"]),
        ("none of it", ("x", ""), []),
    ],
)
def test_words_are_found_however_they_are_written(text: str, words: tuple[str, ...], found: list[str]) -> None:
    assert [text[start:end] for start, end in places(text, words)] == found


async def test_why_shows_rule_and_cues(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert "rule verb: refuses (+)" in shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert "rule verb" not in shown(app)


async def test_zoom_gives_the_evidence_the_height(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("z")
        await pilot.pause()
        assert not app.screen.query_one(BoardRows).display
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.query_one(BoardRows).display


async def test_the_status_line_names_failing_feeds_and_the_feeds_screen_their_reason(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "1 failing" in shown(app)
        await pilot.press("F")
        await pilot.pause()
        text = shown(app)
        assert "HTTP 503 [busy]" in text
        assert "3 times in a row" in text
        assert "is switched off" in text
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.main


async def test_the_feeds_screen_has_room_for_the_next_try_in_80_columns(make_app: Make, store: MemoryStore) -> None:
    waits = FeedState(
        url=FEEDS[1].url, status=FeedStatus.BACKING_OFF, error="HTTP 503", last_poll=NOW - timedelta(minutes=5),
        next_try=NOW + timedelta(minutes=25), newest_item=NOW - timedelta(days=3), items=30, failures=3,
    )  # fmt: skip
    store.commit(Batch(feeds=[waits]))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("F")
        await pilot.pause()
        line = next(line for line in shown(app).splitlines() if "Coast Post" in line)
    assert "failed, waits to be asked" in line
    assert line.rstrip().endswith("next in 25 min")


@pytest.mark.parametrize("key", ["n", "A"])
async def test_a_topic_without_articles_is_not_said_to_be_read(make_app: Make, key: str) -> None:
    app = make_app(settings=settings(topics=(FLEET,)))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press(key)
        await pilot.pause()
        text = shown(app)
    assert "There are no articles here yet." in text
    assert "All articles" not in text


@pytest.mark.parametrize("width", [60, 80, 100, 140])
async def test_where_the_latest_words_come_from_is_never_cut(make_app: Make, width: int) -> None:
    app = make_app()
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        lines = shown(app).splitlines()
    words = [line for line in lines if "— " in line]
    assert [line.rstrip()[-5:] for line in words] == ["6 Feb", "1 Mar"]
    assert all("— United States" not in line for line in words)  # the row is its own


async def test_words_that_have_no_room_give_way_to_what_qualifies_the_row(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(46, 24)) as pilot:
        await pilot.pause()
        line = next(line for line in shown(app).splitlines() if "wants" in line)
    assert line.rstrip().endswith("wants security guarantees")


async def test_ctrl_c_says_which_key_leaves(make_app: Make) -> None:
    app = make_app(settings=settings(keys={"quit": "Q"}))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "Q leaves." in shown(app)


async def test_a_board_of_the_past_says_that_nothing_is_polled(make_app: Make) -> None:
    app = make_app(settings=settings(feeds=()))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "a board of the past: nothing is polled" in shown(app)
        assert "add [[feeds]]" not in shown(app)
        await pilot.press("R")
        await pilot.pause()
        assert "This is a board of the past" in [note.message.partition(":")[0] for note in app._notifications]


async def test_an_article_opens_with_its_statements_lit(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("tab", "down", "enter")
        await pilot.pause(0.1)
        text = shown(app)
        assert "2 statements" in text
        assert "◐ Ukraine conditional" in text
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.main
        assert app.bridge.mark("a2").read


async def test_poll_without_a_data_folder_says_so(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert any("no data folder" in note.message for note in app._notifications)


async def test_q_quits(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_of_much_evidence_the_first_is_laid_out_and_the_rest_on_the_way_down(make_app: Make) -> None:
    store, articles, statements = MemoryStore(), [], []
    for n in range(300):
        text = f"Kyiv refused the minerals deal for the {n}th time."
        articles.append(article(f"m{n}", f"Talk {n}", text, f"2025-02-{n % 28 + 1:02d}"))
        statements.append(say(articles[-1], "Ukraine", Stance.OPPOSE, text, "refused", target="minerals deal"))
    store.commit(Batch(articles=articles, readings=readings(articles, statements)))
    app = make_app(store=store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        rows = app.screen.query_one(EvidenceRows)
        assert (rows.total, len(statements_of(rows))) == (300, 100)
        await pilot.press("tab", *["j"] * 20)
        chosen = rows.selected
        for _ in range(20):
            await pilot.press("pagedown")
        await pilot.pause()
        assert len(statements_of(rows)) == 300
        assert rows.selected != chosen
        chosen = rows.selected
        app.main.show_lower()
        assert rows.selected == chosen
        assert len(statements_of(rows)) == 300
        await pilot.press("G")
        assert rows.cursor == rows.count - 1 == 599
        app.main.board_rows.focus()
        await pilot.press("j", "k")
        await pilot.pause()
        assert len(statements_of(rows)) == 100
        rows.scroll_end(animate=False)
        await pilot.pause()
        await pilot.pause()
        assert len(statements_of(rows)) == 300
        await pilot.press("tab", "g", "G")
        assert rows.cursor == 599


async def test_in_few_columns_a_headline_has_room_before_where_it_stood(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(44, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        heading = next(line for line in shown(app).splitlines() if "Capitals" in line)
    assert "Capitals split over debt" in heading
    assert heading.endswith("3 Mar")
