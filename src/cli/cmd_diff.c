/* gaz diff: which tags differ between two lexicons. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/diff_report.h"
#include "cli/inputs.h"
#include "cli/json_record.h"
#include "cli/match_options.h"

static const struct cli_option options[] = {
    INPUT_OPTIONS,
    CLI_MATCH_OPTIONS,
    CLI_MATCH_DOCUMENT_OPTION,
    {"context", 'C', "N", NULL,
     "show up to N bytes of the text on either side (default 40)"},
    {"summary", 's', NULL, NULL, "only count"},
};

struct diff {
    struct inputs inputs;
    struct cli_lexicon lexicons[DIFF_SIDES];
    gaz_tagger *taggers[DIFF_SIDES];
    gaz_document *document; /* of markup; made when there is some */
    gaz_record *record;     /* likewise */
    struct diff_report report;
};

/* ---- texts of all kinds ---- */

static int diff_text(struct diff *d, struct passage *p)
{
    const gaz_span *spans[DIFF_SIDES] = {NULL, NULL};
    size_t counts[DIFF_SIDES] = {0, 0};
    gaz_error e = {0};
    for (int side = DIFF_OLD; side < DIFF_SIDES; side++) {
        if (gaz_tag(d->taggers[side], p->text, p->len, &spans[side],
                    &counts[side], &e) != GAZ_OK) {
            return cli_error(p->file, &e);
        }
    }
    diff_report_add(&d->report, p, spans, counts);
    return EXIT_OK;
}

static int diff_markup(struct diff *d, struct passage *p, gaz_format format)
{
    gaz_span *old = NULL; /* the document's list is good for one tagger */
    const gaz_span *spans[DIFF_SIDES] = {NULL, NULL};
    size_t counts[DIFF_SIDES] = {0, 0};
    gaz_error e = {0};
    gaz_status s = d->document == NULL
                       ? gaz_document_create(NULL, &d->document, &e)
                       : GAZ_OK;
    if (s == GAZ_OK) {
        s = gaz_document_read(d->document, format, d->inputs.zones, p->text,
                              p->len, &e);
    }
    for (int side = DIFF_OLD; s == GAZ_OK && side < DIFF_SIDES; side++) {
        s = gaz_document_tag(d->document, d->taggers[side], &spans[side],
                             &counts[side], &e);
        if (s == GAZ_OK && side == DIFF_OLD) {
            old = malloc((counts[side] + 1) * sizeof *old);
            if (old == NULL) {
                return cli_nomem();
            }
            if (counts[side] > 0) {
                memcpy(old, spans[side], counts[side] * sizeof *old);
            }
            spans[side] = old;
        }
    }
    if (s == GAZ_OK) {
        diff_report_add(&d->report, p, spans, counts);
    }
    free(old);
    return s == GAZ_OK ? EXIT_OK : cli_error(p->file, &e);
}

static int diff_record(struct diff *d, const char *file,
                       const struct json_record_at *at)
{
    gaz_error e = {0};
    gaz_status s =
        d->record == NULL ? gaz_record_create(NULL, &d->record, &e) : GAZ_OK;
    if (s == GAZ_OK) {
        s = json_record_read(d->record, &d->inputs.records.fields, at, &e);
    }
    if (s != GAZ_OK) {
        json_record_place(at, &e);
        return cli_error(file, &e);
    }
    gaz_token text = gaz_record_text(d->record);
    struct passage p = {.file = file,
                        .text = text.data,
                        .len = text.len,
                        .line = at->number,
                        .one_line = true};
    return diff_text(d, &p);
}

/* Records over lines, those of some bytes at a time. */
static int diff_json(struct diff *d, const struct passage *all)
{
    enum { SOME = 1 << 18 };
    struct json_split split;
    struct json_items items = {NULL, 0, 0};
    const char *data = all->text;
    size_t left = all->len;
    size_t want = SOME;
    bool end = false;
    int s = EXIT_OK;
    json_split_begin(&split, RECORD_SIZE_MAX);
    while (s == EXIT_OK && !end) {
        size_t used = 0;
        end = left <= want;
        if (!json_split_next(&split, data, end ? left : want, end, &items,
                             &used)) {
            s = cli_nomem();
        }
        for (size_t i = 0; s == EXIT_OK && i < items.count; i++) {
            struct json_record_at at = json_record_of(&items.list[i], data);
            s = diff_record(d, all->file, &at);
        }
        data += used;
        left -= used;
        want = used > 0 ? SOME : want * 2;
    }
    free(items.list);
    return s;
}

