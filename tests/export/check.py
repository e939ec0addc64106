"""What gaz writes, read by somebody else: check.py GAZ FOLDER SCHEMAS

Random documents with emoji, combining marks, CJK, right-to-left text, CRLF,
markup and bytes that are no UTF-8 (GAZ_DOCUMENTS=2000 for more): in each format and unit the text between
the offsets is the mention, and each line is as its schema says."""
import json
import os
import random
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as tree

gaz, folder, schemas = sys.argv[1:4]
DOCUMENTS = int(os.environ.get("GAZ_DOCUMENTS", "400"))
try:
    import jsonschema
except ImportError:
    jsonschema = None
    print("skipped: JSON schemas (Debian: python3-jsonschema)")

names = {"Linux": "OS", "Mac OS": "OS", "C++": "Language", "café": "Place",
         "日本": "Place", "😀 Editor": "App", "Ada \"95\"": "Language", "e\u0301a": "X"}
normal = {unicodedata.normalize("NFC", n): label for n, label in names.items()}
filler = ["é", "😀", "日本語", "עברית", "\u202e", "a", "the", " ", " ", "\n", "\r\n",
          "\t", "<b>", "&amp;", "*", "`", "\\", "\"", "'", "e\u0301", "𝔘", "\u00ad",
          ". ", "\ufeff", "\x01", "(", ")", "\n\n", "- ", "# ", "12"]
raw = [b"\xff", b"\xc3", b"\xe2\x80", b"\x00", b"\xed\xa0\x80"]
chance = random.Random(20)
paths = []
sources = []
for i in range(DOCUMENTS):
    parts = []
    for _ in range(chance.randrange(40)):
        kind = chance.randrange(8)
        if kind < 3:
            parts.append((" " + chance.choice(list(names)) + " ").encode())
        elif kind == 3 and i % 4 == 0:
            parts.append(chance.choice(raw))
        else:
            parts.append(chance.choice(filler).encode())
    source = b"".join(parts)
    path = os.path.join(folder, "%04d.txt" % i)
    with open(path, "wb") as f:
        f.write(source)
    paths.append(path)
    sources.append(source)
with open(os.path.join(folder, "list.tsv"), "w", encoding="utf-8") as f:
    for name, label in names.items():
        f.write("%s\t%s\t\tcase=exact,plural=no\n" % (name, label))


def run(to, *options):
    out = subprocess.run([gaz, "tag", "-l", os.path.join(folder, "list.tsv"),
                          "-f", "text", "-t", to, *options, *paths],
                         check=True, stdout=subprocess.PIPE).stdout
    return out


def decoded(source):
    """Each byte that is no UTF-8 as one character."""
    return source.decode("utf-8", "surrogateescape")


def shown(text):
    return "".join("\ufffd" if "\udc80" <= c <= "\udcff" else c for c in text)


def sliced(source, unit, start, end):
    if unit == "bytes":
        return source[start:end].decode("utf-8")
    if unit == "utf16":
        wide = shown(decoded(source)).encode("utf-16-le")
        return wide[2 * start:2 * end].decode("utf-16-le")
    return shown(decoded(source))[start:end]


def check(good, *what):
    if not good:
        print("check.py:", *what)
        sys.exit(1)


def squeezed(text):
    return " ".join(text.split())


def is_name(text, label):
    for ignorable in "\ufeff\u00ad\u202e":
        text = text.replace(ignorable, "")
    return normal.get(unicodedata.normalize("NFC", squeezed(text))) == label


def schema_of(name):
    if jsonschema is None:
        return None
    with open(os.path.join(schemas, name + ".json"), encoding="utf-8") as f:
        return jsonschema.Draft202012Validator(json.load(f))


def lines(name, *options):
    schema = schema_of(name)
    out = [json.loads(line) for line in run(name, *options).decode("utf-8").splitlines() if line]
    for document in out if schema else []:
        for error in schema.iter_errors(document):
            check(False, name, error.message, list(error.path))
    return out


