"""pyahocorasick: aho.py NAMES. The orders are those of runner.h; after go:
gaz (whole words, leftmost-longest, by the rules of names.h) or raw (all
occurrences, counted and nothing else)."""
import collections
import json
import sys
import time

import ahocorasick

WORD = bytes(c >= 0x80 or c == 95 or chr(c).isalnum() for c in range(256))


def peak():
    with open('/proc/self/status', encoding='ascii') as f:
        for line in f:
            if line.startswith('VmHWM:'):
                return int(line.split()[1]) * 1024
    return 0


def say(**answer):
    print(json.dumps(answer), flush=True)


def read(path, limit):
    with open(path, 'rb') as f:
        data = f.read(limit) if limit else f.read()
    if limit:
        data = data[:data.rfind(b'\n') + 1]
    return data


def whole(text, word, start, end):
    before, after = word[start - 1] if start else 0, word[end]
    first, last = word[start], word[end - 1]
    if before and first or last and after:
        return False
    if start > 1 and first and text[start - 1] == '&' and word[start - 2]:
        return False
    if not last:
        return True
    c = text[end:end + 1]
    return not (c == '#' or c == '+' and not word[end + 1] or
                c == '&' and word[end + 1])


def tag(automaton, text, word):
    """Candidates come by their ends: keep the longest of each start."""
    longest = {}
    for last, n in automaton.iter(text):
        start = last + 1 - n
        if whole(text, word, start, last + 1):
            longest[start] = n
    found = at = 0
    for start in sorted(longest):
        if start >= at:
            found += 1
            at = start + longest[start]
    return found


def main():
    start = time.process_time()
    base = peak()
    automaton = ahocorasick.Automaton()
    with open(sys.argv[1], 'rb') as f:
        for line in f:
            # a character a byte, so that offsets and memory are of bytes
            name = line.rstrip(b'\n').decode('latin-1')
            if name:
                automaton.add_word(name, len(name))
    automaton.make_automaton()
    say(build=time.process_time() - start, peak=peak() - base,
        size=automaton.get_stats()['total_size'])
    text = ''
    for line in sys.stdin:
        order = line.split()
        if order[0] == 'text':
            data = read(order[1], int(order[2]))
            text, word = data.decode('latin-1'), data.translate(WORD) + b'\0\0'
            say(bytes=len(text))
        elif order[0] == 'go':
            start = time.process_time()
            if order[1] == 'raw':
                counted = enumerate(automaton.iter(text), 1)
                last = collections.deque(counted, maxlen=1)
                found = last[0][0] if last else 0
            else:
                found = tag(automaton, text, word)
            say(seconds=time.process_time() - start, matches=found)
        else:
            say(peak=peak())


main()
