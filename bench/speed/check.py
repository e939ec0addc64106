"""check.py CORPUS OUT: the text that counts are compared on. Tools that look
for bytes find `AT&T Unix` only with one space in it: here white space is one
space or an empty line, and what is not ASCII is left out. That is all the
difference there is between their whole words and those of `gaz --inside`."""
import re
import sys

WORDS = 2000  # a paragraph at most: lines stay short

with open(sys.argv[1], 'rb') as f:
    text = f.read()
text = re.sub(rb'[\x00-\x08\x0e-\x1f\x7f-\xff]+', b' ', text)
parts = re.split(rb'[ \t\v\f\r]*\n(?:[ \t\v\f\r]*\n)+', text)
with open(sys.argv[2], 'wb') as f:
    for part in parts:
        words = part.split()
        for i in range(0, len(words), WORDS):
            f.write(b' '.join(words[i:i + WORDS]) + b'\n\n')
