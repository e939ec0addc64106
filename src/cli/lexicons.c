/* Opening lexicons: files, the one inside the program, lists that are compiled
 * in memory, and several laid over each other. */
#include <stdlib.h>
#include <string.h>

#include "cli/embedded.h"
#include "cli/inputs.h"
#include "cli/whole.h"

struct cli_layer {
    const char *path; /* NULL: inside the program */
    struct file_bytes file;
    char header[32];      /* of a compiled lexicon, as it was opened */
    gaz_builder *builder; /* holds the image of a list */
    gaz_lexicon *lexicon;
};

static bool is_image(const struct cli_layer *l)
{
    static const char magic[] = "\x89GAZ";
    return l->file.len >= 4 && memcmp(l->file.data, magic, 4) == 0;
}

/* By its bytes and its name; after a '+' anything but .gaz may be a list. */
static bool is_list(const struct cli_layer *l, bool plus)
{
    if (is_image(l)) {
        return false;
    }
    return inputs_ending(l->path, "tsv") || inputs_ending(l->path, "rules") ||
           inputs_ending(l->path, "jsonl") ||
           (plus && !inputs_ending(l->path, "gaz"));
}

static int compile_list(struct cli_layer *l, const void **image, size_t *len)
{
    gaz_error e = {0};
    const char *foreign = whole_foreign(l->file.data, l->file.len);
    if (foreign != NULL) {
        return cli_fail("%s: %s", l->path, foreign);
    }
    gaz_status s = gaz_builder_create(NULL, NULL, &l->builder, &e);
    if (s == GAZ_OK) {
        gaz_input kind = inputs_ending(l->path, "rules")   ? GAZ_INPUT_RULES
                         : inputs_ending(l->path, "jsonl") ? GAZ_INPUT_SPACY
                                                           : GAZ_INPUT_LIST;
        s = gaz_builder_add(l->builder, kind, l->path, l->file.data,
                            l->file.len, &e);
    }
    if (s == GAZ_OK) {
        s = gaz_builder_finish(l->builder, image, len, &e);
    }
    return s == GAZ_OK ? EXIT_OK : cli_error(l->path, &e);
}

static int open_image(struct cli_layer *l, const void *image, size_t len)
{
    gaz_error e = {0};
    gaz_status s = gaz_lexicon_open(image, len, NULL, &l->lexicon, &e);
    if (s == GAZ_OK) {
        memcpy(l->header, image, sizeof l->header);
    }
    return s == GAZ_OK
               ? EXIT_OK
               : cli_error(l->path != NULL ? l->path : "(inside gaz)", &e);
}

static int open_file(struct cli_layer *l, bool plus)
{
    struct err why = {0};
    if (file_map(l->path, &l->file, &why) != STATUS_OK) {
        return cli_os_error(l->path, &why);
    }
    const void *image = l->file.data;
    size_t len = l->file.len;
    bool list = is_list(l, plus);
    int s = list ? compile_list(l, &image, &len) : EXIT_OK;
    if (s == EXIT_OK) {
        s = open_image(l, image, len);
    }
    if (s == EXIT_INPUT && !list && !is_image(l) &&
        !inputs_ending(l->path, "gaz")) {
        cli_note("a list is known by its name: lists end in .tsv, rules in "
                 ".rules, spaCy's patterns in .jsonl");
    }
    return s;
}

static int open_default(struct cli_layer *l)
{
    const char *given = getenv("GAZ_LEXICON");
    if (given != NULL && *given != '\0') {
        l->path = given;
        return open_file(l, false);
    }
    if (embedded_lexicon_size == 0) {
        return cli_fail("this gaz has no lexicon inside; name one with -l "
                        "LEX.gaz");
    }
    return open_image(l, embedded_lexicon, (size_t)embedded_lexicon_size);
}

static int open_layer(struct cli_lexicon *l, const char *path, bool plus)
{
    struct cli_layer *layer = &l->layers[l->layer_count++];
    memset(layer, 0, sizeof *layer);
    if (path != NULL && path[0] == '\0') {
        return cli_fail("a lexicon or list is wanted, not ''");
    }
    layer->path = path;
    return path != NULL ? open_file(layer, plus) : open_default(layer);
}

static int join_layers(struct cli_lexicon *l)
{
    const gaz_lexicon **list = malloc(l->layer_count * sizeof *list);
    if (list == NULL) {
        return cli_nomem();
    }
    for (size_t i = 0; i < l->layer_count; i++) {
        list[i] = l->layers[i].lexicon;
    }
    gaz_error e = {0};
    gaz_status s = gaz_lexicon_stack(list, l->layer_count, NULL, &l->stack, &e);
    free(list);
    return s == GAZ_OK ? EXIT_OK : cli_error(NULL, &e);
}

static int finish_open(struct cli_lexicon *l)
{
    int s = l->layer_count > 1 ? join_layers(l) : EXIT_OK;
    if (s == EXIT_OK) {
        const char *path = l->layers[0].path;
        l->lexicon = l->stack != NULL ? l->stack : l->layers[0].lexicon;
        l->name = path != NULL ? path : "(the default lexicon)";
    }
    return s;
}

/* '+' and a name is laid over the others; '+' alone is the default lexicon, a
 * layer like the rest. */
static bool is_over(const char *path)
{
    return path[0] == '+' && path[1] != '\0';
}

