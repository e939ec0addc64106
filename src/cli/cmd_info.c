/* gaz info: what a lexicon holds and what it was made of. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/writer.h"

static const struct cli_option options[] = {
    {"json", 'j', NULL, NULL, "one JSON object instead of text"},
};

enum { CASE_COUNT = GAZ_CASE_SMART + 1 };

struct flag {
    const char *name;
    const char *means;
};

enum {
    FLAG_PLURAL,
    FLAG_CONTEXT,
    FLAG_GENERIC,
    FLAG_VETO,
    FLAG_HIDES,
    FLAG_ID,
    FLAG_SEVERAL,
    FLAG_CORPUS,
    FLAG_COUNT
};

static const struct flag flags[FLAG_COUNT] = {
    [FLAG_PLURAL] = {"plural", "a plural s makes no difference"},
    [FLAG_CONTEXT] = {"context", "count in some contexts only"},
    [FLAG_GENERIC] = {"generic", "common nouns, found with --generic"},
    [FLAG_VETO] = {"veto", "spellings that are no mention"},
    [FLAG_HIDES] = {"hides", "no mention, nor what lies in it ('--')"},
    [FLAG_ID] = {"id", "with an id"},
    [FLAG_SEVERAL] = {"several", "seen with several labels"},
    [FLAG_CORPUS] = {"corpus", "counted in corpora"},
};

struct survey {
    const gaz_lexicon *lexicon;
    const char *name;
    const char *over; /* of the layer on top, or NULL */
    size_t entries;
    size_t *labels;      /* entries by label */
    size_t *sources;     /* by the source that first has them */
    size_t *rule_labels; /* rules by label */
    size_t *rule_sources;
    size_t cases[CASE_COUNT];
    size_t flags[FLAG_COUNT];
    struct out out;
};

/* Is it the label of what is no mention? It is told as a flag. */
static bool hides(const gaz_lexicon *l, size_t label)
{
    return strcmp(gaz_lexicon_label(l, label), GAZ_HIDES) == 0;
}

static int take_survey(struct survey *s)
{
    s->labels =
        calloc(gaz_lexicon_label_count(s->lexicon) + 1, sizeof *s->labels);
    s->sources =
        calloc(gaz_lexicon_source_count(s->lexicon) + 1, sizeof *s->sources);
    s->rule_labels =
        calloc(gaz_lexicon_label_count(s->lexicon) + 1, sizeof *s->rule_labels);
    s->rule_sources = calloc(gaz_lexicon_source_count(s->lexicon) + 1,
                             sizeof *s->rule_sources);
    if (s->labels == NULL || s->sources == NULL || s->rule_labels == NULL ||
        s->rule_sources == NULL) {
        return cli_nomem();
    }
    for (size_t i = 0; i < gaz_lexicon_rule_count(s->lexicon); i++) {
        gaz_rule rule;
        if (gaz_lexicon_rule(s->lexicon, i, &rule) == GAZ_OK) {
            s->rule_labels[rule.label]++;
            s->rule_sources[rule.source]++;
        }
    }
    s->entries = gaz_lexicon_entry_count(s->lexicon);
    for (uint32_t i = 0; i < s->entries; i++) {
        gaz_entry e;
        if (gaz_lexicon_entry(s->lexicon, i, &e) != GAZ_OK) {
            continue;
        }
        s->labels[e.label] += !e.veto;
        s->flags[FLAG_HIDES] += !e.veto && hides(s->lexicon, e.label);
        s->sources[e.source]++;
        s->cases[e.letter_case]++;
        s->flags[FLAG_PLURAL] += e.plural;
        s->flags[FLAG_CONTEXT] += e.context;
        s->flags[FLAG_GENERIC] += e.generic;
        s->flags[FLAG_VETO] += e.veto;
        s->flags[FLAG_ID] += e.id[0] != '\0';
        s->flags[FLAG_SEVERAL] += e.label_count > 1;
        s->flags[FLAG_CORPUS] += e.occurrences > 0;
    }
    return EXIT_OK;
}

static void hex(const uint8_t sha256[32], char out[65])
{
    for (size_t i = 0; i < 32; i++) {
        (void)snprintf(out + 2 * i, 3, "%02x", sha256[i]);
    }
}