def check_all(name, unit, documents, spans_of):
    check(len(documents) == DOCUMENTS, name, len(documents), "documents")
    total = 0
    for source, document in zip(sources, documents):
        for start, end, label, text in spans_of(document):
            got = sliced(source, unit, start, end)
            check(is_name(got, label), name, unit, source, start, end, label, repr(got))
            check(text is None or text == got, name, unit, source, repr(text), repr(got))
            total += 1
    return total


totals = set()
for unit in "chars", "bytes", "utf16":
    documents = lines("jsonl", "--offsets", unit)
    check(all(d["unit"] == unit for d in documents), "the unit", unit)
    check(all(d["text"] == shown(decoded(s)) for d, s in zip(documents, sources)), "the text")
    totals.add(check_all("jsonl", unit, documents, lambda d: [
        (s["start"], s["end"], s["label"], s["text"]) for s in d["spans"]]))
    by_file = {path: [] for path in paths}
    for row in run("tsv", "--offsets", unit).decode("utf-8").splitlines():
        cells = row.split("\t")
        by_file[cells[0]].append((int(cells[1]), int(cells[2]), cells[3], None))
    totals.add(check_all("tsv", unit, [by_file[p] for p in paths], lambda d: d))
    root = tree.fromstring(run("xml", "--offsets", unit))
    for source, document in zip(sources, root):
        text = "".join(document.itertext())
        wanted = "".join("\ufffd" if c < " " and c not in "\t\n\r" else c for c in shown(decoded(source)))
        check(text == wanted, "xml: the text", source, repr(text))
    totals.add(check_all("xml", unit, list(root), lambda d: [
        (int(m.get("start")), int(m.get("end")), m.get("label"), m.text) for m in d]))
for name in "spacy", "prodigy":
    key = "ents" if name == "spacy" else "spans"
    documents = lines(name)
    totals.add(check_all(name, "chars", documents, lambda d: [
        (s["start"], s["end"], s["label"], None) for s in d[key]]))
    for d in documents if name == "prodigy" else []:
        for token in d["tokens"]:
            check(d["text"][token["start"]:token["end"]] == token["text"], "a token of prodigy")
        for s in d["spans"]:
            check(d["tokens"][s["token_start"]]["start"] == s["start"] and
                  d["tokens"][s["token_end"]]["end"] == s["end"], "tokens of a span")
totals.add(check_all("doccano", "chars", lines("doccano"), lambda d: [
    (s[0], s[1], s[2], None) for s in d["label"]]))
totals.add(check_all("labelstudio", "utf16", lines("labelstudio"), lambda d: [
    (r["value"]["start"], r["value"]["end"], r["value"]["labels"][0], r["value"]["text"])
    for r in d["predictions"][0]["result"]]))
totals.add(check_all("hf", "chars", lines("hf"), lambda d: [
    (s["start"], s["end"], s["entity_group"], s["word"]) for s in d]))
documents = lines("solr")
check(all(d["tagsCount"] == len(d["tags"]) and d["response"]["numFound"] == len(d["response"]["docs"])
          for d in documents), "solr: counts")
types = {doc["id"]: doc["type"] for d in documents for doc in d["response"]["docs"]}
totals.add(check_all("solr", "utf16", documents, lambda d: [
    (t["startOffset"], t["endOffset"], types[t["ids"][0]], t["matchText"]) for t in d["tags"]]))
counts = json.loads(run("counts-json"))
for error in schema_of("counts-json").iter_errors(counts) if jsonschema else []:
    check(False, "counts-json", error.message)
check(counts["documents"] == DOCUMENTS, "counts: documents")
totals.add(sum(n["mentions"] for n in counts["names"]))
totals.add(counts["mentions"])
check(len(totals) == 1 and min(totals) > DOCUMENTS, "mentions by format:", totals)
