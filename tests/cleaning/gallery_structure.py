"""Shapes of the text itself: lists, code, tables, quotes, notes, marks; and texts in other languages and scripts."""

from __future__ import annotations

from .invented import FOOTER, HEADER, HEADLINE, OURS, Case, article, p, page


def inside(part: str, gold: str | None = None) -> dict[str, str]:
    """Return the page with ``part`` in the middle of its text, and what must come of it."""
    return {
        "page": article(HEADLINE, p(*OURS[:3]), part, p(*OURS[3:])),
        "gold": p(*OURS[:3]) + (part if gold is None else gold) + p(*OURS[3:]),
    }


CODE = "def light(lamp):\n\tif lamp.oil:\n\t\treturn True\n\n    # a * b < c && d"

STRUCTURE = (
    Case(
        "headings",
        **inside(
            "<h2>The oil</h2><p>It comes from the mill, in barrels that two men can lift.</p><h3>Its price</h3><p>Nobody would say what it costs.</p>"
        ),
    ),
    Case("a list", **inside("<ul><li>oil for a month</li><li>four wicks</li><li>one long match</li></ul>")),
    Case(
        "a numbered list that starts at five",
        **inside('<ol start="5"><li>trim the wick</li><li>fill the lamp</li></ol>'),
    ),
    Case(
        "lists in lists",
        **inside(
            "<ul><li>lamps<ul><li>the north lamp</li><li>the south lamp<ol><li>its wick</li></ol></li></ul></li><li>boats</li></ul>"
        ),
    ),
    Case(
        "code with its language",
        **inside(
            f'<pre><code class="language-python">{CODE.replace("<", "&lt;").replace("&&", "&amp;&amp;")}</code></pre>'
        ),
    ),
    Case(
        "code beside its line numbers",
        **inside(
            '<table class="highlighttable"><tr><td class="linenos"><pre>1\n2</pre></td><td class="code"><pre><span>oil = 4</span>\nwick = 2</pre></td></tr></table>',
            "<pre>oil = 4\nwick = 2</pre>",
        ),
    ),
    Case(
        "code in a listing of spans",
        **inside(
            '<div class="highlight-source-shell"><pre>$ <span class="k">light</span> --all\n# done</pre></div>',
            "<pre>$ light --all\n# done</pre>",
        ),
    ),
    Case(
        "a data table",
        **inside(
            "<table><tr><th>Lamp</th><th>Oil | litres</th></tr><tr><td>north</td><td>4</td></tr><tr><td>south</td><td>3</td></tr></table>"
        ),
    ),
    Case(
        "a data table with a caption and a head of its own",
        **inside(
            "<table><caption>Oil by lamp</caption><thead><tr><th>Lamp</th><th>Oil</th></tr></thead><tbody><tr><td>north</td><td>4</td></tr></tbody></table>",
            "<table><tr><th>Lamp</th><th>Oil</th></tr><tr><td>north</td><td>4</td></tr></table>",
        ),
    ),
    Case(
        "a quotation",
        **inside(
            "<blockquote><p>Oil is patience you can pour.</p><p>Nobody hurries a lamp.</p></blockquote>"
        ),
    ),
    Case(
        "a quotation in a quotation",
        **inside(
            "<blockquote><p>My father used to say this to me:</p><blockquote><p>Oil is patience you can pour.</p></blockquote></blockquote>"
        ),
    ),
    Case(
        "marks and links",
        **inside(
            '<p>The <em>long</em> match is <strong>never</strong> blown out, says <a href="/rules">the book of rules</a>, and <code>Lamp 4</code> is lit last of all.</p>',
            '<p>The <em>long</em> match is <strong>never</strong> blown out, says <a href="https://news.example/rules">the book of rules</a>, and <code>Lamp 4</code> is lit last of all.</p>',
        ),
    ),
    Case(
        "signs that Markdown would read",
        **inside(
            "<p>Stars * and * under_scores_ and 3 &lt; 4 &amp; [brackets] and `ticks` stay as they are, # too.</p>"
        ),
    ),
    Case(
        "a picture that is loaded late",
        **inside(
            '<img src="/spacer.gif" data-src="/late.jpg" alt="The mole">',
            '<img src="https://news.example/late.jpg">',
        ),
    ),
    Case(
        "a picture in several sizes",
        **inside(
            '<picture><source srcset="/s.jpg 300w, /l.jpg 1200w"><img alt="The mole"></picture>',
            '<img src="https://news.example/l.jpg">',
        ),
    ),
    Case(
        "a counting pixel and an icon",
        **inside(
            '<img src="https://count.example/1x1.gif" width="1" height="1"><img src="/icon.png" class="icon">',
            "",
        ),
    ),
    Case("a break between parts", **inside("<hr>", "")),
    Case(
        "terms and what they mean",
        **inside(
            "<dl><dt>Wick</dt><dd>What burns first.</dd><dt>Oil</dt><dd>What burns after.</dd></dl>",
            "<p>Wick</p><p>What burns first.</p><p>Oil</p><p>What burns after.</p>",
        ),
    ),
)

