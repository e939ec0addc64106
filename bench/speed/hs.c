/* Vectorscan (or Hyperscan, the same interface): hs NAMES. All names as
 * literals in one database; its matches, which are all occurrences, are held
 * against the rules for whole words where they are reported, and the leftmost
 * longest are chosen afterwards, piece by piece. Orders after go: gaz, or raw
 * to count all occurrences and do nothing else. */
#include "names.h"

#include <hs.h>

enum { PIECE = 1 << 20 };

struct scan {
    hs_database_t *database;
    hs_scratch_t *scratch;
    unsigned *lens;
    const uint8_t *text;
    size_t base;
    uint16_t longest[PIECE + 1]; /* by start in the piece; 0: none */
    uint64_t raw;
};

static int on_match(unsigned id, unsigned long long from, unsigned long long to,
                    unsigned flags, void *context)
{
    (void)from;
    (void)flags;
    struct scan *s = context;
    size_t end = (size_t)to;
    size_t start = end - s->lens[id];
    if (s->lens[id] > s->longest[start] &&
        names_whole(s->text, s->base + start, s->base + end, RULES_GAZ)) {
        s->longest[start] = (uint16_t)s->lens[id];
    }
    return 0;
}

static int on_raw(unsigned id, unsigned long long from, unsigned long long to,
                  unsigned flags, void *context)
{
    (void)id;
    (void)from;
    (void)to;
    (void)flags;
    ((struct scan *)context)->raw++;
    return 0;
}

/* No name holds a newline: a piece ends after the last one it has. */
static size_t piece_len(const struct text *text, size_t at)
{
    size_t n = text->len - at;
    if (n <= PIECE) {
        return n;
    }
    for (n = PIECE; text->data[at + n - 1] != '\n'; n--) {
        if (n == 1) {
            fputs("hs: a line longer than a piece\n", stderr);
            exit(1);
        }
    }
    return n;
}

static uint64_t run(void *context, const char *order, const struct text *text)
{
    struct scan *s = context;
    bool raw = strcmp(order, "raw") == 0;
    uint64_t found = 0;
    s->raw = 0;
    s->text = text->data;
    for (size_t at = 0; at < text->len;) {
        size_t n = piece_len(text, at);
        s->base = at;
        memset(s->longest, 0, n * sizeof *s->longest);
        if (hs_scan(s->database, (const char *)text->data + at, (unsigned)n, 0,
                    s->scratch, raw ? on_raw : on_match, s) != HS_SUCCESS) {
            fputs("hs_scan failed\n", stderr);
            exit(1);
        }
        for (size_t i = 0; i < n && !raw;) {
            found += s->longest[i] > 0;
            i += s->longest[i] > 0 ? s->longest[i] : 1;
        }
        at += n;
    }
    return raw ? s->raw : found;
}

int main(int argc, char **argv)
{
    static struct scan s;
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts(hs_version());
        return 0;
    }
    if (argc != 2) {
        fputs("hs NAMES\n", stderr);
        return 2;
    }
    double start = runner_now();
    size_t n = 0;
    struct name *names = names_read(argv[1], &n);
    const char **data = calloc(n, sizeof *data);
    size_t *sizes = calloc(n, sizeof *sizes);
    unsigned *flags = calloc(n, sizeof *flags);
    unsigned *ids = calloc(n, sizeof *ids);
    s.lens = calloc(n, sizeof *s.lens);
    if (data == NULL || sizes == NULL || flags == NULL || ids == NULL ||
        s.lens == NULL) {
        runner_die("names");
    }
    for (size_t i = 0; i < n; i++) {
        data[i] = (const char *)names[i].data;
        sizes[i] = names[i].len;
        ids[i] = (unsigned)i;
        s.lens[i] = (unsigned)names[i].len;
    }
    hs_compile_error_t *e = NULL;
    if (hs_compile_lit_multi(data, flags, ids, sizes, (unsigned)n,
                             HS_MODE_BLOCK, NULL, &s.database,
                             &e) != HS_SUCCESS) {
        fprintf(stderr, "hs: %s\n", e->message);
        return 1;
    }
    size_t size = 0;
    if (hs_alloc_scratch(s.database, &s.scratch) != HS_SUCCESS ||
        hs_database_size(s.database, &size) != HS_SUCCESS) {
        fputs("hs: no scratch\n", stderr);
        return 1;
    }
    runner_ready(runner_now() - start, (double)size);
    runner_serve(run, &s);
    return 0;
}
