"""records.py DIR PARTS <text: paragraphs as JSON lines with ids, in that many
files of about the same size; every 1000th has a field of its own."""
import json
import os
import sys

folder, parts = sys.argv[1], int(sys.argv[2])
os.makedirs(folder, exist_ok=True)
paragraphs = sys.stdin.read().split('\n\n')
size = len(paragraphs) // parts + 1
for k in range(parts):
    path = os.path.join(folder, 'part-%03d.jsonl' % k)
    with open(path, 'w', encoding='utf-8') as f:
        for i in range(k * size, min((k + 1) * size, len(paragraphs))):
            record = {'id': 'r%07d' % i, 'text': paragraphs[i]}
            if i % 1000 == 0:
                record['source'] = {'file': 'soak', 'n': i}
            f.write(json.dumps(record, ensure_ascii=False) + '\n')
