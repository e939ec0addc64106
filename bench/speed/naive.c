/* The tagger one writes first: naive NAMES. Every word of the text is looked
 * up in a hash table of the first words of names; where it is one, the names
 * that begin with it are compared with the text, longest first.
 * Orders after go: gaz or grep, the rules (names.h). */
#include "names.h"

struct first {
    const uint8_t *word; /* NULL: a free place */
    size_t len;
    size_t from, to; /* names[from .. to - 1] begin with it */
};

struct naive {
    enum rules rules;
    struct name *names;
    size_t count;
    struct first *table;
    size_t mask;
};

static size_t first_len(const uint8_t *p, size_t n, enum rules rules)
{
    size_t i = 0;
    while (i < n && names_word(p[i], rules)) {
        i++;
    }
    return i > 0 ? i : 1;
}

static size_t hash(const uint8_t *p, size_t n)
{
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < n; i++) {
        h = (h ^ p[i]) * 0x100000001b3u;
    }
    return (size_t)(h ^ h >> 32);
}

static struct first *place(const struct naive *t, const uint8_t *p, size_t n)
{
    for (size_t i = hash(p, n) & t->mask;; i = (i + 1) & t->mask) {
        struct first *f = &t->table[i];
        if (f->word == NULL || (f->len == n && memcmp(f->word, p, n) == 0)) {
            return f;
        }
    }
}

static enum rules sort_rules;

static int order(const void *a, const void *b)
{
    const struct name *x = a;
    const struct name *y = b;
    size_t n = first_len(x->data, x->len, sort_rules);
    size_t m = first_len(y->data, y->len, sort_rules);
    int c = memcmp(x->data, y->data, n < m ? n : m);
    if (c != 0 || n != m) {
        return c != 0 ? c : n < m ? -1 : 1;
    }
    return x->len > y->len ? -1 : x->len < y->len;
}

static void build(struct naive *t, enum rules rules)
{
    size_t size = 16;
    while (size < t->count * 2) {
        size *= 2;
    }
    free(t->table);
    t->table = calloc(size, sizeof *t->table);
    if (t->table == NULL) {
        runner_die("table");
    }
    t->mask = size - 1;
    t->rules = sort_rules = rules;
    qsort(t->names, t->count, sizeof *t->names, order);
    for (size_t i = 0; i < t->count; i++) {
        const struct name *name = &t->names[i];
        size_t n = first_len(name->data, name->len, rules);
        struct first *f = place(t, name->data, n);
        if (f->word == NULL) {
            *f = (struct first){name->data, n, i, i};
        }
        f->to = i + 1;
    }
}

static size_t longest(const struct naive *t, const struct text *text, size_t at,
                      const struct first *f)
{
    for (size_t i = f->from; i < f->to; i++) {
        const struct name *name = &t->names[i];
        if (name->len <= text->len - at &&
            memcmp(name->data, text->data + at, name->len) == 0 &&
            names_whole(text->data, at, at + name->len, t->rules)) {
            return name->len;
        }
    }
    return 0;
}

static uint64_t run(void *context, const char *order_name,
                    const struct text *text)
{
    struct naive *t = context;
    enum rules rules = strcmp(order_name, "grep") == 0 ? RULES_GREP : RULES_GAZ;
    if (t->table == NULL || t->rules != rules) {
        build(t, rules);
    }
    uint64_t found = 0;
    for (size_t at = 0; at < text->len;) {
        const uint8_t *p = text->data + at;
        if (*p == ' ' || *p == '\n') {
            at++;
            continue;
        }
        size_t n = first_len(p, text->len - at, rules);
        const struct first *f = place(t, p, n);
        size_t match = f->word != NULL ? longest(t, text, at, f) : 0;
        found += match > 0;
        at += match > 0 ? match : n;
    }
    return found;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("naive NAMES\n", stderr);
        return 2;
    }
    struct naive t = {0};
    double start = runner_now();
    t.names = names_read(argv[1], &t.count);
    build(&t, RULES_GAZ);
    runner_ready(runner_now() - start, (double)((t.mask + 1) * sizeof *t.table +
                                                t.count * sizeof *t.names));
    runner_serve(run, &t);
    return 0;
}
