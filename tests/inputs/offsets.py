"""Random documents with names planted in them: offsets.py GAZ DIR

Each document is written as text, Markdown, HTML and a JSON record, with
emoji, combining marks, CJK, CRLF, character references and markup. gaz must
find the planted names, no others, and text[start:end] in each unit must be
what it says is there, as Python counts."""
import html
import json
import os
import random
import re
import subprocess
import sys

gaz, folder = sys.argv[1:3]
random.seed(1234)
NAMES = ["Linux", "Mac OS X", "C++", "AT&T Unix", "Café OS", "漢字OS", "Zürich"]
FILLER = ["word", "naïve", "e\u0301te\u0301", "😀", "👩‍💻", "漢", "かな", "x < y", "a & b",
          "\u202eabc\u202c", "1.5", "(so)", "ﬁne", "\U00010348", "тест", "–", "don't", "§"]
INLINE = ["b", "i", "em", "span class='C++'", "a href=\"http://x/Linux\"", "code"]
COUNT = 700  # in three formats: 2,100 documents


def ref(c):
    kind = random.random()
    if kind < 0.8:
        return html.escape(c, quote=False)
    return random.choice(["&#%d;", "&#x%X;"]) % ord(c)


def html_text(text):
    return "".join(ref(c) for c in text)


def html_name(name):
    out = ""
    for word in re.split("( )", name):
        if word == " ":
            out += random.choice([" ", "  ", "\r\n", "&nbsp;", " <!-- C++ --> "])
        elif random.random() < 0.3:
            tag = random.choice(INLINE)
            out += "<%s>%s</%s>" % (tag, html_text(word), tag.split()[0])
        else:
            out += html_text(word)
    return out


def html_of(doc):
    out = ["<!DOCTYPE html>\r\n<title>x</title><style>Linux{}</style>"]
    for block in doc:
        out.append(random.choice(["<p>", "<div title='Linux'>", "<li>"]))
        for is_name, s in block:
            out.append(html_name(s) if is_name else html_text(s))
            out.append(random.choice([" , ", " ,\r\n", " <i>,</i> "]))
        out.append(random.choice(["", "<pre>Linux</pre>", "<script>Linux('</p>')</script>"]))
    return "".join(out)


def md_text(s):
    return "".join("\\" + c if c in "\\`*_[]<>&+-.!()#" and random.random() < 0.5
                   else "&lt;" if c == "<" else "&amp;" if c == "&" else c for c in s)


def md_name(name):
    words = [md_text(w) for w in name.split(" ")]
    if random.random() < 0.3:
        words[0] = random.choice(["**%s**", "*%s*", "<b>%s</b>", "~~%s~~"]) % words[0]
    if random.random() < 0.1:
        return "[%s](http://x/Linux 'C++')" % " ".join(words)
    return random.choice([" ", "  ", "&nbsp;"]).join(words)


def md_of(doc):
    out = []
    for block in doc:
        lead = random.choice(["", "> ", "- ", "1. ", "## "])
        row = []
        for is_name, s in block:
            row.append((md_name if is_name else md_text)(s))
        line = " , ".join(row)
        if lead in ("> ", "") and random.random() < 0.5:
            line = line.replace(" , ", " ,\r\n" + lead, 1)
        out.append(lead + "so: " + line)
        if random.random() < 0.2:
            out.append("```\nLinux\n```")
    return "\r\n\r\n".join(out) + "\r\n"


def text_of(doc):
    return "\r\n\r\n".join(" , ".join(s for _, s in block) for block in doc)


def document():
    return [[(True, random.choice(NAMES)) if random.random() < 0.4
             else (False, random.choice(FILLER)) for _ in range(random.randrange(1, 9))]
            for _ in range(random.randrange(1, 5))]


def cut(text, unit, start, end):
    if unit == "chars":
        return text[start:end]
    code = "utf-8" if unit == "bytes" else "utf-16-le"
    step = 1 if unit == "bytes" else 2
    return text.encode(code)[start * step:end * step].decode(code)


def check(result, text, wanted, unit, what):
    spans = result["spans"]
    assert result["text"] == text, what
    found = [s.get("id") for s in spans]
    assert found == wanted, "%s: %s, not %s in %r" % (what, found, wanted, text)
    for s in spans:
        got = cut(text, unit, s["start"], s["end"])
        assert got == s["text"], "%s: %r is not %r" % (what, got, s["text"])


with open(folder + "/names.tsv", "w", encoding="utf-8") as f:
    for n in NAMES:
        f.write("%s\tX\t%s\n" % (n, n))
wanted = {}
texts = {}
records = []
os.makedirs(folder + "/docs", exist_ok=True)
for i in range(COUNT):
    doc = document()
    for kind, make in (("md", md_of), ("html", html_of), ("txt", text_of)):
        name = "%s/docs/%04d.%s" % (folder, i, kind)
        texts[name] = make(doc)
        wanted[name] = [s for block in doc for is_name, s in block if is_name]
        with open(name, "w", encoding="utf-8", newline="") as f:
            f.write(texts[name])
    records.append((text_of(doc), wanted[name]))
with open(folder + "/records.jsonl", "w", encoding="utf-8") as f:
    for i, (text, _) in enumerate(records):
        f.write(json.dumps({"n": 1.50, "text": text, "id": "d%d" % i},
                           ensure_ascii=random.random() < 0.5) + "\n")


def run(*args):
    done = subprocess.run([gaz, "tag", "-l", folder + "/names.tsv", "-t", "jsonl", *args],
                          stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


count = 0
for unit in ("chars", "bytes", "utf16"):
    results = run("--offsets", unit, "-T", "2", folder + "/docs")
    assert len(results) == 3 * COUNT
    for r in results:
        check(r, texts[r["file"]], wanted[r["file"]], unit, r["file"])
        count += len(r["spans"])
    results = run("--offsets", unit, "-T", "2", folder + "/records.jsonl")
    assert len(results) == COUNT
    for i, r in enumerate(results):
        check(r, records[i][0], records[i][1], unit, "record %d" % i)
        assert r["id"] == "d%d" % i and r["n"] == 1.5 and r["unit"] == unit
        count += len(r["spans"])
print("%d documents, %d mentions in each of 3 units" % (4 * COUNT, count // 3))