/* printf's format, into a line of moderate length. */
static void line(struct survey *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void line(struct survey *s, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    out_str(&s->out, text);
}

static double per_entry(const struct survey *s)
{
    size_t size = gaz_lexicon_size(s->lexicon);
    return s->entries > 0 ? (double)size / (double)s->entries : 0;
}

static void print_sources(struct survey *s)
{
    size_t n = gaz_lexicon_source_count(s->lexicon);
    line(s, "\nsources: %zu\n", n);
    for (size_t i = 0; i < n; i++) {
        gaz_source_info source;
        char sum[65];
        if (gaz_lexicon_source(s->lexicon, i, &source) == GAZ_OK) {
            hex(source.sha256, sum);
            line(s, "%9zu  %s  %9" PRIu64 " bytes  ",
                 s->sources[i] + s->rule_sources[i], sum, source.size);
            out_str(&s->out, source.name);
            out_byte(&s->out, '\n');
        }
    }
}

static void print_text(struct survey *s)
{
    static const char *const cases[CASE_COUNT] = {"", "exact", "fold", "smart"};
    const gaz_lexicon *l = s->lexicon;
    out_str(&s->out, "lexicon: ");
    out_str(&s->out, s->name);
    if (s->over != NULL) {
        out_str(&s->out, " +");
        out_str(&s->out, s->over);
    }
    line(s, "\nformat: %" PRIu32 "\nsize: %zu bytes, %.1f an entry\n",
         gaz_lexicon_format(l), gaz_lexicon_size(l), per_entry(s));
    line(s, "entries: %zu\n", s->entries);
    for (size_t i = 0; i < gaz_lexicon_label_count(l); i++) {
        if (!hides(l, i)) {
            line(s, "%9zu  ", s->labels[i]);
            out_str(&s->out, gaz_lexicon_label(l, i));
            out_byte(&s->out, '\n');
        }
    }
    line(s, "\nrules: %zu\n", gaz_lexicon_rule_count(l));
    for (size_t i = 0; i < gaz_lexicon_label_count(l); i++) {
        if (s->rule_labels[i] > 0) {
            line(s, "%9zu  ", s->rule_labels[i]);
            out_str(&s->out, gaz_lexicon_label(l, i));
            out_byte(&s->out, '\n');
        }
    }
    out_str(&s->out, "\ncase:\n");
    for (size_t i = GAZ_CASE_EXACT; i < CASE_COUNT; i++) {
        line(s, "%9zu  %s\n", s->cases[i], cases[i]);
    }
    out_str(&s->out, "\nentries that are:\n");
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        line(s, "%9zu  %s: %s\n", s->flags[i], flags[i].name, flags[i].means);
    }
    print_sources(s);
    out_str(&s->out, "\nsections:\n");
    for (size_t i = 0; i < gaz_lexicon_section_count(l); i++) {
        char name[5];
        size_t size = 0;
        if (gaz_lexicon_section(l, i, name, &size) == GAZ_OK) {
            line(s, "%9zu  %s\n", size, name);
        }
    }
    out_str(&s->out, "\nbuilt with:\n");
    out_str(&s->out, gaz_lexicon_options(l));
}

static void key(struct survey *s, const char *before, const char *name)
{
    out_str(&s->out, before);
    out_byte(&s->out, '"');
    writer_json_text(&s->out, name, strlen(name));
    out_str(&s->out, "\":");
}

static void number(struct survey *s, const char *before, const char *name,
                   uint64_t n)
{
    key(s, before, name);
    writer_number(&s->out, n);
}

static void json_sources(struct survey *s)
{
    key(s, ",", "sources");
    out_byte(&s->out, '[');
    for (size_t i = 0; i < gaz_lexicon_source_count(s->lexicon); i++) {
        gaz_source_info source;
        char sum[65];
        if (gaz_lexicon_source(s->lexicon, i, &source) == GAZ_OK) {
            hex(source.sha256, sum);
            key(s, i > 0 ? ",{" : "{", "name");
            out_byte(&s->out, '"');
            writer_json_text(&s->out, source.name, strlen(source.name));
            out_byte(&s->out, '"');
            number(s, ",", "bytes", source.size);
            number(s, ",", "entries", s->sources[i]);
            number(s, ",", "rules", s->rule_sources[i]);
            key(s, ",", "sha256");
            line(s, "\"%s\"}", sum);
        }
    }
    out_byte(&s->out, ']');
}

/* "name=value" lines as an object of strings. */
static void json_options(struct survey *s)
{
    const char *p = gaz_lexicon_options(s->lexicon);
    const char *before = "{";
    key(s, ",", "options");
    while (*p != '\0') {
        size_t n = strcspn(p, "\n");
        size_t equals = strcspn(p, "=\n");
        out_str(&s->out, before);
        out_byte(&s->out, '"');
        writer_json_text(&s->out, p, equals);
        out_str(&s->out, "\":\"");
        if (equals < n) {
            writer_json_text(&s->out, p + equals + 1, n - equals - 1);
        }
        out_byte(&s->out, '"');
        before = ",";
        p += n + (p[n] == '\n');
    }
    out_str(&s->out, *before == '{' ? "{}" : "}");
}

