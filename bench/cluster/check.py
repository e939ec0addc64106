"""check.py IN OUT: do the JSON lines of OUT (files or folders) have the ids of
those of IN, each once, in the order of IN file by file, and their own fields?"""
import glob
import json
import os
import sys


def records(path):
    paths = sorted(glob.glob(os.path.join(path, '*.jsonl'))) \
        if os.path.isdir(path) else [path]
    for p in paths:
        with open(p, encoding='utf-8') as f:
            for line in f:
                r = json.loads(line)
                yield (r['id'], r.get('source'),
                       len(r['spans']) if 'spans' in r else None)


want = list(records(sys.argv[1]))
have = list(records(sys.argv[2]))
spans = sum(r[2] or 0 for r in have)
if [r[:2] for r in want] != [r[:2] for r in have]:
    ids = [r[0] for r in have]
    missing = set(r[0] for r in want) - set(ids)
    sys.exit('check: %d records in, %d out, %d missing, %d twice' %
             (len(want), len(have), len(missing), len(ids) - len(set(ids))))
print('%d records in, the same %d out, %d spans' %
      (len(want), len(have), spans))
