"""The documents of the gallery: one for each construct and each script, all invented."""

from __future__ import annotations

from reader.document import Cell, Figure, Table
from reader.model import Article, StoredArticle
from tests.articles import (
    NOON,
    Enclosure,
    Mark,
    Span,
    Verdict,
    article,
    bullets,
    code,
    em,
    figure,
    h,
    link,
    note,
    numbers,
    p,
    quote,
    row,
    rule,
    spans,
    stored,
    strong,
    table,
    terms,
)

LAMP = (
    "The lamplighter of Quarrel Street retired on Friday, and for the first evening in forty years nobody walked "
    "the length of it with a pole. The lamps came on all the same, one after the other, as if someone were walking."
)
BOAT = (
    "A boat that leaves at seven-thirty is not a boat one misses; it is a boat one watches from the quay — with "
    "coffee, with a dog, with the well-meant advice of a harbour-master who has seen it all before."
)


def _cells(*texts: str, header: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell(spans(text), header) for text in texts)


DOCUMENTS: dict[str, Article | StoredArticle] = {
    # -- constructs
    "paragraphs": article(LAMP, BOAT, "Short.", title="Nobody lights the lamps"),
    "headings": article(
        LAMP, h(2, "The first evening"), BOAT, h(3, "At the quay, where the headings are long enough to be broken"),
        "One line.", h(4, "And deeper"), "Another line.", h(2, "The second evening"), "The end.",
    ),
    "marks": article(
        p("It was ", em("quite"), " dark, ", strong("very"), " dark, ", Span("not so dark", Mark.STRIKE), " and ",
          Span("lit()", Mark.CODE), " returned ", Span("None", Mark.CODE | Mark.STRONG), "; press ",
          Span("Ctrl", Mark.KBD), "+", Span("L", Mark.KBD), " for ", Span("light", Mark.UNDERLINE), ", ",
          Span("marked", Mark.HIGHLIGHT), "."),
    ),
    "scripts-raised-and-lowered": article(
        p("E = mc", Span("2", Mark.SUP), ", H", Span("2", Mark.SUB), "O, x", Span("n+1", Mark.SUP), ", the 4",
          Span("th", Mark.SUP), " floor, a", Span("i", Mark.SUB), " and a", Span("long one", Mark.SUB), "."),
    ),
    "links": article(
        p("The ", link("council's report", "https://council.example/report"), " names ",
          link("three ", "https://lamp.example/three"), link("streets", "https://lamp.example/three", Mark.STRONG),
          ", and the ", link("report", "https://council.example/report"), " again; write to ",
          link("the editor", "mailto:editor@lamp.example"), "."),
    ),
    "a-line-of-verse-each": article(
        p("The lamps are out,\nthe street is long,\nand somebody who walks along it\nwhistles half a song."),
    ),
    "quotes": article(
        LAMP,
        quote("It was never about the light, she said. It was about somebody coming by at dusk, every dusk.",
              "And now?", quote("Now the dusk comes by alone.")),
        "Nobody answered.",
        quote(p("A post from elsewhere, set into the page."), embedded=True),
    ),
    "lists": article(
        "There were:",
        bullets("lamps", "poles, of which the longest was never used because it did not fit round the corner",
                (p("people"), bullets("old", (p("young"), numbers("one", "two")))), "a dog"),
        "And then:",
        numbers("first", "second", start=9),
    ),
    "loose-lists": article(
        numbers((p(LAMP), p("More of it.")), (p("Short."),), (p("With a listing:"), code("lamp on")),
                (quote("A quotation first."), p("Then words."))),
    ),
    "a-list-that-starts-with-a-list": article(bullets((bullets("inner", "second"),), (), "outer")),
    "nested-deep": article(
        quote(bullets((p("one"), bullets((p("two"), bullets((p("three"), bullets("four " + LAMP))))))))
    ),
    "definitions": article(
        terms(("Lamp", "A thing that gives light, and that somebody once had to light."),
              ("Pole", "A stick of four metres, the last third of which is hook: " + BOAT)),
    ),
    "code": article(
        "It began with a script:",
        code("def light(lamp: Lamp) -> None:\n    # one lamp at a time\n    if not lamp.lit:\n        lamp.lit = True\n"
             "        return print(f'{lamp.name} is lit')\n", "python"),
        "It ended with none.",
    ),
    "code-too-wide": article(
        code("lamps = [lamp for street in city.streets for lamp in street.lamps if not lamp.lit and not lamp.broken]  # all\n"
             "\n\tindented by a tab\n  日本語のコメント and then it goes on for so long that it leaves the page on the right, as code does"),
    ),
    "code-of-no-language": article(code("one\n\n\n  two\n", "klingonscript"), code("")),
    "a-diff": article(code("--- a\n+++ b\n@@ -1 +1 @@\n-lamp\n+lantern\n", "diff")),
    "table": article(
        table(("Street", "Lamps", "Lit by"), ("Quarrel Street", "41", "hand"), ("Harbour", "1,200", "clock"),
              ("Mill Lane", "7", "nobody"), caption="Lamps by street"),
    ),
    "table-with-long-cells": article(
        table(("Street", "What the council says"), ("Quarrel Street", LAMP), ("Harbour", BOAT), ("Mill Lane", "Nothing.")),
    ),
    "table-too-wide": article(
        Table((_cells(*[f"Month {n}" for n in range(1, 13)], header=True),
               _cells(*[f"{n * 1000} lamps" for n in range(1, 13)]))),
    ),
    "table-with-spans": article(
        Table((
            (Cell(spans("Lamps"), True, colspan=2), Cell(spans("Poles"), True)),
            (Cell(spans("gas"), rowspan=2), Cell(spans("tall")), Cell(spans("4"))),
            (Cell(spans("short")), Cell(spans("2"))),
            (Cell(spans("all of them together, with what was in the shed"), colspan=3),),
            (Cell(spans("alone")),),
        )),
    ),
    "table-without-header": article(table(("a", "b"), ("c", "d"), header=False)),
    "table-with-links": article(table(("Who", "Where"), ("Ada", link("her page", "https://ada.example/")), ("Ben", "—"))),
    "table-in-quote": article(quote(table(("n", "n²"), ("1", "1"), ("2", "4")))),
    "figures": article(
        figure("https://lamp.example/p.jpg", "A lamp", "The last gas lamp, lit by hand.", credit="Ines Orr", width=1200, height=800),
        figure("https://lamp.example/q.jpg"),
        figure("", "No address"),
        Figure("https://lamp.example/v.mp4", kind="video", caption=spans("It moves.")),
        Figure("https://map.example/embed", "A map of the street", kind="embed"),
        Figure("https://lamp.example/s.mp3", kind="audio"),
    ),
    "footnotes": article(
        p("A claim", Span("1", Mark.SUP, "#1"), " and another", Span("[note]", Mark.PLAIN, "#fn-2"), "."),
        note("1", "As seen on Friday."), note("fn-2", p("As seen ", link("here", "https://lamp.example/seen"), "."), LAMP),
    ),
    "rules": article("Before.", rule, "After."),
    "an-address-that-is-too-long": article(
        p("See ", link("https://lamp.example/archive/2026/11/24/the-lamplighter-of-quarrel-street-retires?utm=none&page=2#top",
                       "https://lamp.example/archive")),
        "x" * 130,
    ),
    "soft-hyphens": article("Die Straßen\u00adlaternen\u00adanzünder\u00adgewerk\u00adschafts\u00adversammlung tagt. " * 3,
                            "zero\u200bwidth\u200bspace\u200b" * 8),
    "spaces-kept-together": article("10\u00a0000\u00a0lamps and « une\u00a0lampe » : " * 4),
    # -- the frame
    "everything-about-an-entry": stored(
        LAMP,
        row=row("Nobody lights the lamps", tags=("city", "read/again"), words=1234),
        page=article(LAMP, authors=("Ines Orr", "Tom Bly", "K. Sato"), topics=("Light",), comments_url="https://lamp.example/c"),
        enclosures=(Enclosure("https://lamp.example/e.mp3", "audio/mpeg", 12_345_678, "The lamps, read aloud"),
                    Enclosure("https://lamp.example/e.pdf")),
        topics=("City", "Light"),
        note="For the meeting on Monday.",
    ),
    "feed-text-instead-of-a-short-page": stored(
        feed=("The whole story, as the feed has it.",),
        page=article("Subscribe to read.", verdict=Verdict.TOO_SHORT, word_count=12, kept_share=0.003),
    ),
    "a-page-that-could-not-be-fetched": stored(feed=("The teaser.",), page_error="lamp.example does not answer."),
    "a-doubtful-page": stored(page=article(LAMP, verdict=Verdict.DOUBTFUL, reason="Much of the page was left out.")),
    "nothing-at-all": stored(row=row("", published=None, link="", feed_title="")),
    "a-title-that-is-very-long": article(title=LAMP, authors=("Ines Orr",), site="The Evening Lamp", published=NOON),
    # -- scripts
    "german": article("„Größenwahn“, sagte der Laternenanzünder – und ging. Die Hängebuchenallee lag im Dunkeln; "
                      "nur die Donaudampfschifffahrtsgesellschaftskapitänsmütze glänzte."),
    "french": article("« Qu’est-ce que c’est\u00a0? » demanda-t-elle. Il répondit\u00a0: «\u00a0C’est l’heure où l’on allumait les réverbères.\u00a0»"),
    "russian": article("Фонарщик с улицы Ссор ушёл на пенсию в пятницу, и впервые за сорок лет никто не прошёл по ней с шестом."),
    "greek": article("Ο φανοκόρος της οδού Έριδος συνταξιοδοτήθηκε την Παρασκευή, και για πρώτη φορά κανείς δεν πέρασε από εκεί."),
    "vietnamese": article("Người thắp đèn phố Cãi Nhau nghỉ hưu vào thứ Sáu, và lần đầu tiên sau bốn mươi năm không ai đi dọc phố."),
    "turkish": article("Işıkçı İbrahim emekli oldu; kırk yıldır ilk kez kimse direkle sokağı boydan boya yürümedi."),
    "hindi": article("झगड़ा गली का दीपक जलाने वाला शुक्रवार को सेवानिवृत्त हुआ, और चालीस वर्षों में पहली बार कोई भी डंडा लेकर गली में नहीं चला।"),
    "tamil": article("விளக்கு ஏற்றுபவர் வெள்ளிக்கிழமை ஓய்வு பெற்றார்; நாற்பது ஆண்டுகளில் முதல் முறையாக யாரும் தெருவில் நடக்கவில்லை."),
    "thai": article("คนจุดโคมไฟแห่งถนนทะเลาะเกษียณเมื่อวันศุกร์และเป็นครั้งแรกในรอบสี่สิบปีที่ไม่มีใครเดินไปตามถนนพร้อมไม้ยาว"),
    "burmese": article("မီးတိုင်ထွန်းသူသည်သောကြာနေ့တွင်အနားယူခဲ့သည်။လေးဆယ်နှစ်အတွင်းပထမဆုံးအကြိမ်မည်သူမျှလမ်းမလျှောက်ခဲ့ပါ။"),
    "chinese": article("争吵街的点灯人星期五退休了，四十年来第一次没有人拿着长杆走过这条街。“灯还是一盏接一盏地亮了，”她说，“好像有人在走。”（摄影：王小明）", title="没有人点灯"),
    "chinese-with-latin": article("用 Python 3.11 写的程序（version 2.0）在 2026 年 11 月运行了 1,234 次，速度是 C++ 的 50%，详见 https://lamp.example/zh 。"),
    "japanese": article("けんか通りの点灯夫が金曜日に引退しました。「四十年ぶりに、だれも竿を持って歩きませんでした」とカフェの主人は言う。ランプは、まるでだれかが歩いているかのように、ひとつずつともった……。", title="だれもランプをともさない"),
    "korean": article("다툼 거리의 점등원이 금요일에 은퇴했고, 사십 년 만에 처음으로 아무도 장대를 들고 그 거리를 걷지 않았다. 등불은 그래도 하나씩 켜졌다.", title="아무도 등을 켜지 않는다"),
    "arabic": article("تقاعد مُشعل المصابيح في شارع الخصام يوم الجمعة، ولأول مرة منذ أربعين عامًا لم يمشِ أحد في الشارع حاملًا العصا.",
                      quote("قالت: لم يكن الأمر يتعلق بالضوء قط."), bullets("مصباح", "عصا"), title="لا أحد يشعل المصابيح"),
    "hebrew": article("מדליק הפנסים של רחוב המריבה פרש ביום שישי, ולראשונה זה ארבעים שנה לא הלך איש לאורכו עם מוט (CSS 3).", title="איש אינו מדליק"),
    "persian": article("چراغ‌افروز خیابان دعوا روز جمعه بازنشسته شد و نخستین بار در چهل سال هیچ‌کس با چوب از آن نمی‌گذشت."),
    "georgian-and-armenian": article("მელამპე პარასკევს გავიდა პენსიაზე, და ორმოცი წლის შემდეგ პირველად არავინ გაიარა ქუჩაში.",
                                     "Լապտեր վառողը ուրբաթ օրը թոշակի անցավ, և քառասուն տարում առաջին անգամ ոչ ոք չանցավ փողոցով։"),
    "mixed-directions": article("The word שלום means peace, and سلام does too; both are read from the right, which a terminal may or may not know.",
                                "שלום is the first word here, so this paragraph is set to the right although most of it is English."),
    "emoji": article("Lamps: 💡🕯️🔦 and people: 👩‍👩‍👧‍👦👍🏽🇩🇪🇯🇵 — 1️⃣ ❤️‍🔥 ✈︎ ✔️ " * 3),
    "marks-on-letters": article("Z̷a̷l̷g̷o̷ walks, e\u0301 and n\u0303 are one cell each, q\u0323\u0307 is too. " * 2),
    "a-list-of-many": article(numbers(*[f"item {n}" for n in range(1, 4)], start=98)),
}  # fmt: skip

