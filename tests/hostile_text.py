r"""Strings that harm a program which shows them as they come, by kind of harm.

Each is a thing that feeds have sent or could send: what a terminal obeys, what reorders or hides text, what breaks the
measuring of columns, what a toolkit reads as markup, and what a shell, a file system or a database would act on.
Every harmful payload carries ``PWN`` so that a test can tell from a terminal's input whether it came through.
"""

from __future__ import annotations

from typing import Final

ESC: Final = "\x1b"

TERMINAL: Final[tuple[str, ...]] = (
    f"colour {ESC}[31mPWN{ESC}[0m",
    f"clear {ESC}[2J{ESC}[HPWN",
    f"cursor {ESC}[10;10HPWN",
    f"scroll region {ESC}[5;6rPWN",
    f"reset {ESC}cPWN",
    f"report position {ESC}[6nPWN",
    f"device attributes {ESC}[cPWN",
    f"secondary attributes {ESC}[>cPWN",
    f"report window {ESC}[21tPWN",
    f"window title {ESC}]0;PWN\x07",
    f"window title, ST {ESC}]2;PWN{ESC}\\",
    f"clipboard {ESC}]52;c;UFdO\x07PWN",
    f"clipboard in tmux {ESC}Ptmux;{ESC}{ESC}]52;c;UFdO\x07{ESC}\\PWN",
    f"link {ESC}]8;;file:///etc/passwd{ESC}\\PWN{ESC}]8;;{ESC}\\",
    f"notify {ESC}]9;PWN\x07",
    f"notify rxvt {ESC}]777;notify;PWN;PWN\x07",
    f"iterm file {ESC}]1337;File=name=UFdO:UFdO\x07",
    f"font {ESC}]50;PWN\x07",
    f"palette {ESC}]4;1;rgb:ff/00/00\x07PWN",
    f"unfinished OSC {ESC}]0;PWN",
    f"unfinished CSI {ESC}[",
    f"a lone escape {ESC}",
    f"DCS {ESC}PPWN{ESC}\\",
    f"sixel {ESC}Pq#0;2;0;0;0~~@@vv{ESC}\\PWN",
    f"APC {ESC}_PWN{ESC}\\",
    f"PM {ESC}^PWN{ESC}\\",
    f"SOS {ESC}XPWN{ESC}\\",
    f"kitty graphics {ESC}_Gf=24;UFdO{ESC}\\",
    f"leave the alternate screen {ESC}[?1049lPWN",
    f"mouse off {ESC}[?1000l{ESC}[?1003lPWN",
    f"bracketed paste off {ESC}[?2004lPWN",
    f"hide the cursor {ESC}[?25lPWN",
    f"character set {ESC}(0PWN",
    f"insert mode {ESC}[4hPWN",
    f"double height {ESC}#3PWN",
    "C1 CSI \x9b31mPWN\x9b0m",
    "C1 OSC \x9d0;PWN\x9c",
    "C1 DCS \x90PWN\x9c",
    "C1 next line \x85PWN",
    "null \x00PWN",
    "bell \x07\x07\x07\x07PWN",
    "backspaces abc\b\b\bPWN",
    "carriage return abc\rPWN",
    "vertical tab \x0b and form feed \x0cPWN",
    "shift out \x0ePWN\x0f",
    "delete \x7fPWN",
    "enquiry \x05PWN",
    "substitute \x1aPWN",
    "end of transmission \x04PWN",
    "XON \x11 XOFF \x13PWN",
)

