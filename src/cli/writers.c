#include <string.h>

#include "cli/writer.h"

const struct writer_ops *writer_of(int choice)
{
    static const struct writer_ops *const all[] = {
        &writer_jsonl,       &writer_conll, &writer_tsv,     &writer_ansi,
        &writer_html,        &writer_xml,   &writer_md,      &writer_counts,
        &writer_counts_json, &writer_spacy, &writer_prodigy, &writer_doccano,
        &writer_labelstudio, &writer_hf,    &writer_brat,    &writer_solr};
    return all[choice];
}

int writer_check_options(const struct writer_ops *ops,
                         const struct cli_args *args)
{
    static const struct cli_use uses[] = {
        {"header", NULL, "tsv|counts"},
        {"scheme", NULL, "conll"},
        {"keep-columns", NULL, "conll"},
        {"color", "always", "ansi"},
        {"spans-field", NULL, "jsonl|spacy|doccano"},
        {"unit-field", NULL, "jsonl"},
        {"errors", "inline", "jsonl|spacy|prodigy|doccano|hf"}, /* objects */
        {"offsets", "tokens", "tsv"},
        {"offsets", NULL,
         "jsonl|tsv|xml|spacy|prodigy|doccano|labelstudio|hf|brat|solr"},
    };
    return cli_check_uses(args, uses, sizeof uses / sizeof uses[0], "-t",
                          ops->name);
}

static bool settle_unit(const struct writer_ops *ops,
                        struct writer_settings *settings, bool unit_given)
{
    if (ops->own_unit && unit_given && settings->unit != ops->unit) {
        (void)cli_fail("-t %s counts %s; it takes no other --offsets",
                       ops->name, ops->unit == GAZ_UTF16 ? "utf16" : "chars");
        return false;
    }
    settings->unit = ops->own_unit ? ops->unit : settings->unit;
    return true;
}

/* Is it to hold a document a file, and not to be NAME.ann itself? */
static bool is_folder(const char *output)
{
    size_t len = strlen(output);
    bool file = len > 4 && strcmp(output + len - 4, ".ann") == 0;
    enum file_kind kind = file_kind(output);
    return kind == FILE_FOLDER || (kind == FILE_MISSING && !file);
}

bool writer_settle(const struct writer_ops **ops,
                   struct writer_settings *settings, bool unit_given,
                   bool several, const char *output)
{
    if (!settle_unit(*ops, settings, unit_given)) {
        return false;
    }
    if (*ops == &writer_brat && output != NULL && is_folder(output)) {
        settings->folder = output;
        *ops = &writer_brat_folder;
    }
    if ((*ops)->one_document && several) {
        (void)cli_fail("-t %s writes one document here; -o FOLDER takes "
                       "several, a file each",
                       (*ops)->name);
        return false;
    }
    return true;
}
