"""run.py [--quick] BUILD WORK: measure, and write the table and the picture.

BUILD holds gaz and default.gaz, WORK what data.sh, rivals.sh and run.sh made.
Programs that build an index do it once, then take turns, a round at a time,
on one processor (runner.h has the protocol)."""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

import report

HERE = os.path.dirname(os.path.abspath(__file__))
MB = 1e6
QUICK = 15_000_000  # of the texts, for bench-quick
PREFIX = 8_000_000  # of the corpus, for what is slow
SHORT = {'10k': 200_000, '100k': 50_000, '1m': 20_000}  # for the greps
TIMEOUT = 90  # seconds for one run of grep or ripgrep
LIMITS = ('read', 'classify', 'spans', 'hash', 'plain', 'bloom')
CPU = str(max(os.sched_getaffinity(0)))


def note(text):
    print('bench: ' + text, file=sys.stderr, flush=True)


class Runner:
    """A program that waits for its turn."""

    def __init__(self, command, **environment):
        self.process = subprocess.Popen(
            ['taskset', '-c', CPU] + command, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, bufsize=1,
            env=dict(os.environ, **environment))
        self.ready = json.loads(self.process.stdout.readline() or '{}')
        if not self.ready:
            raise OSError(command[0] + ' failed')

    def ask(self, order):
        self.process.stdin.write(order + '\n')
        answer = self.process.stdout.readline()
        if not answer:
            raise OSError(f'{self.process.args[3]} died at "{order}"')
        return json.loads(answer)

    def text(self, path, limit=0):
        self.bytes = self.ask(f'text {path} {limit}')['bytes']

    def count(self, order):
        return self.ask('go ' + order)['matches']

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def spawn(work, command, cpus=CPU, out='/dev/null', env=None, good=(0,)):
    """Run to the end: CPU seconds, wall seconds, peak bytes. None when
    `timeout` has ended it."""
    told = work + '/tmp/spawn.json'
    with open(out, 'wb') as f:
        done = subprocess.run(
            ['taskset', '-c', cpus, work + '/bin/spawn', told] + command,
            stdout=f, stderr=subprocess.PIPE, check=True,
            env=dict(os.environ, **(env or {})))
    with open(told, encoding='utf-8') as f:
        facts = json.load(f)
    if facts['exit'] == 124 and command[0] == 'timeout':
        return None
    if facts['exit'] not in good:
        lines = done.stderr.decode(errors='replace').strip().split('\n')
        raise OSError(' '.join(lines)[-200:])
    return facts['seconds'], facts['wall'], facts['peak']


class Row:
    def __init__(self, name, list_name, length, **facts):
        self.name, self.list, self.bytes = name, list_name, length
        self.seconds = []
        self.matches = None
        self.build = self.build_memory = self.size = self.memory = None
        self.gaz = None  # the row that its ratio is taken to
        self.wall = False
        self.note = ''
        self.__dict__.update(facts)

    def speed(self, best=False):
        if not self.seconds:
            return None
        pick = min if best else statistics.median
        return self.bytes / MB / max(pick(self.seconds), 1e-9)


