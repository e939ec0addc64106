#include "cli/whole.h"

#include <string.h>
#include <unistd.h>

/* Nearly every other byte is NUL, as in UTF-16 of a language that is written
 * in Latin letters. */
static bool every_other_nul(const char *head, size_t len)
{
    size_t nul[2] = {0, 0};
    for (size_t i = 0; i < len; i++) {
        nul[i & 1] += head[i] == '\0';
    }
    return len >= 8 && ((nul[0] == 0 && nul[1] > len / 8 * 3) ||
                        (nul[1] == 0 && nul[0] > len / 8 * 3));
}

/* Is it the first bytes of these, where a file was cut short, and can be no
 * text? */
static bool is_cut(const char *head, size_t len, const char *bytes, size_t n)
{
    bool text = true;
    for (size_t i = 0; i < len && i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        text = text && c >= ' ' && c < 0x7F;
    }
    /* NUL bytes alone say nothing. */
    return len >= 2 && len < n && memcmp(head, bytes, len) == 0 && !text &&
           head[0] != '\0';
}

const char *whole_foreign(const char *head, size_t len)
{
    enum { LOOKED_AT = 4096 };
    static const char utf16[] =
        "the text is UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)";
    static const struct {
        const char *bytes;
        size_t len;
        const char *what;
    } kinds[] = {
        {"\xFF\xFE\0\0", 4,
         "the text is UTF-32; convert it to UTF-8 (iconv -f UTF-32 -t UTF-8)"},
        {"\0\0\xFE\xFF", 4,
         "the text is UTF-32; convert it to UTF-8 (iconv -f UTF-32 -t UTF-8)"},
        {"\xFF\xFE", 2, utf16},
        {"\xFE\xFF", 2, utf16},
        {"\x89GAZ", 4,
         "a compiled lexicon, no text (-l takes it, gaz dump writes it as a "
         "list)"},
        {"BZh", 3, "packed by bzip2, which gaz does not unpack (bzip2 -dc)"},
        {"\xFD"
         "7zXZ",
         5, "packed by xz, which gaz does not unpack (xz -dc)"},
        {"PK\3\4", 4, "a zip archive, no text (unzip -p)"},
        {"%PDF-", 5, "a PDF, no text (pdftotext)"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        /* "BZh" could be a word: the block behind it begins with pi. */
        bool bzip = kinds[i].bytes[0] == 'B';
        if (len >= kinds[i].len &&
            memcmp(head, kinds[i].bytes, kinds[i].len) == 0 &&
            (!bzip || (len >= 10 && memcmp(head + 4, "1AY&SY", 6) == 0))) {
            return kinds[i].what;
        }
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (is_cut(head, len, kinds[i].bytes, kinds[i].len)) {
            return kinds[i].what;
        }
    }
    return every_other_nul(head, len < LOOKED_AT ? len : LOOKED_AT) ? utf16
                                                                    : NULL;
}

int whole_load(const char *path, struct file_bytes *out)
{
    struct err why = {0};
    if (file_load(path, out, &why) != STATUS_OK) {
        return cli_os_error(path, &why);
    }
    const char *foreign = whole_foreign(out->data, out->len);
    if (foreign != NULL) {
        file_unload(out);
        return cli_fail("%s: %s",
                        strcmp(path, "-") == 0 ? "(standard input)" : path,
                        foreign);
    }
    return EXIT_OK;
}

int whole_write(const char *path, const char *data, size_t len)
{
    struct err why = {0};
    if (strcmp(path, "-") != 0) {
        return file_replace(path, data, len, &why) == STATUS_OK
                   ? EXIT_OK
                   : cli_os_error(path, &why);
    }
    struct out out;
    if (out_open(&out, STDOUT_FILENO, &why) != STATUS_OK) {
        return cli_nomem();
    }
    out_bytes(&out, data, len);
    return cli_out_end(&out, EXIT_OK);
}