JAPANESE = (
    "港の灯台に九年ぶりに明かりがともり、岸壁には四百人を超える町の人々が集まって、最後の灯台守だった老人の話に静かに耳を傾けた。",
    "油の値段は上がり続けているが、組合は電気を引くことを断り、昔ながらの油の灯を守ると町長に伝え、町もそれを認めることにした。",
    "十一歳の少女が長いマッチを受け取り、北の灯から順に火を入れていくと、沖に並んだ十二隻の漁船が一斉に汽笛を鳴らしたという。",
    "春までは町が油代を払い、その後は組合が絵はがきや小さな本を売って続けるつもりだと、町長は集まった人々の前で説明した。",
)
ARABIC = (
    "أضيئت فوانيس الميناء من جديد مساء الجمعة، بعد تسعة شتاءات من رحيل آخر الحراس، الذي علق معطفه وأغلق الكوخ الحجري على الرصيف إلى الأبد.",
    "وقف نحو أربعمئة شخص على امتداد الرصيف، كما قالت رئيسة البلدية، التي وعدت بإضاءة الفوانيس في خطابها الأول وذكرها الناس به في كل رسالة.",
    "تحترق المصابيح بالزيت كما كانت دائما، لأن نقابة الحراس لم تقبل بغير ذلك، ولأن المجلس لم يجد مالا لمد الأسلاك التي رسمها المهندسون.",
)
GERMAN = (
    "Die Laternen im Hafen brennen wieder, neun Winter nachdem der letzte Wärter seinen Mantel an den Haken gehängt und die Hütte auf der Mole abgeschlossen hatte.",
    "Rund vierhundert Menschen standen am Kai, sagte die Bürgermeisterin, die das Anzünden in ihrer ersten Rede versprochen hatte und in jedem Brief daran erinnert wurde.",
    "Das Öl bezahlt bis zum Frühjahr die Stadt, danach will die Zunft Postkarten verkaufen, Kerzen und ein kleines Buch mit Wetterregeln, das die Stadt drucken lässt.",
)
RUSSIAN = (
    "Фонари в гавани снова зажгли в пятницу вечером, через девять зим после того, как последний смотритель повесил пальто и запер каменную хижину на молу.",
    "Вдоль набережной стояло около четырёхсот человек, сказала мэр, которая обещала зажечь фонари ещё в первой речи, и ей напоминали об этом в каждом письме.",
    "Масло до весны оплачивает город, а потом гильдия собирается продавать открытки, свечи и маленькую книгу примет о погоде, которую город напечатает за свой счёт.",
)


def foreign(language: str, headline: str, texts: tuple[str, ...], around: str = "") -> dict[str, str]:
    return {
        "page": page(
            f"{HEADER}<article><h1>{headline}</h1>{p(*texts)}{around}</article>{FOOTER}",
            title=headline,
            language=language,
        ),
        "gold": p(*texts),
    }


LANGUAGES = (
    Case("Japanese", **foreign("ja", "港の灯台、九年ぶりに点灯", JAPANESE)),
    Case("Arabic, right to left", **foreign("ar", "فوانيس الميناء تضاء من جديد", ARABIC)),
    Case(
        "German, with its phrases",
        **foreign(
            "de",
            "Die Laternen im Hafen brennen wieder",
            GERMAN,
            '<h3>Lesen Sie auch</h3><p><a href="/b">Die Brücke</a></p>',
        ),
    ),
    Case(
        "Russian, with its phrases",
        **foreign(
            "ru",
            "Фонари в гавани снова зажгли",
            RUSSIAN,
            '<h3>Читайте также</h3><p><a href="/b">Мост закрыт</a></p>',
        ),
    ),
    Case(
        "Japanese sentences that are short lines",
        **foreign(
            "ja",
            "港の灯台、九年ぶりに点灯",
            tuple(
                part + "。" for text in JAPANESE for part in text.rstrip("。").split("、") if len(part) > 14
            ),
        ),
    ),
)

CASES = STRUCTURE + LANGUAGES
