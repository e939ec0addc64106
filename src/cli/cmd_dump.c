/* gaz dump: a lexicon back into a name list. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/writer.h"

struct dump {
    const gaz_lexicon *lexicon;
    struct out out;
};

/* Of the words of not= those of one side. */
static void put_not(struct dump *d, const char *words, char side,
                    const char *key)
{
    while (*words != '\0') {
        size_t n = strcspn(words, "|");
        char own = *words == '>' || *words == '<' ? *words : '\0';
        if (own == side) {
            size_t skip = own != '\0';
            out_str(&d->out, key);
            out_bytes(&d->out, words + skip, n - skip);
            key = "|";
        }
        words += n + (words[n] == '|');
    }
}

static void put_keys(struct dump *d, uint32_t entry, const gaz_entry *e,
                     int priority)
{
    static const char *const cases[] = {"smart", "exact", "fold", "smart"};
    static const char *const contexts[] = {",need=", ",next=", ",prev="};
    out_str(&d->out, "case=");
    out_str(&d->out, cases[e->letter_case]);
    if (e->plural) {
        out_str(&d->out, ",plural=yes");
    }
    if (e->generic) {
        out_str(&d->out, ",kind=generic");
    }
    if (e->no_version) {
        out_str(&d->out, ",version=no");
    }
    if (e->no_short) {
        out_str(&d->out, ",short=no");
    }
    if (priority != 0) {
        char text[32];
        (void)snprintf(text, sizeof text, ",priority=%d", priority);
        out_str(&d->out, text);
    }
    for (int i = GAZ_NEED; i <= GAZ_PREV; i++) {
        const char *words =
            gaz_lexicon_entry_context(d->lexicon, entry, (gaz_context)i);
        if (words[0] != '\0') {
            out_str(&d->out, contexts[i]);
            out_str(&d->out, words);
        }
    }
    const char *not = gaz_lexicon_entry_context(d->lexicon, entry, GAZ_NOT);
    put_not(d, not, '\0', ",not=");
    put_not(d, not, '>', ",notnext=");
    put_not(d, not, '<', ",notprev=");
}

static void put_line(struct dump *d, uint32_t entry, const gaz_entry *e,
                     const char *label, int priority)
{
    if (e->surface_len > 0 && e->surface[0] == '#') {
        out_byte(&d->out, ' '); /* a '#' in the first column is a comment */
    }
    out_bytes(&d->out, e->surface, e->surface_len);
    out_byte(&d->out, '\t');
    out_str(&d->out, label);
    out_byte(&d->out, '\t');
    out_str(&d->out, e->id);
    out_byte(&d->out, '\t');
    put_keys(d, entry, e, priority);
    out_byte(&d->out, '\n');
}

/* What the corpora counted, as a comment before the entry. */
static void put_counts(struct dump *d, uint32_t entry, const gaz_entry *e)
{
    out_str(&d->out, "# annotated ");
    writer_number(&d->out, e->annotated);
    out_str(&d->out, " of ");
    writer_number(&d->out, e->occurrences);
    for (size_t k = 0; k < e->label_count && e->annotated > 0; k++) {
        uint32_t label = 0;
        uint32_t count = 0;
        if (gaz_lexicon_entry_label(d->lexicon, entry, k, &label, &count) ==
            GAZ_OK) {
            out_str(&d->out, k > 0 ? ", " : ": ");
            out_str(&d->out, gaz_lexicon_label(d->lexicon, label));
            out_byte(&d->out, ' ');
            writer_number(&d->out, count);
        }
    }
    out_byte(&d->out, '\n');
}

/* A name that lists give several labels: as many lines for each as there
 * were, the label that is used first, and a label that has more lines than
 * it (which then had a lower priority) below its priority. */
static void put_labels(struct dump *d, uint32_t entry, const gaz_entry *e)
{
    uint32_t used = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t k = 0; k < e->label_count; k++) {
            uint32_t label = 0;
            uint32_t count = 0;
            if (gaz_lexicon_entry_label(d->lexicon, entry, k, &label, &count) !=
                    GAZ_OK ||
                (label == e->label) != (pass == 0)) {
                continue;
            }
            used = pass == 0 ? count : used;
            for (uint32_t i = 0; i < count; i++) {
                put_line(d, entry, e, gaz_lexicon_label(d->lexicon, label),
                         e->priority - (count > used));
            }
        }
    }
}

