/* A lexicon of any bytes. Its checksum is put right first, or hardly any
 * input would come past it. Under libFuzzer a mutator that knows the section
 * table changes one section, or sets one number in it to a value that checks
 * are wont to miss. */
#include "fuzz.h"

#include "base/bytes.h"
#include "base/digest.h"
#include "gaz.h"
#include "model/image.h"

static const char text[] =
    "C++ and Linux, the AT&T\nUnix kernels of Java. Go compiler! /usr/Go "
    "\xE6\xBC\xA2\xE5\xAD\x97 .NET PDP-11/34 RTX 3080 Ti. We run the Abnix "
    "operating system on servers . The language nixAb 3.2 is old.";

static void look(const gaz_lexicon *l)
{
    gaz_rule rule;
    gaz_source_info source;
    size_t sum = strlen(gaz_lexicon_options(l));
    for (uint32_t i = 0; i < gaz_lexicon_entry_count(l); i++) {
        gaz_entry e;
        uint32_t label = 0;
        uint32_t n = 0;
        FUZZ_CHECK(gaz_lexicon_entry(l, i, &e) == GAZ_OK);
        for (size_t k = 0; k < e.label_count; k++) {
            FUZZ_CHECK(gaz_lexicon_entry_label(l, i, k, &label, &n) == GAZ_OK &&
                       gaz_lexicon_label(l, label) != NULL);
        }
        sum += strlen(gaz_lexicon_id(l, i));
        for (int c = GAZ_NEED; c <= GAZ_NOT; c++) {
            sum += strlen(gaz_lexicon_entry_context(l, i, (gaz_context)c));
        }
    }
    for (size_t i = 0; i < gaz_lexicon_rule_count(l); i++) {
        FUZZ_CHECK(gaz_lexicon_rule(l, i, &rule) == GAZ_OK);
        sum += strlen(rule.pattern) + strlen(rule.id) + strlen(rule.words);
    }
    for (size_t i = 0; i < gaz_lexicon_source_count(l); i++) {
        FUZZ_CHECK(gaz_lexicon_source(l, i, &source) == GAZ_OK);
        sum += strlen(source.name);
    }
    FUZZ_CHECK(sum < SIZE_MAX);
}

static void tag(const gaz_lexicon *l, const gaz_tag_options *o)
{
    gaz_tagger *t = NULL;
    const gaz_span *spans = NULL;
    size_t count = 0;
    if (gaz_tagger_create(l, o, &t, NULL) != GAZ_OK) {
        return;
    }
    if (gaz_tag(t, text, sizeof text - 1, &spans, &count, NULL) == GAZ_OK) {
        size_t at = 0;
        for (size_t i = 0; i < count; i++) {
            FUZZ_CHECK(spans[i].start >= at && spans[i].start < spans[i].end &&
                       spans[i].end < sizeof text &&
                       spans[i].label < gaz_lexicon_label_count(l));
            (void)strlen(gaz_lexicon_id(l, spans[i].entry));
            at = o->overlap == GAZ_OVERLAP_ALL ? spans[i].start : spans[i].end;
        }
    }
    gaz_tagger_free(t);
}

/* As a layer below and above itself. */
static void stack(const gaz_lexicon *l)
{
    const gaz_lexicon *layers[2] = {l, l};
    gaz_tag_options o = {.generic = true};
    gaz_lexicon *both = NULL;
    if (gaz_lexicon_stack(layers, 2, &fuzz_allocator, &both, NULL) == GAZ_OK) {
        look(both);
        tag(both, &o);
        gaz_lexicon_free(both);
    }
}