static int open_list(const char *const *paths, size_t count,
                     struct cli_lexicon *out)
{
    struct cli_lexicon l = {.layers = calloc(count + 1, sizeof *l.layers)};
    if (l.layers == NULL) {
        return cli_nomem();
    }
    size_t plain = 0;
    for (size_t i = 0; i < count; i++) {
        plain += !is_over(paths[i]);
    }
    int s = plain == 0 ? open_layer(&l, NULL, false) : EXIT_OK;
    for (int plus = 0; plus < 2; plus++) {
        for (size_t i = 0; s == EXIT_OK && i < count; i++) {
            if (is_over(paths[i]) == (plus == 1)) {
                bool is_default = strcmp(paths[i], "+") == 0;
                s = open_layer(&l, is_default ? NULL : paths[i] + plus,
                               plus == 1);
            }
        }
    }
    if (s == EXIT_OK) {
        s = finish_open(&l);
    }
    if (s != EXIT_OK) {
        cli_lexicon_close(&l);
        return s;
    }
    *out = l;
    return EXIT_OK;
}

int cli_lexicon_open(const char *path, struct cli_lexicon *out)
{
    return open_list(&path, path != NULL ? 1 : 0, out);
}

/* The values of an option; *paths is the caller's to free. */
static int given_values(const struct cli_args *args, const char *option,
                        const char ***paths, size_t *count)
{
    *count = 0;
    *paths = calloc(args->given_count + 1, sizeof **paths);
    if (*paths == NULL) {
        return cli_nomem();
    }
    for (size_t i = 0; i < args->given_count; i++) {
        if (cli_is(&args->given[i], option)) {
            (*paths)[(*count)++] = args->given[i].value;
        }
    }
    return EXIT_OK;
}

int cli_lexicon_open_given(const struct cli_args *args, struct cli_lexicon *out)
{
    size_t n = 0;
    const char **paths = NULL;
    int s = given_values(args, "lexicon", &paths, &n);
    if (s == EXIT_OK) {
        s = open_list(paths, n, out);
    }
    free(paths);
    return s;
}

static int open_builtin(struct cli_lexicon *out)
{
    struct cli_lexicon l = {.layers = calloc(1, sizeof *l.layers)};
    if (l.layers == NULL) {
        return cli_nomem();
    }
    int s = EXIT_OK;
    if (embedded_lexicon_size > 0) {
        l.layer_count = 1;
        s = open_image(&l.layers[0], embedded_lexicon,
                       (size_t)embedded_lexicon_size);
        l.lexicon = l.layers[0].lexicon;
        l.name = "(the default lexicon)";
    }
    *out = l;
    return s;
}

int cli_lexicon_open_option(const struct cli_args *args, const char *option,
                            struct cli_lexicon *out)
{
    size_t n = 0;
    const char **paths = NULL;
    int s = given_values(args, option, &paths, &n);
    if (s == EXIT_OK) {
        s = n == 0 ? open_builtin(out) : open_list(paths, n, out);
    }
    free(paths);
    return s;
}

const char *cli_lexicon_path(const struct cli_lexicon *l, size_t i)
{
    return l->layers[i].path;
}

void cli_lexicon_close(struct cli_lexicon *l)
{
    gaz_lexicon_free(l->stack);
    for (size_t i = 0; l->layers != NULL && i < l->layer_count; i++) {
        gaz_lexicon_free(l->layers[i].lexicon);
        gaz_builder_free(l->layers[i].builder);
        file_unload(&l->layers[i].file);
    }
    free(l->layers);
    memset(l, 0, sizeof *l);
}

/* Whether an image that was written to while it was in use still is what it
 * was: its header holds the checksum of the rest. */
static bool still_good(const struct cli_layer *l)
{
    gaz_lexicon *again = NULL;
    if (l->file.len < sizeof l->header ||
        memcmp(l->header, l->file.data, sizeof l->header) != 0 ||
        gaz_lexicon_open(l->file.data, l->file.len, NULL, &again, NULL) !=
            GAZ_OK) {
        return false;
    }
    gaz_lexicon_free(again);
    return true;
}

int cli_lexicon_check(const struct cli_lexicon *l, int s)
{
    for (size_t i = 0; l->layers != NULL && i < l->layer_count; i++) {
        const struct cli_layer *layer = &l->layers[i];
        if (layer->lexicon != NULL && layer->builder == NULL &&
            file_touched(&layer->file) && !still_good(layer)) {
            (void)cli_fail("%s: was written to while it was in use, so that "
                           "what was found is not to be trusted; replace a "
                           "lexicon by renaming, as gaz compile does",
                           layer->path);
            s = EXIT_SYSTEM;
        }
    }
    return s;
}

int cli_lexicon_end(struct cli_lexicon *l, int s)
{
    s = cli_lexicon_check(l, s);
    cli_lexicon_close(l);
    return s;
}

gaz_status cli_read(void *context, char *buffer, size_t size, size_t *got,
                    gaz_error *e)
{
    struct err why = {0};
    enum status s = file_read(context, buffer, size, got, &why);
    if (s != STATUS_OK) {
        e->code = (gaz_status)s;
        memcpy(e->message, why.message, sizeof why.message);
    }
    return (gaz_status)s;
}

void cli_lexicon_note_limits(const gaz_lexicon *lexicon,
                             const gaz_rule_stats *stats)
{
    gaz_rule rule;
    gaz_source_info source;
    if (stats->limits > 0 &&
        gaz_lexicon_rule(lexicon, stats->first_limited, &rule) == GAZ_OK &&
        gaz_lexicon_source(lexicon, rule.source, &source) == GAZ_OK) {
        cli_note("%s:%u: this rule takes too many steps; rules were given up "
                 "at %llu place%s, the rest of the text is tagged",
                 source.name, (unsigned)rule.line,
                 (unsigned long long)stats->limits,
                 stats->limits == 1 ? "" : "s");
    }
}
