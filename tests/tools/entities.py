#!/usr/bin/env python3
"""Write the names of src/doc/entities.txt from what Python knows of HTML's
named character references: entities.py >>src/doc/entities.txt"""
from html.entities import html5

for name in sorted(n[:-1] for n in html5 if n.endswith(";")):
    codes = " ".join("%X" % ord(c) for c in html5[name + ";"])
    print(name, codes, *(["bare"] if name in html5 else []))