static void json_rules(struct survey *s)
{
    const char *before = "";
    number(s, ",", "rules", gaz_lexicon_rule_count(s->lexicon));
    key(s, ",", "rule_labels");
    out_byte(&s->out, '{');
    for (size_t i = 0; i < gaz_lexicon_label_count(s->lexicon); i++) {
        if (s->rule_labels[i] > 0) {
            number(s, before, gaz_lexicon_label(s->lexicon, i),
                   s->rule_labels[i]);
            before = ",";
        }
    }
    out_byte(&s->out, '}');
}

static void print_json(struct survey *s)
{
    static const char *const cases[CASE_COUNT] = {"", "exact", "fold", "smart"};
    const gaz_lexicon *l = s->lexicon;
    key(s, "{", "lexicon");
    out_byte(&s->out, '"');
    writer_json_text(&s->out, s->name, strlen(s->name));
    if (s->over != NULL) {
        out_str(&s->out, " +");
        writer_json_text(&s->out, s->over, strlen(s->over));
    }
    out_byte(&s->out, '"');
    number(s, ",", "format", gaz_lexicon_format(l));
    number(s, ",", "bytes", gaz_lexicon_size(l));
    line(s, ",\"bytes_per_entry\":%.1f", per_entry(s));
    number(s, ",", "entries", s->entries);
    key(s, ",", "labels");
    out_byte(&s->out, '{');
    const char *before = "";
    for (size_t i = 0; i < gaz_lexicon_label_count(l); i++) {
        if (!hides(l, i)) {
            number(s, before, gaz_lexicon_label(l, i), s->labels[i]);
            before = ",";
        }
    }
    out_byte(&s->out, '}');
    json_rules(s);
    key(s, ",", "case");
    for (size_t i = GAZ_CASE_EXACT; i < CASE_COUNT; i++) {
        number(s, i > GAZ_CASE_EXACT ? "," : "{", cases[i], s->cases[i]);
    }
    key(s, "},", "flags");
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        number(s, i > 0 ? "," : "{", flags[i].name, s->flags[i]);
    }
    out_byte(&s->out, '}');
    json_sources(s);
    key(s, ",", "sections");
    out_byte(&s->out, '{');
    for (size_t i = 0; i < gaz_lexicon_section_count(l); i++) {
        char name[5];
        size_t size = 0;
        if (gaz_lexicon_section(l, i, name, &size) == GAZ_OK) {
            number(s, i > 0 ? "," : "", name, size);
        }
    }
    out_byte(&s->out, '}');
    json_options(s);
    out_str(&s->out, "}\n");
}

static int run(const struct cli_args *args)
{
    const char *path = args->file_count > 0 ? args->files[0] : NULL;
    struct cli_lexicon lexicon;
    struct err why = {0};
    if (args->file_count > 1) {
        return cli_fail("gaz info tells of one lexicon");
    }
    int s = cli_lexicon_open(path, &lexicon);
    if (s != EXIT_OK) {
        return s;
    }
    struct survey survey = {
        .lexicon = lexicon.lexicon,
        .name = lexicon.name,
        .over = lexicon.layer_count > 1 ? cli_lexicon_path(&lexicon, 1) : NULL};
    s = take_survey(&survey);
    if (s == EXIT_OK &&
        out_open(&survey.out, STDOUT_FILENO, &why) != STATUS_OK) {
        s = cli_nomem();
    } else if (s == EXIT_OK) {
        if (args->given_count > 0) {
            print_json(&survey);
        } else {
            print_text(&survey);
        }
        s = cli_out_end(&survey.out, s);
    }
    free(survey.labels);
    free(survey.sources);
    free(survey.rule_labels);
    free(survey.rule_sources);
    return cli_lexicon_end(&lexicon, s);
}

const struct cli_verb cli_verb_info = {
    .name = "info",
    .usage = "[--json] [LEX.gaz]",
    .summary = "say what a lexicon holds and what it was made of",
    .details = "Without LEX.gaz the default lexicon is told of. Entries are "
               "counted under the\nlabel that is used and under the source "
               "that first has them, rules under theirs. '+LIST' is the "
               "default lexicon with the list laid\nover it.\n",
    .examples =
        "gaz info                                       # gaz's own lexicon\n"
        "gaz info --json my.gaz\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
