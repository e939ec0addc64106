#include "cli/guess.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { GUESS_MAX = 32 }; /* bytes of a word that is looked at */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be changed, put in, taken out or swapped with their
 * neighbour to make b of a. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t d[GUESS_MAX + 1][GUESS_MAX + 1];
    for (size_t i = 0; i <= a_len; i++) {
        for (size_t k = 0; k <= b_len; k++) {
            if (i == 0 || k == 0) {
                d[i][k] = i + k;
                continue;
            }
            size_t change = d[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
            d[i][k] = least(change, least(d[i - 1][k], d[i][k - 1]) + 1);
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] &&
                a[i - 2] == b[k - 1]) {
                d[i][k] = least(d[i][k], d[i - 2][k - 2] + 1);
            }
        }
    }
    return d[a_len][b_len];
}

void guess_offer(struct guess *g, const char *word, size_t len)
{
    if (g->len == 0 || g->len > GUESS_MAX || len > GUESS_MAX) {
        return;
    }
    /* Whoever stops short means the word; else a third may be wrong. */
    bool starts =
        g->len >= 2 && g->len < len && memcmp(g->typed, word, g->len) == 0;
    size_t n = starts ? 1 : distance(g->typed, g->len, word, len);
    if (n <= (len + 2) / 3 && n <= 3 && (g->best == NULL || n < g->distance)) {
        g->best = word;
        g->best_len = len;
        g->distance = n;
    }
}

void guess_tell(const struct guess *g, const char *prefix, char *out,
                size_t size)
{
    out[0] = '\0';
    if (g->best != NULL) {
        snprintf(out, size, " (did you mean '%s%.*s'?)", prefix,
                 (int)g->best_len, g->best);
    }
}
