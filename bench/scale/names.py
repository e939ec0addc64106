"""names.py COUNT: a name list of that many names, the same every time, from the
words of the lists in lexicons/: `vendor Model 123`, `lib-word-word`, phrases of
up to four words, numbers and versions. Every tenth has an id."""
import glob
import random
import sys


def words():
    found = set()
    for path in sorted(glob.glob('lexicons/core/*.tsv') +
                       glob.glob('lexicons/imported/*.tsv')):
        with open(path, encoding='utf-8') as f:
            for line in f:
                if not line.startswith('#'):
                    found.update(line.split('\t')[0].split())
    return sorted(w for w in found if 1 < len(w) < 16 and w[0].isalnum())


def main():
    wanted = int(sys.argv[1])
    rng = random.Random(7)
    pool = words()
    # Few words are frequent and most are rare, as in names that people give.
    ranks = [min(int(rng.paretovariate(0.6)), len(pool)) - 1
             for _ in range(1 << 16)]
    rng.shuffle(pool)
    shapes = ('{0} {1} {2}', '{0} {1}', '{0} {1} {n}', '{0}-{1}', '{0} {n}',
              'lib{0}-{1}-{2}', '{0} {1} {2} {3}', '{0}-{n}', '{0}{1}',
              '{0} for {1}', '{0}/{1} {n}.{m}')
    seen = set()
    out = []
    while len(seen) < wanted:
        some = [pool[rng.choice(ranks)] if rng.random() < .3
                else rng.choice(pool) for _ in range(4)]
        name = rng.choice(shapes).format(*some, n=rng.randrange(1, 9999),
                                         m=rng.randrange(20))
        if name in seen:
            continue
        seen.add(name)
        line = name + '\tThing'
        if len(seen) % 10 == 0:
            line += '\tQ%d' % rng.randrange(10**8)
        out.append(line)
        if len(out) == 100000:
            sys.stdout.write('\n'.join(out) + '\n')
            out = []
    sys.stdout.write('\n'.join(out) + '\n' if out else '')


main()