/* As what a compiled corpus takes its hints from. */
static void hint(const gaz_lexicon *l)
{
    static const char corpus[] =
        "We\tO\nrun\tO\nAbnix\tB-OS\nand\tO\nC++\tB-Language\n.\tO\n\n"
        "The\tO\nLinux\tB-OS\nkernel\tI-OS\nis\tO\nnixAb\tO\n";
    gaz_build_options o = {.prior = l, .prior_weight = 1};
    gaz_builder *b = NULL;
    const void *image = NULL;
    size_t len = 0;
    if (gaz_builder_create(&o, &fuzz_allocator, &b, NULL) != GAZ_OK) {
        return;
    }
    if (gaz_builder_add(b, GAZ_INPUT_CORPUS, "corpus", corpus,
                        sizeof corpus - 1, NULL) == GAZ_OK) {
        (void)gaz_builder_finish(b, &image, &len, NULL);
    }
    gaz_builder_free(b);
}

static void use(const gaz_lexicon *l)
{
    static const gaz_tag_options options[] = {
        {.overlap = GAZ_OVERLAP_LONGEST},
        {.overlap = GAZ_OVERLAP_ALL, .generic = true, .inside = true},
        {.simd = GAZ_SIMD_NONE,
         .versions = GAZ_VERSIONS_INSIDE,
         .hyphen_join = true},
    };
    gaz_explainer *x = NULL;
    const char *said = NULL;
    size_t len = 0;
    look(l);
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        tag(l, &options[i]);
    }
    stack(l);
    hint(l);
    if (gaz_explainer_create(l, NULL, &x, NULL) == GAZ_OK) {
        (void)gaz_explain(x, text, sizeof text - 1, &said, &len, NULL);
        gaz_explainer_free(x);
    }
}

static void seal(unsigned char *image, size_t size)
{
    if (size >= 32) {
        bytes_store64(image + 16, size);
        bytes_store64(image + 24, digest_xxh64(image + 32, size - 32,
                                               bytes_load64(image + 8)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *image = fuzz_copy(data, size);
    gaz_lexicon *l = NULL;
    if (image == NULL) {
        return 0;
    }
    seal(image, size);
    if (gaz_lexicon_open(image, size, &fuzz_allocator, &l, NULL) == GAZ_OK) {
        use(l);
        gaz_lexicon_free(l);
    }
    free(image);
    return 0;
}

#ifdef GAZ_FUZZER
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed);

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* A number of one section, aligned as they are. */
static void set_number(uint8_t *p, size_t len, size_t image_len, uint32_t *rng)
{
    uint32_t at = next(rng) % (uint32_t)(len / 4) * 4;
    uint32_t was = bytes_load32(p + at);
    const uint32_t values[] = {0,
                               1,
                               was + 1,
                               was - 1,
                               was * 2,
                               0x7FFFFFFF,
                               0x80000000,
                               0xFFFFFFFE,
                               0xFFFFFFFF,
                               (uint32_t)len,
                               (uint32_t)len - 1,
                               (uint32_t)image_len,
                               next(rng),
                               next(rng) % 256};
    bytes_store32(p + at, values[next(rng) % (sizeof values / sizeof *values)]);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed)
{
    uint32_t rng = seed;
    struct image image;
    seal(data, size);
    if (next(&rng) % 16 == 0 ||
        image_open(data, size, &image, NULL) != STATUS_OK ||
        image.section_count == 0) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    size_t row = IMAGE_HEADER_SIZE +
                 next(&rng) % image.section_count * IMAGE_SECTION_SIZE;
    uint8_t *p = data + bytes_load64(data + row + 8);
    size_t len = (size_t)bytes_load64(data + row + 16);
    if (len < 4) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    switch (next(&rng) % 4) {
    case 0: /* its bytes, its length kept */
        (void)LLVMFuzzerMutate(p, len, len);
        break;
    case 1: /* one part over another */
        if (len > 16) {
            memmove(p + next(&rng) % (len - 16) / 4 * 4,
                    p + next(&rng) % (len - 16) / 4 * 4, 16);
        }
        break;
    case 2: /* a shorter section */
        bytes_store64(data + row + 16, next(&rng) % (uint32_t)len);
        break;
    default:
        for (uint32_t n = 1 + next(&rng) % 3; n > 0; n--) {
            set_number(p, len, size, &rng);
        }
        break;
    }
    return size;
}
#endif