/* A text, or a record, a line. */
static int diff_lines(struct diff *d, const struct passage *all, bool records)
{
    int s = EXIT_OK;
    size_t line = 1;
    bool first = true;
    size_t pos = records ? file_mark(all->text, all->len) : 0;
    for (; s == EXIT_OK && pos < all->len; line++) {
        const char *from = all->text + pos;
        const char *end = memchr(from, '\n', all->len - pos);
        size_t n = end != NULL ? (size_t)(end - from) : all->len - pos;
        if (!records) {
            struct passage p = {
                .file = all->file, .text = from, .len = n, .line = line};
            s = diff_text(d, &p);
        } else if (!input_blank(from, n)) {
            struct json_record_at at = {
                .data = from, .len = n, .number = line, .first = first};
            s = diff_record(d, all->file, &at);
            first = false;
        }
        pos += n + 1;
    }
    return s;
}

/* ---- corpora ---- */

/* Tokens to bytes, into a copy: the tagger's own list is good until its next
 * use only. */
static gaz_span *to_bytes(const gaz_span *spans, size_t count,
                          const size_t *starts, const size_t *ends)
{
    gaz_span *copy = malloc((count + 1) * sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        copy[i] = spans[i];
        copy[i].start = starts[spans[i].start];
        copy[i].end = ends[spans[i].end - 1];
    }
    return copy;
}

static int diff_sentence(struct diff *d, const char *name,
                         const gaz_sentence *sentence)
{
    size_t n = sentence->count;
    size_t *places = malloc(2 * n * sizeof *places);
    gaz_span *spans[DIFF_SIDES] = {NULL, NULL};
    size_t counts[DIFF_SIDES] = {0, 0};
    struct passage p = {.file = name,
                        .line = sentence->first_line,
                        .tokens = places,
                        .token_count = n};
    gaz_error e = {0};
    gaz_status s = places != NULL ? GAZ_OK : GAZ_NOMEM;
    /* The text is the last tagger's, good until it is used again. */
    for (int side = DIFF_OLD; s == GAZ_OK && side < DIFF_SIDES; side++) {
        const gaz_span *found = NULL;
        s = gaz_tag_tokens(d->taggers[side], sentence->tokens, n, &found,
                           &counts[side], &e);
        if (s == GAZ_OK) {
            s = gaz_tokens_text(d->taggers[1 - side], sentence->tokens, n,
                                &p.text, &p.len, places, places + n, &e);
        }
        if (s == GAZ_OK) {
            spans[side] = to_bytes(found, counts[side], places, places + n);
            s = spans[side] != NULL ? GAZ_OK : GAZ_NOMEM;
        }
    }
    if (s == GAZ_OK) {
        const gaz_span *lists[DIFF_SIDES] = {spans[DIFF_OLD], spans[DIFF_NEW]};
        diff_report_add(&d->report, &p, lists, counts);
    }
    free(places);
    free(spans[DIFF_OLD]);
    free(spans[DIFF_NEW]);
    return s == GAZ_OK      ? EXIT_OK
           : s == GAZ_NOMEM ? cli_nomem()
                            : cli_error(name, &e);
}

static int diff_corpus(struct diff *d, const char *name, struct file_in *file)
{
    gaz_error e = {0};
    gaz_reader *reader = NULL;
    gaz_status got =
        gaz_reader_open(cli_read, file, d->inputs.column, &reader, &e);
    int s = EXIT_OK;
    while (got == GAZ_OK && s == EXIT_OK) {
        gaz_sentence sentence;
        got = gaz_reader_next(reader, &sentence, &e);
        if (got != GAZ_OK || sentence.count == 0) {
            break;
        }
        for (int side = DIFF_OLD; sentence.begins_document && side < DIFF_SIDES;
             side++) {
            gaz_tagger_begin_document(d->taggers[side]);
        }
        s = diff_sentence(d, name, &sentence);
    }
    gaz_reader_close(reader);
    return got == GAZ_OK ? s : cli_error(name, &e);
}

/* ---- the inputs ---- */

