"""The table (Markdown and TSV), the targets, and the picture."""
import datetime
import hashlib
import html
import math
import os
import platform
import re
import subprocess

MB = 1e6
# daachorse's MB/s with such lists where the hash limit was 1,620 MB/s, which is
# the speed of `plain`; it cannot be had from packages, so it is no row.
DAACHORSE = (('10k', 128), ('100k', 91), ('1m', 46))
DAACHORSE_LIMIT = 1620
TARGETS = (  # of issue: what, list, wanted
    ('hash', '10k', 0.60), ('hash', '100k', 0.40), ('hash', '1m', 0.15),
    ('vectorscan', '10k', 3), ('vectorscan', '100k', 8),
    ('pyahocorasick', '10k', 25), ('pyahocorasick', '100k', 25),
    ('pyahocorasick', '1m', 25))


def output(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True,
                              check=False)
        return done.stdout.strip()
    except OSError:
        return ''


def cpu_name():
    with open('/proc/cpuinfo', encoding='utf-8') as f:
        facts = dict(re.split(r'\s*:\s*', line.rstrip('\n'), maxsplit=1)
                     for line in f if ':' in line)
    name = facts.get('model name', platform.machine())
    if 'cpu family' in facts:
        name += (f' (family {facts["cpu family"]}, model {facts["model"]}, '
                 f'stepping {facts["stepping"]})')
    return name


def versions(bench):
    lines = [('gaz', output(bench.gaz, '--version').split('\n')[0] + ', ' +
              output('git', 'describe', '--always', '--dirty')),
             ('compiler', output('gcc', '--version').split('\n')[0]),
             ('kernel', platform.release())]
    rivals = bench.rivals
    if 'hs' in rivals:
        lines.append((rivals.get('hs_name', 'libhs'),
                      output(rivals['hs'], '--version')))
    if 'aho' in rivals:
        # installed, or only unpacked
        installed = output('dpkg-query', '-W', '-f', '${Version}',
                           'python3-ahocorasick')
        lines.append(('pyahocorasick', (
            installed or output('apt-cache', 'show', '--no-all-versions',
                                'python3-ahocorasick')
            .partition('Version: ')[2].split('\n')[0]) +
            ', Python ' + output('/usr/bin/python3', '-c',
                                 'import platform;'
                                 'print(platform.python_version())')))
    if 'grep' in rivals:
        lines.append(('grep', output(rivals['grep'], '--version')
                      .split('\n')[0]))
    if 'rg' in rivals:
        lines.append(('ripgrep', output(rivals['rg'], '--version')
                      .split('\n')[0]))
    return lines


def sha256(path):
    digest = hashlib.sha256()
    with open(path, 'rb') as f:
        while chunk := f.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


# ---- numbers

def number(x):
    """Three digits that matter."""
    if x is None:
        return ''
    if x >= 100:
        return f'{x:,.0f}'
    digits = 1 if x >= 10 else 2 if x >= 1 else 3 if x >= 0.1 else 4
    return f'{x:.{digits}f}'


def megabytes(x):
    return '' if x is None else number(x / MB)


def seconds(x):
    return '' if x is None else number(x)


