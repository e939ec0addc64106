"""corpus.py DIR OUT: about 84 MB of plain English text from the unpacked
documentation packages in DIR. Deterministic."""
import bz2
import gzip
import html
import os
import re
import sys

TARGET = 84_000_000
CAP = 3_900_000  # bytes from any one package
READ = 3_000_000  # bytes from any one file
REPEATS = 5  # of a line: boilerplate is left out

HIDDEN = re.compile(
    r'<(script|style|head|nav)\b.*?</\1>|<!--.*?-->', re.S | re.I)
BLOCK = re.compile(
    r'</?(p|div|li|ul|ol|h\d|tr|table|br|pre|dd|dt|dl|section)\b[^>]*>', re.I)
TAG = re.compile(r'<[^>]{0,2000}>')
ROFF = re.compile(r'\\f[BIRP]|\\f\(..|\\[&|^/,:]|\\s[-+]?\d')
ROFF_SKIP = {'.\\"', '.TH', '.if', '.ie', '.de', '.ds', '.nr', '.so', '.\\}'}
BLANKS = re.compile(r'\n[ \t]*\n(?:[ \t]*\n)+')


def from_html(text):
    text = BLOCK.sub('\n', HIDDEN.sub(' ', text))
    return html.unescape(TAG.sub('', text))


def from_roff(text):
    out = []
    for line in text.split('\n'):
        if line[:1] in ".'":
            parts = line.split(None, 1)
            if (len(parts) < 2 or parts[0] in ROFF_SKIP or len(parts[0]) > 3
                    or line.startswith('.\\"')):
                continue
            line = parts[1].replace('"', '')
        out.append(ROFF.sub('', line).replace('\\-', '-').replace('\\e', '\\'))
    return '\n'.join(out)


def english(data):
    """Enough of `the`, and hardly a byte beyond ASCII."""
    the = data.count(b' the ')
    if data.isascii() and the * 1200 > len(data):
        return True
    high = sum(b > 127 for b in data[:20000])
    return the * 1200 > len(data) and high < 400


def reader(path):
    """How to turn the file into text; None when it holds none."""
    name = path.lower()
    if '/man/' in path and re.search(r'\.\d\w*$', name):
        return from_roff
    if name.endswith(('.html', '.htm', '.xhtml')):
        base = os.path.basename(name)
        if 'genindex' in base or 'py-modindex' in base or 'src/' in path:
            return None
        return from_html
    if name.endswith(('.txt', '.rst', '.pod', '.dict', '.md', '.texi')):
        return str
    plain = '/doc/' in path and '.' not in os.path.basename(name)
    return str if plain else None


def texts(root):
    for base, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(base, name)
            stem, opener = path, open
            if name.endswith(('.gz', '.dz')):
                stem, opener = path[:-3], gzip.open
            elif name.endswith('.bz2'):
                stem, opener = path[:-4], bz2.open
            convert = reader(stem)
            if convert is None or os.path.islink(path):
                continue
            try:
                with opener(path, 'rb') as f:
                    data = f.read(READ)
            except (OSError, EOFError):
                continue
            if b'\0' not in data[:4096]:
                yield convert(data.decode('utf-8', 'replace'))


def without_repeats(text, seen):
    lines = []
    for line in text.split('\n'):
        line = line.rstrip()
        key = line.strip()
        count = seen.get(key, 0)
        if key and count >= REPEATS:
            continue
        if len(seen) < 3_000_000 or count:
            seen[key] = count + 1
        lines.append(line)
    return BLANKS.sub('\n\n', '\n'.join(lines)).encode('utf-8', 'replace')


def main():
    root, out = sys.argv[1:3]
    seen = {}
    total = 0
    with open(out, 'wb') as f:
        for package in sorted(os.listdir(root)):
            if package.startswith('wamerican'):
                continue
            used = 0
            for text in texts(os.path.join(root, package)):
                data = without_repeats(text, seen)
                if len(data) < 400 or not english(data):
                    continue
                data = data[:CAP - used]
                f.write(data + b'\n')
                used += len(data)
                if used >= CAP:
                    break
            total += used
            print(f'{package:24} {used / 1e6:8.2f} MB', file=sys.stderr)
        f.truncate(min(f.tell(), TARGET))
    print(f'corpus: {min(total, TARGET) / 1e6:.1f} MB', file=sys.stderr)
    if total < TARGET:
        print('corpus: smaller than wanted; packages are missing',
              file=sys.stderr)


main()
