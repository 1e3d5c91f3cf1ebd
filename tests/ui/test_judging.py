"""A person's corrections and pins: stored beside the machine's reading, shown as such, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.ui.test_news import turn_russia
from tests.ui.ui_world import MINERALS, NOW, article, readings, say, shown, world
from watcher.domain.judgement import Pin
from watcher.domain.statement import Stance
from watcher.errors import StoreError
from watcher.store.base import Batch
from watcher.store.memory import MemoryStore
from watcher.ui.app import WatcherApp
from watcher.ui.widgets.board import BoardRows

Make = Callable[..., WatcherApp]


async def test_relabelling_a_statement_changes_the_board_and_is_marked(make_app: Make, store: MemoryStore) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("down", "tab", "down", "c")
        await pilot.pause()
        assert "Correct this statement" in shown(app)
        await pilot.press("g", "down", "tab", *"a pause only", "enter")
        await pilot.pause()
        text = shown(app)
        assert "✎ ◐ conditional" in text
        assert "note: a pause only" in text
        assert app.screen.query_one(BoardRows).board.row("United States").stance is Stance.CONDITIONAL  # type: ignore[union-attr]
        [correction] = store.corrections(MINERALS.name)
        assert correction.note == "a pause only"
        assert [s.stance for s in store.statements(MINERALS.name) if "walked" in s.sentence] == [Stance.OPPOSE]
        await pilot.press("u")
        await pilot.pause()
        assert "✎" not in shown(app)
        assert app.screen.query_one(BoardRows).board.row("United States").stance is Stance.OPPOSE  # type: ignore[union-attr]
    assert [c.withdrawn for c in store.corrections(MINERALS.name)] == [True]


async def test_rejecting_a_statement_takes_it_off_the_board_but_not_out_of_sight(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("down", "tab", "down", "c")
        await pilot.pause()
        await pilot.press("G", "enter")
        await pilot.pause()
        assert app.screen.query_one(BoardRows).board.row("United States").stance is Stance.SUPPORT  # type: ignore[union-attr]
        assert "✎ rejected" in shown(app)
        assert "The delegation walked out" in shown(app)


async def test_escape_leaves_a_statement_as_it_was(make_app: Make, store: MemoryStore) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("tab", "down", "c", "down", "escape")
        await pilot.pause()
    assert not store.corrections(MINERALS.name)


async def test_a_pin_stands_above_the_machine_and_is_shown_with_its_note(make_app: Make, store: MemoryStore) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("down", "down", "p")
        await pilot.pause()
        await pilot.press("G", "tab", *"seen live", "enter")
        await pilot.pause()
        text = shown(app)
        assert "▼ oppose ■" in text
        assert "pinned: seen live (machine reads no position)" in text
        await pilot.press("p")
        await pilot.pause()
        await pilot.press("G", "enter")
        await pilot.pause()
        assert "■" not in shown(app)
    assert [pin.withdrawn for pin in store.pins(MINERALS.name)] == [True]


async def test_no_pin_takes_every_pin_of_the_party_away(make_app: Make, store: MemoryStore) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        for keys in (("p", "g", "enter"), ("p", "G", "k", "enter"), ("p", "G", "enter")):
            await pilot.press(*keys)
            await pilot.pause(0.1)
        assert "■" not in shown(app)
    assert [pin.withdrawn for pin in store.pins(MINERALS.name)] == [True, True]


async def test_what_a_colleague_judged_is_not_undone_by_a_slip(make_app: Make, store: MemoryStore) -> None:
    pin = Pin(id="1", topic=MINERALS.name, party="Russia", stance=Stance.OPPOSE, by="a colleague", at=NOW)
    store.commit(Batch(pins=[pin]))
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("u")
        await pilot.pause()
        assert any("nothing of yours to undo" in note.message for note in app._notifications)
    assert store.pins(MINERALS.name) == [pin]


async def test_a_pin_set_in_the_past_says_from_when_it_holds(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("left_square_bracket", "p", "g", "enter")
        await pilot.pause(0.2)
        text = shown(app)
        assert "is pinned from today on;" in " ".join(text.split())
        assert "■" not in text
        await pilot.press("T")
        await pilot.pause()
        assert "■" in shown(app)


async def test_an_open_article_shows_what_was_corrected(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("down", "tab", "down", "c", "g", "enter")
        await pilot.pause(0.1)
        await pilot.press("enter")
        await pilot.pause(0.1)
        text = shown(app)
        assert "1 statement\n" in text
        assert "✎    The delegation walked out" in text
        await pilot.press("n")
        await pilot.pause(0.1)
        assert "▼ United States oppose ✎ ▲ support own words · the delegation" in shown(app)
        await pilot.press("escape", "c", "G", "enter")
        await pilot.pause(0.1)
        await pilot.press("enter", "n")
        await pilot.pause(0.1)
        assert "▼ United States oppose ✎ rejected own words · the delegation" in shown(app)


async def test_twenty_judgements_are_undone_in_turn_from_another_screen(make_app: Make, store: MemoryStore) -> None:
    """Each step back shows the board that was there before, though the program was started anew in between."""
    clock = iter(NOW + timedelta(seconds=n) for n in range(100_000))
    boards = []
    app = make_app(now=lambda: next(clock))
    async with app.run_test(size=(120, 40)) as pilot:
        for step in range(20):
            boards.append(looks(app))
            await pilot.press(*"gj"[: 1 + step % 2])
            if step % 3:
                await pilot.press("p", "g", *"jjj"[: step % 4], "enter")
            else:
                await pilot.press("e", "G", "c", "g", *"jjjj"[: step % 5], "enter", "shift+tab")
            await pilot.pause(0.05)
    assert len(store.pins(MINERALS.name)) + len(store.corrections(MINERALS.name)) == 20
    app, other = make_app(now=lambda: next(clock)), make_app(now=lambda: next(clock))
    async with app.run_test(size=(120, 40)), other.run_test(size=(120, 40)):
        for step, before in enumerate(reversed(boards)):
            screen = (app, other)[step % 2]
            screen.bridge.forget()  # what a look at the store does
            screen.main.action_undo()
            assert looks(screen) == before
        assert all(one.withdrawn for one in (*store.pins(MINERALS.name), *store.corrections(MINERALS.name)))


def looks(app: WatcherApp) -> list[tuple[object, ...]]:
    board = app.bridge.board(MINERALS)
    return [
        (row.party, row.stance, bool(row.pin), row.machine, row.latest and row.latest.sentence) for row in board.rows
    ]


async def test_nothing_to_undo_is_said(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("u")
        await pilot.pause()
        assert any("nothing to undo" in note.message for note in app._notifications)


async def test_a_store_that_cannot_be_written_says_so_and_the_screen_stays(make_app: Make) -> None:
    class ReadOnly(MemoryStore):
        def commit(self, batch: Batch) -> None:
            if batch.pins:
                raise StoreError("the data folder /data [ro] cannot be written")
            super().commit(batch)

    app = make_app(store=ReadOnly())
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("p")
        await pilot.pause(0.1)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert "/data [ro]" in shown(app)


async def test_a_long_note_is_readable_whole_in_80_columns(make_app: Make) -> None:
    app = make_app()
    note = "he said so in jest, as his office made clear on the same evening to all who had written otherwise"
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("tab", "down", "c", "tab", *note, "enter")
        await pilot.pause(0.1)
        assert f"note: {note}" in " ".join(shown(app).replace("▌", " ").split())


async def test_a_question_is_not_covered_by_what_was_said_before(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("A")
        await pilot.pause(0.1)
        assert "articles marked read;" in shown(app)
        await pilot.press("p")
        await pilot.pause(0.1)
        assert "Pin Ukraine" in shown(app)
        assert not app.screen.query("Toast"), "it may stand behind the question, not before it"


async def test_a_party_that_speaks_for_itself_is_named_once_in_the_question(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2", "e", "c")
        await pilot.pause()
        text = shown(app)
    assert "Germany: Berlin ruled out joint borrowing." in text
    assert "Germany, Germany" not in text


async def test_words_that_say_something_else_than_their_row_carry_their_own_sign(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.press("down")
        await pilot.pause()
        assert "▼ “" not in shown(app)
        await pilot.press("p", "g", "enter")
        await pilot.pause()
        row = app.screen.query_one(BoardRows).board.row("United States")  # type: ignore[union-attr]
        assert row is not None
        assert (row.stance, row.latest.stance) == (Stance.SUPPORT, Stance.OPPOSE)  # type: ignore[union-attr]
        assert "▼ “" in shown(app)


async def test_marks_that_cannot_be_written_are_told_once_and_news_still_comes_in(make_app: Make) -> None:
    class Full(MemoryStore):
        full = more = False

        def refresh(self) -> bool:
            more, self.more = self.more, False
            return more

        def commit(self, batch: Batch) -> None:
            if self.full and batch.marks:
                raise StoreError("data: the disk is full")
            super().commit(batch)

    store = Full()
    articles, statements = world()
    store.commit(Batch(articles=articles, readings=readings(articles, statements)))
    app = make_app(store=store)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause(0.1)
        store.full = True
        await pilot.press("A")
        for _ in range(4):
            app.look()
        await pilot.pause(0.1)
        assert sum("the disk is full" in notification.message for notification in app._notifications) == 1
        new = article("n1", "A third voice", "Moscow sank the minerals deal.", "2025-03-05")
        said = say(new, "Russia", Stance.OPPOSE, "Moscow sank the minerals deal.", "sank")
        store.commit(Batch(articles=[new], readings=readings([new], [said])))
        store.more = True
        app.look()
        await pilot.pause(0.3)
        assert "Moscow sank" in shown(app)


async def test_one_s_own_judgement_raises_no_alert_when_news_comes(make_app: Make, store: MemoryStore) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.2)
        for keys in (("down", "tab", "down", "c", "g", "down", "enter"), ("u",), ("shift+tab", "p", "g", "enter")):
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
            app.show_news()
            await pilot.pause()
        assert len(store.corrections(MINERALS.name)) == len(store.pins(MINERALS.name)) == 1
        assert not [note.message for note in app._notifications if note.title == "Shift"]
        turn_russia(store)
        app.bridge.forget()
        app.show_news()
        await pilot.pause()
        assert [note.message.partition(":")[0] for note in app._notifications if note.title == "Shift"] == ["Russia"]