class Table:
    def __init__(self, bench):
        self.bench = bench
        self.rows = [r for r in bench.rows if r.seconds]
        self.hash = self.find('hash', '').speed()
        self.plain = self.find('plain', '').speed()

    def find(self, name, list_name):
        for row in self.rows:
            if (row.name, row.list) == (name, list_name):
                return row
        return None

    def faster(self, row):
        """How many times as fast gaz is, on the same text."""
        own = row.gaz or self.find('gaz', row.list)
        return own.speed() / row.speed() if row.list and own else None

    def cells(self, row):
        return [row.list, row.name, number(row.speed()),
                number(row.speed(best=True)), number(self.faster(row)),
                number(row.speed() / self.hash), seconds(row.build),
                megabytes(row.build_memory), megabytes(row.size),
                megabytes(row.memory),
                '' if row.matches is None or not row.list
                else f'{row.matches:,}', number(row.bytes / MB)]

    HEAD = ['list', 'what', 'MB/s', 'best', 'gaz is x times', 'of hash limit',
            'build s', 'build MB', 'index MB', 'run MB', 'matches', 'text MB']

    def markdown(self):
        out = ['| ' + ' | '.join(self.HEAD) + ' |',
               '| --- | --- |' + ' ---: |' * (len(self.HEAD) - 2)]
        out += ['| ' + ' | '.join(self.cells(r)) + ' |' for r in self.rows]
        return '\n'.join(out)

    def tsv(self):
        lines = ['\t'.join(self.HEAD)]
        for row in self.rows:
            cells = self.cells(row)
            lines.append('\t'.join(cells[:2] + [c.replace(',', '')
                                                for c in cells[2:]]))
        return '\n'.join(lines) + '\n'

    def targets(self):
        out = ['| target | wanted | measured | |', '| --- | ---: | ---: | --- |']

        def line(what, wanted, got, ok):
            out.append(f'| {what} | {wanted} | {number(got)} | '
                       f'{"yes" if ok else "**no**"} |')

        for what, size, wanted in TARGETS:
            gaz = self.find('gaz', size)
            if gaz is None:
                continue
            if what == 'hash':
                got = gaz.speed() / self.hash
                line(f'{size}: part of "hash every word"', wanted, got,
                     got >= wanted)
                got = gaz.speed() / self.plain
                line(f'{size}: the same of `plain`', wanted, got, got >= wanted)
                continue
            for name in (what, what + ', all occurrences'):
                rival = self.find(name, size)
                if rival is not None:
                    got = self.faster(rival)
                    line(f'{size}: times {name}', wanted, got, got >= wanted)
        for size, speed in DAACHORSE:
            gaz = self.find('gaz', size)
            if gaz is not None:
                got = gaz.speed() / self.plain / (speed / DAACHORSE_LIMIT)
                line(f'{size}: goal: times daachorse, by its part of a '
                     'limit of 1,620 MB/s elsewhere', 8, got, got >= 8)
        for size in ('10k', '100k', '1m'):
            gaz, fold = self.find('gaz', size), self.find('gaz, folded', size)
            if gaz is not None and fold is not None:
                got = 1 - fold.speed() / gaz.speed()
                line(f'{size}: what folding costs, part of the speed', '0.33',
                     got, got <= 1 / 3)
                per = [r.bytes / r.speed() / MB * 1e9 / r.matches
                       for r in (gaz, fold)]
                out.append(f'| {size}: the same, nanoseconds a match: '
                           f'{number(per[0])} exact ({gaz.matches:,} '
                           f'matches), {number(per[1])} folded '
                           f'({fold.matches:,}) | | | |')
        tsv = self.find('gaz tag -t tsv', '100k')
        wanted = 300 * self.hash / 1600
        line('100k: `gaz tag -t tsv`, MB/s (300 where the hash limit is '
             '1,600)', number(wanted), tsv.speed(), tsv.speed() >= wanted)
        for size in ('10k', '100k', '1m'):
            one, two = (self.find(f'gaz tag -t tsv -T {n}, wall time', size)
                        for n in (1, 2))
            if one is not None and two is not None:
                got = two.speed() / one.speed()
                line(f'{size}: two threads, times one', 1.8, got, got >= 1.8)
        return '\n'.join(out)


# What the README tells, MB/s.
SUMMARY = (('gaz', '`gaz_tag`, a core'),
           ('gaz, folded', '`gaz_tag`, case and plural folded'),
           ('gaz tag -t tsv', '`gaz tag -t tsv`, whole process'),
           ('gaz tag -t jsonl', '`gaz tag -t jsonl`, whole process'),
           ('vectorscan', 'vectorscan'),
           ('naive hash tagger', 'naive hash tagger'),
           ('pyahocorasick', 'pyahocorasick'),
           ('ripgrep -F -w -o', 'ripgrep -F -w -o'),
           ('GNU grep -F -w -o', 'GNU grep -F -w -o'))