ORDER_AND_HIDING: Final[tuple[str, ...]] = (
    "right-to-left override \u202efdp.exe",
    "left-to-right override \u202dabc",
    "embedding \u202aabc\u202bdef\u202c",
    "isolates \u2066abc\u2067def\u2068ghi\u2069",
    "unbalanced isolates " + "\u2067" * 50,
    "marks \u200eabc\u200fdef\u061cghi",
    "word joiner \u2060abc",
    "invisible times \u2062abc\u2063def\u2064",
    "byte order mark \ufeffabc\ufeff",
    "tag characters \U000e0041\U000e0042\U000e007f",
    "language tag \U000e0001\U000e0065\U000e006e",
    "interlinear \ufff9abc\ufffadef\ufffb",
    "line separator a\u2028b and paragraph separator a\u2029b",
    "non-characters \ufffe\uffff",
    "Mongolian vowel separator a\u180eb",
    "Arabic مرحبا بالعالم and Hebrew שלום עולם",
    "zero width space a\u200bb\u200bc",
    "zero width joiners a\u200db\u200cc",
    "soft\u00adhyphens\u00adevery\u00adwhere",
)

WIDTH: Final[tuple[str, ...]] = (
    "Zalgo " + "e" + "\u0301" * 2000,
    "\u0301a mark at the start",
    "東京の新聞が報じた記事の見出し",
    "한국어 제목과 English",
    "ｆｕｌｌｗｉｄｔｈ ｌｅｔｔｅｒｓ",
    "family 👨‍👩‍👧‍👦 and flags 🇩🇪🇯🇵🇧🇷",
    "text and emoji ❤ ❤\ufe0f ☎\ufe0e ☎\ufe0f",
    "five hundred joiners " + "👩\u200d" * 500,
    "skin tones 👋🏻👋🏽👋🏿",
    "keycaps 1\ufe0f\u20e3 #\ufe0f\u20e3",
    "private use \ue000\uf8ff\U000f0000",
    "ambiguous ①②③ ±×÷ Ωαβ",
    "tabs a\tb\tc",
    "one long word " + "x" * 20_000,
    "many spaces" + " " * 5_000 + "end",
    "   ",
    "",
    "Devanagari नमस्ते दुनिया, Thai สวัสดีชาวโลก",
    "Hangul jamo \u1112\u1161\u11ab\u1100\u1173\u11af",
    "surrogate-like \U0001f600 and \U0001f9ff",
)

MARKUP: Final[tuple[str, ...]] = (
    "[/]",
    "[/red] closing what was not opened",
    "[red]colour[/red]",
    "[bold",
    "[0] [00] [1,2]",
    "[@click=app.quit]PWN[/]",
    "[@click='app.bell()']PWN[/]",
    "[link=file:///etc/passwd]PWN[/link]",
    "[$primary on $error]theme[/]",
    "[" * 5_000,
    "[" + "9" * 1_600,
    "\\[escaped\\] and \\",
    "{curly} {0} {} %s %d %(name)s $name ${name}",
    "<script>PWN</script> <b>bold</b> &amp; &#27; &lt;",
    "**bold** _em_ `code` [a](javascript:PWN) ![i](x)",
    "```\nfence\n```",
    ">" * 500,
    "| a | b |\n|---|---|\n| c | d |",
    "# heading",
    ":smile: :warning:",
)

COMMANDS: Final[tuple[str, ...]] = (
    "$(touch PWN)",
    "`touch PWN`",
    "; touch PWN #",
    "| touch PWN",
    "' OR 1=1; DROP TABLE entry; --",
    '" OR ""="',
    "--help",
    "-rf /",
    "../../../../etc/passwd",
    "/etc/passwd",
    "CON NUL COM1 aux.txt",
    "a\nnewline and\r\nanother",
    "javascript:alert('PWN')",
    "NEAR(a b) AND OR NOT * ^ :",
)

ALL: Final[tuple[str, ...]] = TERMINAL + ORDER_AND_HIDING + WIDTH + MARKUP + COMMANDS

FORBIDDEN: Final = frozenset(
    [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"]
    + list("\u061c\u180e\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    + [chr(code) for code in range(0xE0000, 0xE0100)]
)
"""What cleaned text never holds: C0 but newline, DEL, C1, bidirectional controls, tag characters."""