static void put_entry(struct dump *d, uint32_t entry)
{
    gaz_entry e;
    if (gaz_lexicon_entry(d->lexicon, entry, &e) != GAZ_OK) {
        return;
    }
    if (e.occurrences > 0) {
        put_counts(d, entry, &e);
    }
    if (e.veto) {
        put_line(d, entry, &e, "-", e.priority);
    } else if (e.annotated > 0) {
        put_line(d, entry, &e, gaz_lexicon_label(d->lexicon, e.label),
                 e.priority);
    } else {
        put_labels(d, entry, &e);
    }
}

/* The i-th rule as a line of a file of rules. */
static void put_rule(struct dump *d, size_t i)
{
    gaz_rule r;
    char text[32];
    if (gaz_lexicon_rule(d->lexicon, i, &r) != GAZ_OK) {
        return;
    }
    out_str(&d->out, gaz_lexicon_label(d->lexicon, r.label));
    out_byte(&d->out, '\t');
    out_str(&d->out, r.pattern);
    out_str(&d->out, r.fold ? "\tcase=fold" : "\tcase=exact");
    out_str(&d->out, r.inside_words ? ",words=no" : "");
    if (r.words[0] != '\0') {
        out_str(&d->out, ",word=");
        out_str(&d->out, r.words);
    }
    if (r.id[0] != '\0') {
        out_str(&d->out, ",id=");
        out_str(&d->out, r.id);
    }
    if (r.priority != 0) {
        (void)snprintf(text, sizeof text, ",priority=%d", r.priority);
        out_str(&d->out, text);
    }
    out_byte(&d->out, '\n');
}

static void put_all(struct dump *d, bool rules)
{
    size_t n = gaz_lexicon_entry_count(d->lexicon);
    size_t rule_count = gaz_lexicon_rule_count(d->lexicon);
    for (uint32_t i = 0; !rules && i < n && !out_broken(&d->out); i++) {
        put_entry(d, i);
    }
    for (size_t i = 0; rules && i < rule_count; i++) {
        put_rule(d, i);
    }
    if (!rules && rule_count > 0) {
        cli_note("not written: %zu rule%s (gaz dump --rules)", rule_count,
                 rule_count == 1 ? "" : "s");
    }
}

static const struct cli_option options[] = {
    {"rules", 0, NULL, NULL, "the rules instead of the names"},
};

static int run(const struct cli_args *args)
{
    const char *path = args->file_count > 0 ? args->files[0] : NULL;
    struct cli_lexicon lexicon;
    struct err why = {0};
    if (args->file_count > 1) {
        return cli_fail("gaz dump writes one lexicon");
    }
    int s = cli_lexicon_open(path, &lexicon);
    if (s != EXIT_OK) {
        return s;
    }
    struct dump d = {.lexicon = lexicon.lexicon};
    if (out_open(&d.out, STDOUT_FILENO, &why) != STATUS_OK) {
        s = cli_nomem();
    } else {
        out_str(&d.out, "# gaz dump of ");
        /* A line end in a name would end the comment. */
        writer_tsv_field(&d.out, lexicon.name, strlen(lexicon.name));
        if (lexicon.layer_count > 1) {
            out_str(&d.out, " +");
            const char *over = cli_lexicon_path(&lexicon, 1);
            writer_tsv_field(&d.out, over, strlen(over));
            cli_note("of two layers: that names of the upper one come first is "
                     "not written");
        }
        out_byte(&d.out, '\n');
        put_all(&d, args->given_count > 0);
        s = cli_out_end(&d.out, s);
    }
    return cli_lexicon_end(&lexicon, s);
}

const struct cli_verb cli_verb_dump = {
    .name = "dump",
    .usage = "[--rules] [LEX.gaz]",
    .summary = "write a lexicon as a name list, or its rules",
    .details =
        "Lines are name TAB label TAB id TAB key=value,... as 'gaz compile' "
        "reads them;\na spelling that is no mention has '-' for a label. "
        "Compiling the list gives the\nsame matches, where the lexicon was "
        "made of lists; counts of corpora are\ncomments. With --rules its "
        "rules are "
        "written as a file of rules (.rules); both\ncompiled together are the "
        "whole lexicon again.\n",
    .examples =
        "gaz dump >names.tsv                            # gaz's own lexicon\n"
        "gaz dump my.gaz | grep Language\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
