"""Real pages through gaz: pages.py GAZ FOLDER...

Every mention in the HTML and Markdown files below the folders must stand in
their prose, as readers that are not ours see it: Python's html.parser, and
for Markdown its fences and the targets of its links."""
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

gaz = sys.argv[1]
LIMIT = 120


class Regions(HTMLParser):
    """The bytes of a page that are text outside of pre, script and style."""

    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.starts = [0]
        for m in re.finditer("\n", text):
            self.starts.append(m.end())
        self.text = text
        self.good = bytearray(len(text) + 1)
        self.depth = 0
        self.last = 0
        self.open = True
        self.feed(text)
        self.close()
        self.mark(len(text))

    def at(self):
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def mark(self, to):
        if self.open and not self.depth:
            self.good[self.last:to] = b"\1" * (to - self.last)

    def markup(self, size):
        here = self.at()
        self.mark(here)
        self.last = here + size
        self.open = True

    def handle_starttag(self, tag, attrs):
        self.markup(len(self.get_starttag_text()))
        self.depth += tag in ("pre", "script", "style")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        here = self.at()
        self.markup(self.text.find(">", here) + 1 - here)
        if tag in ("pre", "script", "style") and self.depth:
            self.depth -= 1

    def handle_comment(self, data):
        self.markup(len(data) + 7)

    def handle_decl(self, decl):
        self.markup(len(decl) + 3)

    def handle_pi(self, data):
        self.markup(len(data) + 3)


def html_good(text):
    return Regions(text).good


def markdown_good(text):
    good = bytearray(b"\1" * (len(text) + 1))
    fence = None
    at = 0
    for line in text.splitlines(keepends=True):
        m = re.match(r"(```+|~~~+)", line)
        if fence or m:
            good[at:at + len(line)] = bytes(len(line))
        if fence and m and m.group(1).startswith(fence) and not line.strip().strip(fence[0]):
            fence = None
        elif m and not fence:
            fence = m.group(1)
        at += len(line)
    for m in re.finditer(r"\]\(([^()\s]*)|<(https?://[^>\s]*)>", text):
        good[m.start():m.end()] = bytes(m.end() - m.start())
    return good


def pages(folders):
    found = {".html": [], ".md": []}
    for folder in folders:
        for top, dirs, names in os.walk(folder):
            dirs.sort()
            for n in sorted(names):
                end = os.path.splitext(n)[1]
                path = os.path.join(top, n)
                if end in found and os.path.isfile(path) and os.path.getsize(path) < 1 << 20:
                    found[end].append(path)
    return found


bad = 0
for end, paths in pages(sys.argv[2:]).items():
    step = max(1, len(paths) // LIMIT)
    paths = paths[::step][:LIMIT]
    if not paths:
        print("%s: no page is installed here" % end)
        continue
    done = subprocess.run([gaz, "tag", "-t", "jsonl", "--files0-from", "-"],
                          input=b"".join(p.encode() + b"\0" for p in paths),
                          stdout=subprocess.PIPE, check=True)
    count = 0
    for line in done.stdout.splitlines():
        doc = json.loads(line)
        text = doc["text"]
        if "\ufffd" in text:
            continue
        good = (html_good if end == ".html" else markdown_good)(text)
        for s in doc["spans"]:
            count += 1
            if text[s["start"]:s["end"]] != s["text"] or not (
                    good[s["start"]] and good[s["end"] - 1]):
                bad += 1
                if bad <= 20:
                    print("%s:%d: %r: %r" % (doc["file"], s["start"], s["text"],
                          text[max(0, s["start"] - 60):s["end"] + 30]))
    print("%s: %d mentions in %d pages" % (end, count, len(paths)))
sys.exit(bad > 0)