class Bench:
    def __init__(self, build, work, quick):
        self.build, self.work, self.quick = build, work, quick
        self.gaz = build + '/gaz'
        self.data = os.environ.get('GAZ_BENCH_DATA', work + '/data')
        self.corpus = self.data + '/corpus.txt'
        self.check = self.data + '/check.txt'
        self.rounds = 3 if quick else 5
        os.makedirs(work + '/tmp', exist_ok=True)
        if quick:
            self.corpus = self.shorten('corpus.txt')
            self.check = self.shorten('check.txt')
        with open(work + '/rivals/env', encoding='utf-8') as f:
            self.rivals = dict(line.rstrip('\n').split('=', 1) for line in f)
        self.rows, self.checks, self.skipped = [], [], []
        self.limits = Runner([work + '/bin/limits'])
        self.limits.text(self.corpus)
        self.limit_rows = {k: Row(k, '', self.limits.bytes) for k in LIMITS}
        self.rows += self.limit_rows.values()

    def row(self, *args, **facts):
        row = Row(*args, **facts)
        self.rows.append(row)
        return row

    def shorten(self, name):
        """The first lines of a text, as a file."""
        path = f'{self.work}/tmp/{name}'
        with open(f'{self.data}/{name}', 'rb') as f:
            data = f.read(QUICK)
        with open(path, 'wb') as f:
            f.write(data[:data.rfind(b'\n') + 1])
        return path

    def skip(self, text):
        note('skipped: ' + text)
        self.skipped.append(text)

    def compile(self, names, list_name, fold):
        source = f'{self.work}/tmp/{list_name}.tsv'
        target = f'{self.work}/tmp/{list_name}{".fold" if fold else ""}.gaz'
        with open(names, encoding='utf-8') as f, \
                open(source, 'w', encoding='utf-8') as out:
            out.writelines(line.rstrip('\n') + '\tName\n' for line in f)
        how = ['--case', 'fold', '--plural'] if fold else [
            '--case', 'exact', '--no-plural']
        cpu, _, peak = spawn(self.work, [self.gaz, 'compile', '-o', target] +
                             how + [source])
        return target, dict(build=cpu, build_memory=peak,
                            size=os.path.getsize(target))

    # ---- the rounds

    def turn(self, row, runner, order):
        answer = runner.ask('go ' + order)
        row.seconds.append(answer['seconds'])
        if row.matches not in (None, answer['matches']):
            raise OSError(f'{row.name}: counts differ from run to run')
        row.matches = answer['matches']

    def turn_process(self, row, command, cpus=CPU):
        cpu, wall, peak = spawn(self.work, command, cpus)
        row.seconds.append(wall if row.wall else cpu)
        row.memory = peak

    def play(self, turns, rounds):
        for function, *args in turns:  # once without counting
            row = args[0]
            function(*args)
            row.seconds.clear()
        for _ in range(rounds):
            for name in LIMITS:
                self.turn(self.limit_rows[name], self.limits, name)
            for function, *args in turns:
                function(*args)

    # ---- a list

    def add_gaz(self, list_name, names, turns):
        plain, facts = self.compile(names, list_name, False)
        engine = Runner([self.work + '/bin/engine', plain])
        engine.text(self.corpus)
        exact = self.row('gaz', list_name, engine.bytes, **facts)
        turns.append((self.turn, exact, engine, '-'))
        scalar = self.row('gaz, no SIMD', list_name, engine.bytes)
        turns.append((self.turn, scalar, engine, 'n'))
        folded, facts = self.compile(names, list_name, True)
        fold = Runner([self.work + '/bin/engine', folded])
        fold.text(self.corpus)
        row = self.row('gaz, folded', list_name, fold.bytes, **facts)
        turns.append((self.turn, row, fold, '-'))
        self.add_commands(list_name, plain, engine.bytes, turns)
        exact.runner = engine
        row.runner = fold
        return exact, plain

    def add_commands(self, list_name, lexicon, size, turns):
        tag = [self.gaz, 'tag', '-l', lexicon, self.corpus]
        for kind in ('tsv', 'jsonl'):
            row = self.row(f'gaz tag -t {kind}', list_name, size)
            turns.append((self.turn_process, row, tag + ['-t', kind]))
        cpus = sorted(os.sched_getaffinity(0))
        if len(cpus) < 2:
            if list_name == '10k':
                self.skip('gaz tag -T 2: there is one processor')
            return
        both = f'{cpus[-2]},{cpus[-1]}'
        for threads in (1, 2):
            row = self.row(f'gaz tag -t tsv -T {threads}, wall time',
                           list_name, size, wall=True)
            turns.append((self.turn_process, row,
                          tag + ['-t', 'tsv', '-T', str(threads)], both))

    def prefix_of(self, exact, plain, limit, turns, made):
        """gaz on the same first bytes of the corpus."""
        if limit not in made:
            engine = Runner([self.work + '/bin/engine', plain])
            engine.text(self.corpus, limit)
            made[limit] = Row('gaz on the prefix', exact.list, engine.bytes,
                              runner=engine)
            turns.append((self.turn, made[limit], engine, '-'))
        return made[limit]

    def agree(self, list_name, what, size, counts):
        if len(counts) < 2:
            return
        same = len(set(counts.values())) == 1
        self.checks.append((list_name, what, size, counts, same))
        if not same:
            note(f'{list_name}: counts differ on {what}: {counts}')

    def names(self, list_name):
        """The list, without what is a comment in a list of gaz's (lists.py
        makes no such names, but older data has a few)."""
        path = f'{self.data}/names.{list_name}.txt'
        with open(path, encoding='utf-8') as f:
            lines = f.readlines()
        good = [line for line in lines if not line.startswith('#')]
        if len(good) < len(lines):
            path = f'{self.work}/tmp/names.{list_name}.txt'
            with open(path, 'w', encoding='utf-8') as f:
                f.writelines(good)
        return path

    def run_list(self, list_name):
        names = self.names(list_name)
        note(f'list of {list_name}')
        turns, made = [], {}
        exact, plain = self.add_gaz(list_name, names, turns)
        runners = [exact.runner] + [t[2] for t in turns
                                    if isinstance(t[2], Runner)]
        counts = {}
        exact.runner.text(self.check)
        checked = exact.runner.bytes
        counts['gaz --inside'] = exact.runner.count('i')
        exact.runner.text(self.corpus)

        naive = Runner([self.work + '/bin/naive', names])
        runners.append(naive)
        naive.text(self.check)
        counts['naive'] = naive.count('gaz')
        naive.text(self.corpus, PREFIX if list_name == '1m' else 0)
        row = self.row('naive hash tagger', list_name, naive.bytes,
                       build=naive.ready['build'], size=naive.ready['size'],
                       build_memory=naive.ready['peak'])
        if list_name == '1m':
            row.gaz = self.prefix_of(exact, plain, PREFIX, turns, made)
        turns.append((self.turn, row, naive, 'gaz'))

        if 'hs' in self.rivals:
            hs = Runner([self.rivals['hs'], names])
            runners.append(hs)
            hs.text(self.check)
            counts['vectorscan'] = hs.count('gaz')
            hs.text(self.corpus)
            facts = dict(build=hs.ready['build'], size=hs.ready['size'],
                         build_memory=hs.ready['peak'])
            row = self.row('vectorscan', list_name, hs.bytes, **facts)
            turns.append((self.turn, row, hs, 'gaz'))
            row = self.row('vectorscan, all occurrences', list_name, hs.bytes)
            turns.append((self.turn, row, hs, 'raw'))
        self.agree(list_name, 'check.txt', checked, counts)
        if 'aho' in self.rivals:
            runners.append(self.add_aho(list_name, names, exact, plain, turns,
                                        made))
        self.play(turns, self.rounds)
        for runner in {id(r): r for r in runners}.values():
            peak = runner.ask('memory')['peak']
            for function, row, who, *_ in turns:
                if who is runner:
                    row.memory = max(0, peak - who.bytes)
        if list_name == '10k' or not self.quick:
            self.add_greps(list_name, names, plain, naive)
        for runner in {id(r): r for r in runners +
                       [m.runner for m in made.values()]}.values():
            runner.close()

    def add_aho(self, list_name, names, exact, plain, turns, made):
        where = {} if self.rivals['aho'] == '-' else {
            'PYTHONPATH': self.rivals['aho']}
        aho = Runner(['/usr/bin/python3', HERE + '/aho.py', names], **where)
        aho.text(self.check, PREFIX)
        exact.runner.text(self.check, PREFIX)
        self.agree(list_name, 'the start of check.txt', aho.bytes,
                   {'gaz --inside': exact.runner.count('i'),
                    'pyahocorasick': aho.count('gaz')})
        exact.runner.text(self.corpus)
        aho.text(self.corpus, PREFIX)
        facts = dict(build=aho.ready['build'], size=aho.ready['size'],
                     build_memory=aho.ready['peak'])
        prefix = self.prefix_of(exact, plain, PREFIX, turns, made)
        row = self.row('pyahocorasick', list_name, aho.bytes, gaz=prefix,
                       **facts)
        turns.append((self.turn, row, aho, 'gaz'))
        row = self.row('pyahocorasick, all occurrences', list_name, aho.bytes,
                       gaz=prefix)
        turns.append((self.turn, row, aho, 'raw'))
        return aho

    # ---- the greps: whole processes, on a short prefix, start-up taken off

    def add_greps(self, list_name, names, plain, naive):
        prefix = f'{self.work}/tmp/prefix.txt'
        empty = f'{self.work}/tmp/empty.txt'
        with open(self.corpus, 'rb') as f:
            data = f.read(SHORT[list_name] // (4 if self.quick else 1))
        data = data[:data.rfind(b'\n') + 1]
        with open(prefix, 'wb') as f:
            f.write(data)
        open(empty, 'wb').close()
        # for ripgrep the first name that matches wins: the longest comes first
        by_length = f'{self.work}/tmp/{list_name}.by-length'
        with open(names, 'rb') as f:
            lines = sorted(f, key=len, reverse=True)
        with open(by_length, 'wb') as f:
            f.writelines(lines)
        naive.text(prefix)
        counts = {'naive, -w rules': naive.count('grep')}
        gaz = self.gaz_on(plain, prefix)
        tools = {
            'grep': (['-a', '-F', '-w', '-o', '-f', names], {'LC_ALL': 'C'}),
            'rg': (['--no-config', '-a', '-N', '-F', '-w', '-o', '-j', '1',
                    '--regex-size-limit', '8G', '--dfa-size-limit', '8G', '-f',
                    by_length], {})}
        for tool, (options, env) in tools.items():
            if tool not in self.rivals:
                continue
            title = {'grep': 'GNU grep -F -w -o', 'rg': 'ripgrep -F -w -o'}[tool]
            command = ['timeout', str(TIMEOUT), self.rivals[tool]] + options
            out = f'{self.work}/tmp/{tool}.out'
            try:
                start = self.grep_run(command + [empty], out, env)
                if start is None:
                    raise OSError
                times = [self.grep_run(command + [prefix], out, env)]
                if times[0] and times[0][0] < 5:
                    times += [self.grep_run(command + [prefix], out, env)
                              for _ in range(2)]
                if None in times:
                    raise OSError
            except OSError as e:
                self.skip(f'{title} with {list_name} names: '
                          f'{str(e) or f"not done in {TIMEOUT} s"}')
                continue
            with open(out, 'rb') as f:
                counts[title.split(' -')[0]] = found = f.read().count(b'\n')
            row = self.row(title, list_name, len(data), gaz=gaz,
                           build=start[0], memory=times[0][2], matches=found)
            row.seconds = [max(t[0] - start[0], 1e-6) for t in times]
        self.agree(list_name, 'the start of corpus.txt, by the rules of -w',
                   len(data), counts)

    def gaz_on(self, plain, prefix):
        engine = Runner([self.work + '/bin/engine', plain])
        engine.text(prefix)
        row = Row('gaz on the prefix', '', engine.bytes)
        for _ in range(self.rounds + 1):
            self.turn(row, engine, '-')
        engine.close()
        return row

    def grep_run(self, command, out, env):
        return spawn(self.work, command, out=out, env=env, good=(0, 1))

    def run_shipped(self):
        lexicon = self.build + '/default.gaz'
        if not os.path.exists(lexicon):
            self.skip('the shipped lexicon: no default.gaz')
            return
        note('the shipped lexicon')
        turns = []
        engine = Runner([self.work + '/bin/engine', lexicon])
        engine.text(self.corpus)
        row = self.row('gaz', 'shipped', engine.bytes,
                       size=os.path.getsize(lexicon))
        turns.append((self.turn, row, engine, '-'))
        self.add_commands('shipped', lexicon, engine.bytes, turns)
        self.play(turns, self.rounds)
        row.memory = max(0, engine.ask('memory')['peak'] - engine.bytes)
        engine.close()

    def run_scored(self):
        """A lexicon that scores: it can be made from an annotated corpus
        only."""
        train = os.environ.get('GAZ_BENCH_TRAIN', '')
        if not os.path.exists(train):
            self.skip(f'a scored lexicon: no corpus "{train}" '
                      '(GAZ_BENCH_TRAIN names one)')
            return
        note('a scored lexicon')
        target = f'{self.work}/tmp/scored.gaz'
        cpu, _, peak = spawn(self.work, [self.gaz, 'compile', '--select',
                                         'scored', '-o', target, train])
        engine = Runner([self.work + '/bin/engine', target])
        engine.text(self.corpus, PREFIX)
        row = self.row('gaz, scored', 'corpus', engine.bytes, build=cpu,
                       build_memory=peak, size=os.path.getsize(target))
        row.gaz = row
        self.play([(self.turn, row, engine, '-')], self.rounds)
        row.memory = max(0, engine.ask('memory')['peak'] - engine.bytes)
        engine.close()

    def run(self):
        self.load_before = os.getloadavg()
        self.started = time.monotonic()
        for name in ('10k', '100k') + (() if self.quick else ('1m',)):
            self.run_list(name)
        self.run_shipped()
        self.run_scored()
        self.limits.close()
        self.took = time.monotonic() - self.started
        self.load_after = os.getloadavg()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--record', help='folder of the records')
    parser.add_argument('build')
    parser.add_argument('work')
    options = parser.parse_args()
    if options.record:
        os.makedirs(options.record, exist_ok=True)
    bench = Bench(options.build, options.work, options.quick)
    bench.run()
    return report.write(bench, options.record)


sys.exit(main())
