"""Marking mentions does not break a Markdown document: what cmark makes of it is
the same but for the labels and stars. markdown.py GAZ FILE..."""
import re
import subprocess
import sys

gaz = sys.argv[1]
LABEL = r" ?<code>\[[A-Z]\w+\]</code>"


def html(source):
    return subprocess.run(["cmark", "--unsafe"], input=source, check=True,
                          stdout=subprocess.PIPE).stdout.decode("utf-8")


def bare(page):
    """Without labels (in HTML blocks they are plain), stars and white space."""
    page = re.sub(LABEL, "", page)
    page = re.sub(r"(?<=\w)\[[A-Z]\w+\]", "", page)
    return re.sub(r"\s+", "", re.sub(r"</?strong>", "", page))


def tagged(path, to, zones):
    return subprocess.run([gaz, "tag", "-f", "markdown", "-t", to, "--zones", zones, path],
                          check=True, stdout=subprocess.PIPE).stdout


for path in sys.argv[2:]:
    with open(path, "rb") as f:
        source = f.read()
    for zones in "prose", "prose,inline-code":
        before, after = bare(html(source)), bare(html(tagged(path, "md", zones)))
        if before != after:
            at = next(i for i in range(len(before) + 1) if before[:i + 1] != after[:i + 1])
            print("markdown.py:", path, zones, "wanted", before[at - 60:at + 60],
                  "got", after[at - 60:at + 60])
            sys.exit(1)
        wanted = tagged(path, "tsv", zones).count(b"\n")
        marked = len(re.findall(rb"`\[[A-Z]\w+\]`|\w\[[A-Z]\w+\]", tagged(path, "md", zones)))
        if marked < wanted:
            print("markdown.py:", path, zones, marked, "labels for", wanted, "mentions")
            sys.exit(1)
