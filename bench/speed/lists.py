"""lists.py DIR: names.10k.txt, names.100k.txt and names.1m.txt from the corpus
in DIR and from package names and descriptions (avail.tsv). Dense lists: about
as many mentions in the corpus as WANTED says. Deterministic, and where the
archive has some packages more or fewer the lists differ by as much."""
import collections
import hashlib
import os
import sys

# names, mentions, and how many a matcher finds for one that is counted here: in
# short lists names stand inside 'a/b' and 'a.b' too, in long ones many lie in
# longer ones
WANTED = (('10k', 10_000, 150_000, 1.15), ('100k', 100_000, 530_000, 1.07),
          ('1m', 1_000_000, 4_200_000, 0.82))
STRIP = '.,;:!?()[]{}<>"\'`*|=~^%'
STOP = set("""the of to a and in is for that this be it as are or with by on an
not if from can you will at which when have has use used was one all any may
but no other more see do its only your also must should they such than we
there these then so into how what does each some where would been about
out up their them i he his she her had were both same most many like just
because here between over after before using via per""".split())


def technical(word):
    return (word.lower() != word or
            any(c.isdigit() or c in '+#/_-.' for c in word[1:]))


def count(path):
    """How often each phrase of up to 4 words stands in the corpus."""
    grams = collections.Counter()
    with open(path, encoding='utf-8', errors='ignore') as f:
        for line in f:
            raw = line.split()
            words = [w.strip(STRIP) for w in raw]
            for i, word in enumerate(words):
                if (not word or len(word) > 40 or
                        not (word[0].isalnum() or word[0] == '.')):
                    continue
                grams[word] += 1
                if word.lower() in STOP:
                    continue  # counted: a package may be called 'at'
                key, tech = word, technical(word)
                for j in range(i + 1, min(i + 4, len(words))):
                    last = words[j]
                    if (raw[j - 1][-1:] in '.,;:!?)]>"\'}' or
                            raw[j][:1] in '("[<{' or
                            not last or len(last) > 40):
                        break
                    key += ' ' + last
                    tech = tech or technical(last)
                    if tech and last[0].isalnum() and last.lower() not in STOP:
                        grams[key] += 1
    return grams


def described(path):
    """Names of packages and phrases of their descriptions."""
    names = set()
    with open(path, encoding='utf-8') as f:
        for line in f:
            package, _, text = line.rstrip('\n').partition('\t')
            names.add(package)
            words = [w.strip(STRIP) for w in text.split()]
            for i in range(len(words)):
                for n in (1, 2, 3, 4):
                    part = words[i:i + n]
                    if len(part) < n or not all(part):
                        break
                    if part[0].lower() in STOP or part[-1].lower() in STOP:
                        continue
                    if n == 1 and part[0].islower():
                        continue
                    names.add(' '.join(part))
    return names


def english_words(base):
    try:
        with open(base + '/x/wamerican-huge/usr/share/dict/'
                  'american-english-huge', encoding='utf-8') as f:
            return {w.strip() for w in f if "'" not in w}
    except OSError:
        print('lists: no wamerican-huge: without its words', file=sys.stderr)
        return set()


def drawn(names, salt):
    """All of them in an order that looks like chance: that of their hashes."""
    return sorted(names, key=lambda n: hashlib.blake2b(
        n.encode(), digest_size=8, salt=salt.encode()).digest())


def choose(pool, grams, size, counted):
    """The first `size` names of the pool that occur at most so often each
    that all together are counted about so often."""
    low, high = 2, 200_000
    while low < high:
        cap = (low + high + 1) // 2
        part = [g for g in pool if grams[g] <= cap][:size]
        if sum(grams[g] for g in part) <= counted:
            low = cap
        else:
            high = cap - 1
    return [g for g in pool if grams[g] <= low][:size]


def main():
    base = sys.argv[1]
    grams = count(base + '/corpus.txt')
    extra = sorted(n for n in described(base + '/avail.tsv') |
                   english_words(base) if len(n) > 1)
    seen = sorted(g for g, c in grams.items()
                  if len(g) > 1 and (c > 1 or ' ' not in g))
    rare = sorted(g for g, c in grams.items() if c == 1 and ' ' in g)
    for label, size, wanted, found in WANTED:
        common = [g for g in seen if grams[g] >= 20] if size < 100_000 else []
        pool = []
        for source, share in ((common, size // 4), (seen, size),
                              (extra, size // 2), (rare, size)):
            pool += drawn(source, label)[:share]
        pool = drawn({g for g in pool if g.isprintable()}, 'order')
        # in a list of gaz's a line that begins with # is a comment
        pool = [g for g in pool if g[0] != '#']
        part = choose(pool, grams, size, wanted / found)
        print(f'lists: {label} {len(part)} names, in the corpus '
              f'{sum(grams[g] for g in part)} times', file=sys.stderr)
        path = f'{base}/names.{label}.txt'
        with open(path + '.new', 'w', encoding='utf-8') as f:
            f.writelines(g + '\n' for g in part)
        os.replace(path + '.new', path)


main()