def summary(table):
    """A row a program, a column a list."""
    lists = [size for size in TITLES if table.find('gaz', size)]
    out = ['| MB/s | ' + ' | '.join(TITLES[size] for size in lists) + ' |',
           '| --- |' + ' ---: |' * len(lists)]
    for name, label in SUMMARY:
        rows = [table.find(name, size) for size in lists]
        if any(rows):
            out.append(f'| {label} | ' + ' | '.join(
                number(r.speed()) if r else '' for r in rows) + ' |')
    shipped = table.find('gaz', 'shipped')
    told = f'Every word hashed, and no more: {number(table.hash)} MB/s.'
    if shipped:
        told += (' With the default lexicon, its rules and contexts, '
                 f'`gaz_tag` makes {number(shipped.speed())} MB/s.')
    return '\n'.join(out) + '\n\n' + told


def into_readme(path, record, text):
    """Put it between its marks."""
    start, end = '<!-- of make bench -->', '<!-- end of make bench -->'
    with open(path, encoding='utf-8') as f:
        before, _, rest = f.read().partition(start)
    _, found, after = rest.partition(end)
    if found:
        put(path, f'{before}{start}\n{text}\n[Record]({record}).\n{end}{after}')


def checks(bench):
    out = ['| list | text | MB | counts | |', '| --- | --- | ---: | --- | --- |']
    for name, what, size, counts, same in bench.checks:
        shown = ', '.join(f'{k} {v:,}' for k, v in counts.items())
        out.append(f'| {name} | {what} | {number(size / MB)} | {shown} | '
                   f'{"agree" if same else "**differ**"} |')
    return '\n'.join(out)


# ---- the picture

SHOWN = (('hash', 'limit: hash every word'), ('gaz', 'gaz'),
         ('gaz, folded', 'gaz, case and plural folded'),
         ('gaz tag -t tsv', 'gaz tag -t tsv (whole process)'),
         ('vectorscan', 'vectorscan'), ('naive hash tagger', 'naive hash tagger'),
         ('pyahocorasick', 'pyahocorasick'),
         ('ripgrep -F -w -o', 'ripgrep -F -w -o'),
         ('GNU grep -F -w -o', 'GNU grep -F -w -o'))
TITLES = {'10k': '10,000 names', '100k': '100,000 names',
          '1m': '1,000,000 names'}
STYLE = """
svg { font: 13px system-ui, sans-serif }
.page { fill: #fff } .text { fill: #222 } .faint { fill: #666 }
.grid { stroke: #ddd } .gaz { fill: #1b7f5c } .limit { fill: #a8b0b8 }
.rival { fill: #4a78b5 }
@media (prefers-color-scheme: dark) {
.page { fill: #16191d } .text { fill: #e6e6e6 } .faint { fill: #a0a6ad }
.grid { stroke: #343a40 } .gaz { fill: #3ecf9b } .limit { fill: #6a737c }
.rival { fill: #79a9e6 } }
"""