static int diff_whole(struct diff *d, const char *path, const char *name,
                      struct file_in *file, enum input_format format)
{
    struct file_bytes all;
    struct err why = {0};
    if (file_rest(file, path, &all, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    struct passage p = {
        .file = name, .text = all.data, .len = all.len, .line = 1};
    int s = EXIT_OK;
    if (format == FROM_JSON) {
        s = diff_json(d, &p);
    } else if (format == FROM_LINES || input_records(format)) {
        s = diff_lines(d, &p, format != FROM_LINES);
    } else if (format == FROM_MARKDOWN || format == FROM_HTML) {
        s = diff_markup(
            d, &p, format == FROM_HTML ? GAZ_FORMAT_HTML : GAZ_FORMAT_MARKDOWN);
    } else {
        s = diff_text(d, &p);
    }
    file_unload(&all);
    return s;
}

static int diff_file(struct diff *d, size_t i)
{
    const char *path = d->inputs.files[i].path;
    const char *name = strcmp(path, "-") == 0 ? "(standard input)" : path;
    struct file_in file;
    enum input_format format = FROM_AUTO;
    int s = inputs_open(&d->inputs, i, &file, &format);
    if (s == EXIT_OK && format != FROM_AUTO) {
        s = format == FROM_CONLL ? diff_corpus(d, name, &file)
                                 : diff_whole(d, path, name, &file, format);
        file_close(&file);
    }
    return s;
}

static int open_side(struct diff *d, int side, const char *path,
                     const gaz_tag_options *tag)
{
    gaz_error e = {0};
    int s = cli_lexicon_open(path, &d->lexicons[side]);
    if (s == EXIT_OK && gaz_tagger_create(d->lexicons[side].lexicon, tag,
                                          &d->taggers[side], &e) != GAZ_OK) {
        s = cli_error(path, &e);
    }
    d->report.lexicons[side] = d->lexicons[side].lexicon;
    return s;
}

static int diff_all(struct diff *d, const struct cli_args *args,
                    const gaz_tag_options *tag)
{
    struct err why = {0};
    int s = open_side(d, DIFF_OLD, args->files[0], tag);
    if (s == EXIT_OK) {
        s = open_side(d, DIFF_NEW, args->files[1], tag);
    }
    if (s != EXIT_OK) {
        return s;
    }
    if (!diff_report_open(&d->report) ||
        out_open(&d->report.out, STDOUT_FILENO, &why) != STATUS_OK) {
        return cli_nomem();
    }
    struct cli_args texts = *args;
    texts.files += DIFF_SIDES;
    texts.file_count -= DIFF_SIDES;
    d->report.out.neutral = true; /* for people */
    s = inputs_list(&d->inputs, &texts);
    for (size_t i = 0;
         s == EXIT_OK && i < d->inputs.count && !out_broken(&d->report.out);
         i++) {
        s = diff_file(d, i);
    }
    if (s == EXIT_OK) {
        s = diff_report_end(&d->report) ? EXIT_BELOW : EXIT_OK;
    }
    return cli_out_end(&d->report.out, s);
}

static bool read_option(struct diff *d, const struct cli_given *g,
                        gaz_tag_options *tag)
{
    bool good = true;
    if (inputs_option(&d->inputs, g, &good) || cli_match_option(g, tag)) {
        return good;
    }
    if (cli_is(g, "context")) {
        return cli_number(g, 0, 10000, &d->report.context);
    }
    d->report.summary = d->report.summary || cli_is(g, "summary");
    return true;
}

static int run(const struct cli_args *args)
{
    struct diff d = {.report.context = 40};
    gaz_tag_options tag = {.simd = cli_simd()};
    for (size_t i = 0; i < args->given_count; i++) {
        if (!read_option(&d, &args->given[i], &tag)) {
            return EXIT_INPUT;
        }
    }
    if (inputs_check_options(&d.inputs, args) != EXIT_OK ||
        inputs_records(&d.inputs, "") != EXIT_OK) {
        return EXIT_INPUT;
    }
    if (args->file_count < DIFF_SIDES) {
        return cli_fail("name two lexicons: gaz diff OLD.gaz NEW.gaz TEXT...");
    }
    int s = diff_all(&d, args, &tag);
    for (int side = DIFF_OLD; side < DIFF_SIDES; side++) {
        if (d.taggers[side] != NULL) {
            gaz_rule_stats stats;
            gaz_tagger_rule_stats(d.taggers[side], &stats);
            cli_lexicon_note_limits(d.lexicons[side].lexicon, &stats);
        }
        gaz_tagger_free(d.taggers[side]);
        s = cli_lexicon_end(&d.lexicons[side], s);
    }
    gaz_document_free(d.document);
    gaz_record_free(d.record);
    diff_report_free(&d.report);
    inputs_free(&d.inputs);
    return s;
}

const struct cli_verb cli_verb_diff = {
    .name = "diff",
    .usage = "[OPTION...] OLD.gaz NEW.gaz [TEXT...]",
    .summary = "say which tags differ between two lexicons",
    .details =
        "A line for each tag that appeared (+), disappeared (-) or changed "
        "its label (~)\nwith the text around it, then counts by label. Exit "
        "code 1 when there is one. A\nlexicon may be a list (.tsv); '+' is "
        "the default lexicon, '+LIST' is that with the\nlist laid over it. "
        "TEXTs are read as gaz tag reads them, folders with all below them;\n"
        "without one standard input is read. A place in a record is its line, "
        "and the byte of\nits text.\n",
    .examples =
        "gaz diff old.gaz new.gaz *.md                  # what a change does "
        "to texts\n"
        "gaz diff -s old.gaz new.gaz *.md               # only counts\n"
        "gaz diff + +mine.tsv notes.txt                 # what a list adds\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = run,
};
