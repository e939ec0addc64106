"""compile.py SPAWN GAZ DIR [COUNT...]: how long it takes and how much memory to
compile lists of growing length, how large they get, and how fast they open.
Seconds are CPU time; open is a whole `gaz tag` of an empty text, less one with
a lexicon of one name."""
import json
import os
import subprocess
import sys

HEAD = ('names', 'bytes a name', 'options', 'CPU s', 'us a name', 'peak MB',
        'peak bytes a name', 'file MB', 'file bytes a name', 'open ms')


def run(spawn, work, *command):
    """What the process took: see bench/speed/spawn.c."""
    report = os.path.join(work, 'report.json')
    subprocess.check_call((spawn, report) + command)
    with open(report, encoding='utf-8') as f:
        took = json.load(f)
    if took['exit'] != 0:
        sys.exit('compile.py: %s failed' % ' '.join(command))
    return took


def make_list(work, count):
    path = os.path.join(work, '%d.tsv' % count)
    if not os.path.exists(path):
        names = os.path.join(os.path.dirname(sys.argv[0]), 'names.py')
        with open(path + '.new', 'w', encoding='utf-8') as f:
            subprocess.check_call((sys.executable, names, str(count)),
                                  stdout=f)
        os.rename(path + '.new', path)
    return path


def opening(spawn, gaz, work, lexicon):
    empty = os.path.join(work, 'empty.txt')
    open(empty, 'w', encoding='utf-8').close()
    return min(run(spawn, work, gaz, 'tag', '-l', lexicon, '-t', 'tsv',
                   empty)['wall'] for _ in range(9)) * 1e3


def main():
    spawn, gaz, work = sys.argv[1:4]
    counts = [int(n) for n in sys.argv[4:]] or [10**4, 10**5, 10**6, 5 * 10**6]
    os.makedirs(work, exist_ok=True)
    one = os.path.join(work, 'one')
    with open(one + '.tsv', 'w', encoding='utf-8') as f:
        f.write('Linux\tOS\n')
    run(spawn, work, gaz, 'compile', '-o', one + '.gaz', one + '.tsv')
    start = opening(spawn, gaz, work, one + '.gaz')
    print('| ' + ' | '.join(HEAD) + ' |')
    print('| ---: | ---: | --- ' + '| ---: ' * 7 + '|')
    for count in counts:
        tsv = make_list(work, count)
        with open(tsv, 'rb') as f:
            names = sum(len(line.split(b'\t', 1)[0]) for line in f)
        for options in ((), ('--case', 'exact', '--no-plural')):
            lexicon = os.path.join(work, '%d.gaz' % count)
            took = run(spawn, work, gaz, 'compile', '-o', lexicon, *options,
                       tsv)
            size = os.path.getsize(lexicon)
            print('| %d | %.1f | `%s` | %.2f | %.2f | %.0f | %.0f | %.1f | '
                  '%.1f | %.1f |' %
                  (count, names / count, ' '.join(options) or '(default)',
                   took['seconds'], took['seconds'] * 1e6 / count,
                   took['peak'] / 2**20, took['peak'] / count, size / 1e6,
                   size / count, opening(spawn, gaz, work, lexicon) - start),
                  flush=True)


main()
