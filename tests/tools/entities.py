#!/usr/bin/env python3
"""Write src/doc/entity_table.c from what Python knows of HTML's named
character references: entities.py >src/doc/entity_table.c"""
from html.entities import html5

bare = {name for name in html5 if not name.endswith(";")}
print('''/* HTML's named character references, sorted; made by tests/tools/entities.py.
 * Those marked true are also good without a semicolon. */
#include "doc/entity.h"

/* clang-format off */
const struct entity_name entity_names[] = {''')
line = "   "
count = 0
for name in sorted(n[:-1] for n in html5 if n.endswith(";")):
    text = "".join("\\%03o" % b for b in html5[name + ";"].encode())
    item = ' {"%s", "%s", %s},' % (name, text, str(name in bare).lower())
    count += 1
    if len(line) + len(item) > 80:
        print(line)
        line = "   "
    line += item
print(line)
print('''};
/* clang-format on */

const size_t entity_name_count = sizeof entity_names / sizeof entity_names[0];''')
