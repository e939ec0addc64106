/* gaz in process, through its public interface: engine LEXICON. The text is
 * tagged in pieces of 256 KB, as gaz tag does: of more, what is found leaves
 * the second-level cache. Orders after go: any of the letters i (--inside, and
 * no short forms of names that a document defines: what byte matchers find)
 * and n (no SIMD), or '-'. */
#include "runner.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gaz.h"

enum { PIECE = 1 << 18, KINDS = 4 };

static gaz_tagger *taggers[KINDS]; /* by inside + 2 * no SIMD */

static uint64_t run(void *context, const char *order, const struct text *text)
{
    size_t kind = (strchr(order, 'i') != NULL ? 1u : 0u) +
                  (strchr(order, 'n') != NULL ? 2u : 0u);
    gaz_error e;
    if (taggers[kind] == NULL) {
        gaz_tag_options o = {.inside = (kind & 1) != 0,
                             .alone = (kind & 1) != 0,
                             .simd = (kind & 2) != 0 ? GAZ_SIMD_NONE
                                                     : GAZ_SIMD_BEST};
        if (gaz_tagger_create(context, &o, &taggers[kind], &e) != GAZ_OK) {
            fprintf(stderr, "%s\n", e.message);
            exit(1);
        }
    }
    uint64_t found = 0;
    const char *p = (const char *)text->data;
    for (size_t at = 0; at < text->len;) {
        size_t n = text->len - at;
        size_t piece = n;
        for (size_t want = PIECE; want < n; want *= 2) {
            piece = gaz_tag_cut(taggers[kind], p + at, want);
            if (piece > 0) {
                break;
            }
            piece = n;
        }
        const gaz_span *spans = NULL;
        size_t count = 0;
        if (gaz_tag(taggers[kind], p + at, piece, &spans, &count, &e) !=
            GAZ_OK) {
            fprintf(stderr, "%s\n", e.message);
            exit(1);
        }
        found += count;
        at += piece;
    }
    return found;
}

static const void *map(const char *path, size_t *len)
{
    struct stat st;
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) != 0) {
        runner_die(path);
    }
    *len = (size_t)st.st_size;
    void *p = mmap(NULL, *len, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED) {
        runner_die(path);
    }
    close(fd);
    return p;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("engine LEXICON\n", stderr);
        return 2;
    }
    size_t len = 0;
    const void *image = map(argv[1], &len);
    gaz_lexicon *lexicon = NULL;
    gaz_error e;
    double start = runner_now();
    if (gaz_lexicon_open(image, len, NULL, &lexicon, &e) != GAZ_OK) {
        fprintf(stderr, "%s\n", e.message);
        return 1;
    }
    runner_ready(runner_now() - start, (double)len);
    runner_serve(run, lexicon);
    for (size_t i = 0; i < KINDS; i++) {
        gaz_tagger_free(taggers[i]);
    }
    gaz_lexicon_free(lexicon);
    return 0;
}
