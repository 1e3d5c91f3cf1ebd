"""Bytes to text: labels that lie, that Python does not know, that are missing, and bytes that are damaged."""

from __future__ import annotations

import pytest

from watcher.feeds.charset import decode, known, mended

CYRILLIC = "Переговоры о сделке по редким металлам завершились без результата, сообщил министр"
SCRIPTS = {
    "cp1251": CYRILLIC,
    "koi8-r": CYRILLIC,
    "gb18030": "两国代表周一在首都会晤，签署矿产协议",
    "big5": "兩國代表週一在首都會晤，簽署礦產協議",
    "cp932": "両国の代表が月曜日に会談し、鉱物協定に署名した",
    "euc_jp": "両国の代表が月曜日に会談し、鉱物協定に署名した",
    "cp949": "양국 대표가 월요일 수도에서 만나 광물 협정에 서명했다",
    "cp874": "ผู้แทนทั้งสองฝ่ายพบกันและลงนามข้อตกลงแร่",
    "cp1253": "Οι εκπρόσωποι υπέγραψαν τη συμφωνία για τα ορυκτά τη Δευτέρα",
    "cp1255": "נציגי המדינות נפגשו ביום שני וחתמו על הסכם המינרלים",
    "cp1256": "اجتمع ممثلو البلدين يوم الاثنين ووقعوا اتفاق المعادن",
}


def document(text: str, label: str = "") -> str:
    declared = f' encoding="{label}"' if label else ""
    return f'<?xml version="1.0"{declared}?><rss><channel><item><title>{text}</title></item></channel></rss>'


@pytest.mark.parametrize("label", ["", "utf-8", "iso-8859-1", "x-klingon"])
@pytest.mark.parametrize("encoding", SCRIPTS)
def test_a_script_without_a_true_label_is_found_out(encoding: str, label: str) -> None:
    text = document(SCRIPTS[encoding], label)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("header", ["", "text/xml; charset=utf-8", "text/xml; charset=us-ascii"])
@pytest.mark.parametrize("encoding", SCRIPTS)
def test_a_true_label_in_the_body_is_believed(encoding: str, header: str) -> None:
    text = document(SCRIPTS[encoding], encoding)
    assert decode(text.encode(encoding), header) == text


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("Shift_JIS", "cp932", "①両国㈱髙"),
        ("x-sjis", "cp932", "両国の代表"),
        ("windows-31j", "cp932", "①両国㈱"),
        ("euc-kr", "cp949", "똠방각하 협정"),
        ("gb2312", "gb18030", "朱镕基与矿产协议"),
        ("windows-874", "cp874", "ข้อตกลง"),
        ("x-mac-cyrillic", "mac-cyrillic", "Переговоры"),
        ("win-1251", "cp1251", "Переговоры"),
        ("iso-8859-1", "cp1252", "It’s “done” – €5"),
        ("iso-8859-1", "latin-1", "Café"),
        ("iso-8859-2", "iso-8859-2", "Česká vláda žádá"),
        ("utf-8", "cp1252", "Élysée : « déjà vu »"),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, encoding: str, text: str) -> None:
    text = document(text, label)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "label", ["rot13", "zlib", "base64", "idna", "punycode", "unicode_escape", "undefined", "", "x-user-defined"]
)
def test_what_is_no_encoding_of_text_is_no_label(label: str) -> None:
    assert known(label) == ""
    assert decode(document("Café", label).encode()) == document("Café", label)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_show_without_a_mark_whatever_the_label_and_the_script(encoding: str) -> None:
    text = f"<rss><title>{CYRILLIC * 5}</title></rss>"
    assert decode(text.encode(encoding)) == text
    assert decode(document(text, "utf-8").encode(encoding)) == document(text, "utf-8")


def test_a_mark_that_lies_is_no_proof() -> None:
    text = document(CYRILLIC, "windows-1251")
    assert decode(b"\xef\xbb\xbf" + text.encode("cp1251")) == text
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


def test_damage_stays_where_it_is() -> None:
    text = document(f"{CYRILLIC} – “quoted” – {CYRILLIC}")
    assert decode(text.encode().replace("сделке".encode(), b"sdelke\x92\xff\xfe")) == text.replace(
        "сделке", "sdelke" + "\ufffd" * 3
    )
    mixed = document("It’s " * 10)
    assert decode(mixed.encode().replace(b"s ", b"\x92 ", 5)) == mixed.replace("s ", "\ufffd ", 5)


def test_an_astral_letter_written_as_two_surrogates_is_one() -> None:
    assert decode(b"<rss>Hi \xed\xa0\xbd\xed\xb8\x80</rss>") == "<rss>Hi \U0001f600</rss>"
    assert decode("<rss>Привіт \ud83d усім</rss>".encode("utf-8", "surrogatepass")) == "<rss>Привіт \ufffd усім</rss>"


def test_text_encoded_twice_is_mended_whole_or_not_at_all() -> None:
    assert mended("CafÃ© dÃ©jÃ\xa0 vu") == "Café déjà vu"
    assert mended("Café – Ã©") == "Café – Ã©"
    assert mended("CafÃ©Â\xa0– the\xa030th") == "Café\xa0– the\xa030th"
    assert mended("Київ: 20 Â° – «так»") == "Київ: 20 Â° – «так»", "other letters of that range stand alone"