JUSTIFIED: dict[str, Article] = {
    "justified": article(
        LAMP, h(2, "A heading is not, although it may well be long enough to be broken into two lines on a narrow page"),
        BOAT, quote(BOAT), bullets(LAMP, "Short."), "A line\nthat was broken on purpose stays as short as it is.",
        table(("Street", "Lamps"), ("Quarrel Street", LAMP)), "x" * 30 + " " + "y" * 30 + " " + "z" * 30,
    ),
    "justified-with-marks": article(
        p("The ", link("council's report", "https://council.example/report"), " says ", em("nothing"), " of ",
          Span("lamp --on --all", Mark.CODE), ", of 10\u00a0000\u00a0lamps, of Stra\u00dfen\u00adlaternen\u00adanz\u00fcnder ",
          link("or of anybody else", "https://council.example/else"), ": not one of them is named, and none was asked."),
    ),
    "justified-scripts": article(
        "Фонарщик с улицы Ссор ушёл на пенсию в пятницу, и впервые за сорок лет никто не прошёл по ней с шестом.",
        "用 Python 3.11 写的程序（version 2.0）在 2026 年 11 月运行了 1,234 次，速度是 C++ 的 50%，而且没有人知道为什么会这样。",
        "다툼 거리의 점등원이 금요일에 은퇴했고, 사십 년 만에 처음으로 아무도 장대를 들고 그 거리를 걷지 않았다.",
        "תקופה ארוכה מאוד עברה מאז שמישהו הלך לאורך הרחוב הזה עם מוט ארוך ביד והדליק פנס אחר פנס.",
    ),
}  # fmt: skip
"""Those that are set to both edges."""