def picture(table):
    left, width, right, step = 230, 460, 80, 21
    low, high = -3, 4  # powers of ten, MB/s

    def x(speed):
        part = (math.log10(max(speed, 10.0 ** low)) - low) / (high - low)
        return left + width * part

    y = 58
    body = []
    for size, title in TITLES.items():
        rows = [(table.find(name, '' if name == 'hash' else size), label)
                for name, label in SHOWN]
        if table.find('gaz', size) is None:
            continue
        body.append(f'<text class="text" x="16" y="{y}" '
                    f'font-weight="bold">{title}</text>')
        y += 8
        for row, label in rows:
            if row is None:
                continue
            kind = ('limit' if row.list == '' else
                    'gaz' if row.name.startswith('gaz') else 'rival')
            end = x(row.speed())
            body.append(
                f'<text class="text" x="{left - 8}" y="{y + 14}" '
                f'text-anchor="end">{html.escape(label)}</text>'
                f'<rect class="{kind}" x="{left}" y="{y + 3}" '
                f'width="{end - left:.1f}" height="14" rx="2"/>'
                f'<text class="text" x="{end + 6:.1f}" y="{y + 14}">'
                f'{number(row.speed())}</text>')
            y += step
        y += 26
    bottom = y - 26
    grid = []
    for power in range(low, high + 1):
        at = x(10.0 ** power)
        label = f'{10 ** power:,}' if power >= 0 else f'{10.0 ** power:g}'
        grid.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="44" '
                    f'y2="{bottom}"/><text class="faint" x="{at:.1f}" '
                    f'y="{bottom + 18}" text-anchor="middle">{label}</text>')
    total_w, total_h = left + width + right, bottom + 50
    foot = (f'MB of text a second on one core, log scale. {cpu_name()}, '
            f'{datetime.date.today().isoformat()}')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 {total_w} {total_h}" width="{total_w}" '
            f'height="{total_h}" role="img">\n<title>Speed of gaz and of other '
            f'matchers</title>\n<style>{STYLE}</style>\n'
            f'<rect class="page" width="{total_w}" height="{total_h}" rx="8"/>'
            f'\n<text class="text" x="16" y="28" font-size="16" '
            f'font-weight="bold">Finding whole words of a list in English '
            f'technical text</text>\n' + '\n'.join(grid + body) +
            f'\n<text class="faint" x="16" y="{bottom + 40}" font-size="11">'
            f'{html.escape(foot)}</text>\n</svg>\n')


# ---- all of it

def document(bench, table):
    data = '\n'.join(
        f'| {name} | {os.path.getsize(path):,} | `{sha256(path)[:16]}` |'
        for name in ('corpus.txt', 'names.10k.txt', 'names.100k.txt',
                     'names.1m.txt')
        for path in [os.path.join(bench.data, name)])
    facts = '\n'.join(f'- {k}: {v}' for k, v in versions(bench))
    load = ', '.join(f'{x:.2f}' for x in bench.load_before)
    after = ', '.join(f'{x:.2f}' for x in bench.load_after)
    skipped = ''.join(f'- skipped: {s}\n' for s in bench.skipped)
    return f"""# {datetime.date.today().isoformat()}, {cpu_name()}

`make {"bench-quick" if bench.quick else "bench"}`: {bench.rounds} rounds,
medians of CPU seconds (wall time where a row says so), one core at a time;
[how it is measured](../README.md).

- load average before: {load}; after: {after}; {os.cpu_count()} processors
- took {bench.took / 60:.0f} minutes
{facts}
{skipped}
## In short

{summary(table)}

## Targets

{table.targets()}

## Speed

{table.markdown()}

## Counts

{checks(bench)}

## Data

| file | bytes | sha256 begins |
| --- | ---: | --- |
{data}
"""


def put(path, text):
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)


def write(bench, folder):
    """The exit code: 1 when counts that must agree do not."""
    table = Table(bench)
    text = document(bench, table)
    if folder:
        slug = re.sub(r'[^A-Za-z0-9]+', '-', re.sub(
            r' \(family (\d+), model (\d+).*', r' \1-\2', cpu_name()))
        base = f'{folder}/{datetime.date.today().isoformat()}-{slug}'
        put(base + '.md', text)
        put(base + '.tsv', table.tsv())
        put(folder + '/speed.svg', picture(table))
        into_readme('README.md', base + '.md', summary(table))
    else:
        base = bench.work + '/quick'
        put(base + '.md', text)
        put(base + '.tsv', table.tsv())
        put(base + '.svg', picture(table))
    print(text)
    print(f'written: {base}.md' + (', README.md' if folder else ''))
    return 0 if all(c[4] for c in bench.checks) else 1
