#include "eval/scorer.h"

#include <string.h>

#include "corpus/tags.h"

const char *const strict_names[] = {"auto", "IOB2", "IOBES", "BILOU"};

/* Prefixes as bits, in the order of tag_prefix_index: O B I E S L U. */
static const unsigned prefixes_of[] = {127, 7, 31, 103};

enum status scorer_create(const struct scorer_options *options,
                          const struct alloc *alloc, struct scorer **out,
                          struct err *e)
{
    struct scorer *s = alloc_get(alloc, sizeof *s);
    if (s == NULL) {
        return err_nomem(e);
    }
    memset(s, 0, sizeof *s);
    s->alloc = alloc;
    s->options = *options;
    s->cells = strmap_create(alloc);
    enum status status = tagset_init(&s->tagset, alloc, options->raw, e);
    if (status == STATUS_OK && s->cells == NULL) {
        status = err_nomem(e);
    }
    if (status != STATUS_OK) {
        scorer_free(s);
        return status;
    }
    *out = s;
    return STATUS_OK;
}

void scorer_free(struct scorer *s)
{
    if (s == NULL) {
        return;
    }
    tagset_free(&s->tagset);
    for (size_t i = 0; i < READ_COUNT; i++) {
        tally_free(&s->tallies[i], s->alloc);
    }
    strmap_free(s->cells);
    alloc_free(s->alloc, s->cell_counts,
               s->cell_capacity * sizeof *s->cell_counts);
    sample_free(&s->sample, s->alloc);
    mentions_free(&s->gold, s->alloc);
    mentions_free(&s->found, s->alloc);
    for (size_t i = 0; i < 2; i++) {
        mentions_free(&s->other[i], s->alloc);
        alloc_free(s->alloc, s->tags[i],
                   s->tag_capacity[i] * sizeof *s->tags[i]);
    }
    align_free(&s->align, s->alloc);
    alloc_free(s->alloc, s, sizeof *s);
}

/* The place of a bad tag: row 0 is gold, row 1 the tagger's. */
static enum status bad_tag(const struct scorer *s, size_t row, size_t i,
                           const struct slice *tags,
                           const struct feed_sentence *sentence,
                           enum status status, struct err *e)
{
    size_t k = s->options.tagger;
    const size_t *lines = row == 0 ? sentence->lines : sentence->tag_lines[k];
    if (sentence->input != NULL && lines != sentence->lines) {
        *sentence->input = k + 1;
    }
    if (sentence->at != NULL) {
        *sentence->at = tags[i].data;
    }
    if (e != NULL) {
        e->line = lines[i];
    }
    return status;
}

/* The tags of a sentence as ids; what is bad is reported with its line. */
static enum status intern(struct scorer *s, size_t row,
                          const struct slice *tags,
                          const struct feed_sentence *sentence, struct err *e)
{
    void *ids = s->tags[row];
    if (!alloc_grow(s->alloc, &ids, &s->tag_capacity[row], sentence->count,
                    sizeof *s->tags[row])) {
        return err_nomem(e);
    }
    s->tags[row] = ids;
    unsigned allowed =
        prefixes_of[(s->options.parts & PART_STRICT) != 0 ? s->options.strict
                                                          : STRICT_AUTO];
    for (size_t i = 0; i < sentence->count; i++) {
        enum status status =
            tagset_id(&s->tagset, tags[i], &s->tags[row][i], e);
        if (status != STATUS_OK) {
            return bad_tag(s, row, i, tags, sentence, status, e);
        }
        uint8_t prefix = s->tagset.info[s->tags[row][i]].prefix;
        if ((allowed >> prefix & 1u) == 0) {
            status = err_set(e, STATUS_SYNTAX, "tag '%.*s' is none of %s",
                             tags[i].len < 40 ? (int)tags[i].len : 40,
                             tags[i].data, strict_names[s->options.strict]);
            return bad_tag(s, row, i, tags, sentence, status, e);
        }
    }
    return STATUS_OK;
}

static uint64_t count_equal(const struct scorer *s, size_t count)
{
    uint64_t equal = 0;
    for (size_t i = 0; i < count; i++) {
        equal += s->tags[0][i] == s->tags[1][i];
    }
    return equal;
}

