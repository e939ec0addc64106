#include <string.h>

#include "gaz_internal.h"
#include "tag/layers.h"
#include "tag/level.h"

_Static_assert(sizeof(gaz_span) == sizeof(struct span) &&
                   offsetof(gaz_span, start) == offsetof(struct span, start) &&
                   offsetof(gaz_span, end) == offsetof(struct span, end) &&
                   offsetof(gaz_span, label) == offsetof(struct span, label) &&
                   offsetof(gaz_span, entry) == offsetof(struct span, entry) &&
                   offsetof(gaz_span, score) == offsetof(struct span, score) &&
                   GAZ_ENTRY_NONE == SPAN_NO_ENTRY &&
                   offsetof(gaz_span, reserved) ==
                       offsetof(struct span, bare) &&
                   offsetof(gaz_span, version_start) ==
                       offsetof(struct span, version_start) &&
                   offsetof(gaz_span, version_end) ==
                       offsetof(struct span, version_end),
               "a core span is handed out as it is");
_Static_assert(sizeof(gaz_token) == sizeof(struct slice) &&
                   offsetof(gaz_token, data) == offsetof(struct slice, data) &&
                   offsetof(gaz_token, len) == offsetof(struct slice, len),
               "a public token is taken as it is");

_Static_assert((int)GAZ_VERSIONS_APART == (int)TAIL_APART &&
                   (int)GAZ_VERSIONS_INSIDE == (int)TAIL_INSIDE &&
                   (int)GAZ_VERSIONS_OFF == (int)TAIL_OFF,
               "public and core version modes are the same numbers");

_Static_assert((int)GAZ_OVERLAP_ALL == (int)OVERLAP_ALL &&
                   (int)GAZ_OVERLAP_NO_SUB == (int)OVERLAP_NO_SUB &&
                   (int)GAZ_OVERLAP_LONGEST_DOMINANT_RIGHT ==
                       (int)OVERLAP_DOMINANT_RIGHT,
               "public and core overlap policies are the same numbers");

struct gaz_tagger {
    struct alloc alloc;
    struct layers *core;
};

static enum simd_level core_level(gaz_simd wanted)
{
    return wanted == GAZ_SIMD_BEST ? SIMD_BEST
                                   : (enum simd_level)(wanted - GAZ_SIMD_NONE);
}

const char *gaz_simd_name(gaz_simd wanted)
{
    return level_choose(core_level(wanted))->name;
}

gaz_status gaz_tagger_create(const gaz_lexicon *lexicon,
                             const gaz_tag_options *options, gaz_tagger **out,
                             gaz_error *e)
{
    struct err why = {0};
    struct alloc alloc = lexicon->alloc;
    struct gaz_tagger *t = alloc_get(&alloc, sizeof *t);
    if (t == NULL) {
        return facade_error(e, GAZ_NOMEM, "out of memory");
    }
    t->alloc = alloc;
    struct tagger_options core = {.simd = SIMD_BEST};
    if (options != NULL && (unsigned)options->versions > GAZ_VERSIONS_OFF) {
        alloc_free(&alloc, t, sizeof *t);
        return facade_error(e, GAZ_OPTION, "unknown treatment of versions");
    }
    if (options != NULL &&
        (unsigned)options->overlap > GAZ_OVERLAP_LONGEST_DOMINANT_RIGHT) {
        alloc_free(&alloc, t, sizeof *t);
        return facade_error(e, GAZ_OPTION, "unknown treatment of overlaps");
    }
    if (options != NULL) {
        core.inside = options->inside;
        core.hyphen_join = options->hyphen_join;
        core.generic = options->generic;
        core.alone = options->alone;
        core.hidden = options->hidden;
        core.overlap = (enum overlap)options->overlap;
        core.versions = (enum tail_mode)options->versions;
        core.simd = core_level(options->simd);
    }
    enum status s = layers_create(&t->alloc, &lexicon->core, lexicon->stack,
                                  &core, &t->core, &why);
    if (s != STATUS_OK) {
        alloc_free(&alloc, t, sizeof *t);
        return facade_status(s, &why, e);
    }
    *out = t;
    return GAZ_OK;
}

void gaz_tagger_free(gaz_tagger *tagger)
{
    if (tagger != NULL) {
        struct alloc alloc = tagger->alloc;
        layers_free(tagger->core);
        alloc_free(&alloc, tagger, sizeof *tagger);
    }
}

gaz_status gaz_tag(gaz_tagger *tagger, const char *text, size_t len,
                   const gaz_span **spans, size_t *count, gaz_error *e)
{
    struct err why = {0};
    const struct span *found = NULL;
    size_t n = 0;
    enum status s =
        layers_text(tagger->core, slice_of(text, len), &found, &n, &why);
    if (s == STATUS_OK) {
        *spans = (const gaz_span *)found;
        *count = n;
    }
    return facade_status(s, &why, e);
}

void gaz_tagger_begin_document(gaz_tagger *tagger)
{
    layers_begin(tagger->core);
}

gaz_status gaz_tag_tokens(gaz_tagger *tagger, const gaz_token *tokens,
                          size_t token_count, const gaz_span **spans,
                          size_t *count, gaz_error *e)
{
    struct err why = {0};
    const struct span *found = NULL;
    size_t n = 0;
    enum status s = layers_tokens(tagger->core, (const struct slice *)tokens,
                                  token_count, &found, &n, &why);
    if (s == STATUS_OK) {
        *spans = (const gaz_span *)found;
        *count = n;
    }
    return facade_status(s, &why, e);
}

gaz_status gaz_tokens_text(gaz_tagger *tagger, const gaz_token *tokens,
                           size_t count, const char **text, size_t *len,
                           size_t *starts, size_t *ends, gaz_error *e)
{
    struct err why = {0};
    struct slice joined = {0};
    const size_t *from = NULL;
    const size_t *to = NULL;
    enum status s = layers_join(tagger->core, (const struct slice *)tokens,
                                count, &joined, &from, &to, &why);
    if (s == STATUS_OK) {
        *text = joined.data;
        *len = joined.len;
        for (size_t i = 0; i < count; i++) {
            if (starts != NULL) {
                starts[i] = from[i];
            }
            if (ends != NULL) {
                ends[i] = to[i];
            }
        }
    }
    return facade_status(s, &why, e);
}

size_t gaz_tag_cut(const gaz_tagger *tagger, const char *text, size_t len)
{
    return layers_cut(tagger->core, slice_of(text, len));
}

void gaz_tagger_rule_stats(const gaz_tagger *tagger, gaz_rule_stats *out)
{
    struct rules_stats core;
    layers_rule_stats(tagger->core, &core);
    *out = (gaz_rule_stats){.tries = core.tries,
                            .limits = core.limits,
                            .first_limited = core.limited};
}
