/* Text of strangers for a terminal, which takes control characters for orders.
 *
 * Shown as U+FFFD are C0 but for TAB and newline, a CR that no newline
 * follows, DEL, C1 (U+0080 .. U+009F) and bytes that are no UTF-8, for a
 * terminal may read those as C1 too; and what changes the order in which
 * letters are shown, so that a name looks like another: the bidirectional
 * marks, embeddings, overrides and isolates (U+061C, U+200E, U+200F, U+202A
 * .. U+202E, U+2066 .. U+2069). Letters that are written from right to left
 * are shown as they are. */
#ifndef GAZ_OS_NEUTRAL_H
#define GAZ_OS_NEUTRAL_H

#include <stdbool.h>
#include <stddef.h>

#define NEUTRAL_SIGN "\xEF\xBF\xBD"

/* How many bytes at text can be shown as they are, and *bad how many behind
 * them are to be shown as one NEUTRAL_SIGN; 0 at the end of the text. In one
 * line (a message) a newline is bad too. */
size_t neutral_span(const char *text, size_t len, bool one_line, size_t *bad);

/* How many bytes at the end of the text may be the first ones of a sequence,
 * or a CR, so that only what comes next tells: 0 .. 3. */
size_t neutral_open(const char *text, size_t len);

#endif