/* To conlleval the tags 'B' and 'B-0' are the same. */
static uint64_t count_equal_conlleval(const struct scorer *s, size_t count)
{
    uint64_t equal = 0;
    for (size_t i = 0; i < count; i++) {
        const struct tag_info *a = &s->tagset.info[s->tags[0][i]];
        const struct tag_info *b = &s->tagset.info[s->tags[1][i]];
        equal += a->prefix == b->prefix &&
                 a->type[FAMILY_CONLLEVAL] == b->type[FAMILY_CONLLEVAL];
    }
    return equal;
}

static enum status tally_reading(struct scorer *s, enum reading reading,
                                 size_t count, struct err *e)
{
    struct mentions *m = s->other;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < 2 && status == STATUS_OK; i++) {
        status = mentions_read(reading, &s->tagset, s->tags[i], count, s->alloc,
                               &m[i], e);
    }
    struct tally *t = &s->tallies[reading];
    if (status == STATUS_OK) {
        status = tally_add(t, &m[0], &m[1], s->alloc, e);
    }
    t->tokens += count;
    t->equal += reading == READ_CONLLEVAL ? count_equal_conlleval(s, count)
                                          : count_equal(s, count);
    return status;
}

static enum status count_cell(struct scorer *s, uint32_t gold, uint32_t found,
                              struct err *e)
{
    uint32_t key[2] = {gold, found};
    uint32_t id = 0;
    bool fresh = false;
    void *counts = s->cell_counts;
    if (!alloc_grow(s->alloc, &counts, &s->cell_capacity,
                    (size_t)strmap_count(s->cells) + 1,
                    sizeof *s->cell_counts)) {
        return err_nomem(e);
    }
    s->cell_counts = counts;
    if (!strmap_put(s->cells, slice_of((const char *)key, sizeof key), &id,
                    &fresh)) {
        return err_nomem(e);
    }
    s->cell_counts[id] = fresh ? 1 : s->cell_counts[id] + 1;
    return STATUS_OK;
}

static enum status
add_pairs(struct scorer *s, const struct feed_sentence *sentence, struct err *e)
{
    enum status status =
        align_make(&s->align, &s->gold, &s->found, s->alloc, e);
    for (size_t i = 0; i < s->align.count && status == STATUS_OK; i++) {
        const struct align_pair *p = &s->align.pairs[i];
        s->kinds[p->kind]++;
        status =
            count_cell(s, p->gold != NULL ? p->gold->type : CONFUSION_NONE,
                       p->found != NULL ? p->found->type : CONFUSION_NONE, e);
    }
    if (status == STATUS_OK && s->options.pairs != NULL) {
        status = s->options.pairs(s->options.pairs_context, s, sentence,
                                  &s->align, e);
    }
    return status;
}

enum seen_class seen_class_of(unsigned bits)
{
    if ((bits & SEEN_KNOWN) == 0) {
        return CLASS_UNSEEN;
    }
    return (bits & SEEN_AMBIGUOUS) != 0 ? CLASS_AMBIGUOUS : CLASS_SEEN;
}

static unsigned known(const struct scorer *s,
                      const struct feed_sentence *sentence, struct mention m)
{
    return s->options.known(s->options.known_context,
                            sentence->tokens + m.first, m.end - m.first,
                            tagset_type_name(&s->tagset, m.type));
}

static void add_seen(struct scorer *s, const struct feed_sentence *sentence)
{
    struct seen *seen = &s->seen;
    size_t j = 0;
    for (size_t i = 0; i < s->gold.count; i++) {
        struct mention g = s->gold.items[i];
        unsigned bits = known(s, sentence, g);
        struct counts *c = &seen->by[seen_class_of(bits)];
        while (j < s->found.count && s->found.items[j].first < g.first) {
            j++;
        }
        c->gold++;
        c->correct += j < s->found.count &&
                      mention_same_place(s->found.items[j], g) &&
                      s->found.items[j].type == g.type;
        seen->gold++;
        seen->typed += (bits & SEEN_TYPED) != 0;
        seen->majority += (bits & SEEN_MAJORITY) != 0;
    }
    for (size_t i = 0; i < s->found.count; i++) {
        unsigned bits = known(s, sentence, s->found.items[i]);
        seen->by[seen_class_of(bits)].found++;
    }
    seen->sentences++;
    if (s->options.train != NULL &&
        train_has_sentence(s->options.train, sentence->tokens,
                           sentence->count)) {
        seen->shared++;
        seen->shared_long += sentence->count >= SEEN_LONG;
    }
}

/* Everything that works on the mentions of READ_ALL. */
static enum status add_mentions(struct scorer *s,
                                const struct feed_sentence *sentence,
                                struct err *e)
{
    unsigned parts = s->options.parts;
    size_t n = sentence->count;
    enum status status = mentions_read(READ_ALL, &s->tagset, s->tags[0], n,
                                       s->alloc, &s->gold, e);
    if (status == STATUS_OK) {
        status = mentions_read(READ_ALL, &s->tagset, s->tags[1], n, s->alloc,
                               &s->found, e);
    }
    if (status == STATUS_OK && (parts & PART_MENTIONS) != 0) {
        struct tally *t = &s->tallies[READ_ALL];
        status = tally_add(t, &s->gold, &s->found, s->alloc, e);
        t->tokens += n;
        t->equal += count_equal(s, n);
    }
    if (status == STATUS_OK && (parts & PART_NERVAL) != 0) {
        nerval_add(&s->nerval, &s->gold, &s->found);
    }
    if (status == STATUS_OK && (parts & PART_BOOTSTRAP) != 0) {
        status = sample_add(&s->sample, &s->gold, &s->found, s->alloc, e);
    }
    if (status == STATUS_OK && s->options.known != NULL) {
        add_seen(s, sentence);
    }
    if (status == STATUS_OK && (parts & PART_ALIGN) != 0) {
        status = add_pairs(s, sentence, e);
    }
    return status;
}

enum status scorer_add(void *scorer, const struct feed_sentence *sentence,
                       struct err *e)
{
    struct scorer *s = scorer;
    unsigned parts = s->options.parts;
    size_t n = sentence->count;
    enum status status = intern(s, 0, sentence->gold, sentence, e);
    if (status == STATUS_OK) {
        status = intern(s, 1, sentence->tags[s->options.tagger], sentence, e);
    }
    if (status == STATUS_OK && (parts & (PART_MENTIONS | PART_NERVAL |
                                         PART_ALIGN | PART_BOOTSTRAP)) != 0) {
        status = add_mentions(s, sentence, e);
    }
    if (status == STATUS_OK && (parts & PART_CONLLEVAL) != 0) {
        status = tally_reading(s, READ_CONLLEVAL, n, e);
    }
    if (status == STATUS_OK && (parts & PART_SEQEVAL) != 0) {
        status = tally_reading(s, READ_SEQEVAL, n, e);
    }
    if (status == STATUS_OK && (parts & PART_STRICT) != 0) {
        /* With AUTO both are counted until the end tells which it is. */
        if (s->options.strict <= STRICT_IOB2) {
            status = tally_reading(s, READ_IOB2, n, e);
        }
        if (status == STATUS_OK && s->options.strict != STRICT_IOB2) {
            status = tally_reading(s, READ_IOBES, n, e);
        }
    }
    s->sentences += status == STATUS_OK;
    s->tokens += status == STATUS_OK ? n : 0;
    return status;
}

enum status scorer_strict(const struct scorer *s, enum strict_scheme *out,
                          struct err *e)
{
    if (s->options.strict != STRICT_AUTO) {
        *out = s->options.strict;
        return STATUS_OK;
    }
    for (int i = STRICT_IOB2; i <= STRICT_BILOU; i++) {
        if ((s->tagset.prefixes & ~prefixes_of[i]) == 0) {
            *out = (enum strict_scheme)i;
            return STATUS_OK;
        }
    }
    return err_set(e, STATUS_SYNTAX,
                   "tags of IOBES (E, S) and of BILOU (L, U) are mixed; "
                   "strict scoring needs one scheme");
}

const struct tally *scorer_strict_tally(const struct scorer *s,
                                        enum strict_scheme scheme)
{
    return &s->tallies[scheme == STRICT_IOB2 ? READ_IOB2 : READ_IOBES];
}

uint64_t scorer_confusion(const struct scorer *s, uint32_t gold, uint32_t found)
{
    uint32_t key[2] = {gold, found};
    uint32_t id = 0;
    bool there =
        strmap_find(s->cells, slice_of((const char *)key, sizeof key), &id);
    return there ? s->cell_counts[id] : 0;
}
