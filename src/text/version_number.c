#include "text/version_number.h"

#include <string.h>

/* What numbers count. Not whole: plurals and -ly are in by their stems. */
static const char *const counted[] = {
    "times",      "time",     "year",       "years",     "month",
    "months",     "week",     "weeks",      "day",       "days",
    "hour",       "hours",    "minute",     "minutes",   "second",
    "seconds",    "sec",      "secs",       "ms",        "ns",
    "min",        "mins",     "percent",    "per",       "users",
    "people",     "machines", "computers",  "systems",   "servers",
    "nodes",      "cores",    "core",       "threads",   "processes",
    "processors", "cpus",     "gpus",       "bit",       "bits",
    "byte",       "bytes",    "kb",         "mb",        "gb",
    "tb",         "pb",       "kib",        "mib",       "gib",
    "tib",        "kbit",     "mbit",       "gbit",      "kbps",
    "mbps",       "gbps",     "hz",         "khz",       "mhz",
    "ghz",        "mm",       "cm",         "km",        "kg",
    "inch",       "inches",   "dollars",    "euros",     "usd",
    "eur",        "million",  "millions",   "billion",   "billions",
    "thousand",   "hundred",  "dozen",      "lines",     "files",
    "pages",      "chapters", "books",      "points",    "bugs",
    "errors",     "tests",    "copies",     "downloads", "packages",
    "different",  "other",    "more",       "of",        "out",
    "am",         "pm",       "clients",    "devices",   "phones",
    "pcs",        "laptops",  "desktops",   "programs",  "developers",
    "engineers",  "students", "january",    "february",  "march",
    "april",      "may",      "june",       "july",      "august",
    "september",  "october",  "november",   "december",  "jan",
    "feb",        "mar",      "apr",        "jun",       "jul",
    "aug",        "sep",      "sept",       "oct",       "nov",
    "dec",        "x",        "percentage", "fold",      "way",
    "degrees",    "ago",      "instances",  "questions", "answers",
    "examples",   "items",    NULL};

/* Names whose releases are called by years. */
static const char *const yearly[] = {
    "windows",       "office",    "studio",      "server",     "exchange",
    "sharepoint",    "autocad",   "ecmascript",  "fortran",    "ada",
    "delphi",        "excel",     "word",        "outlook",    "powerpoint",
    "access",        "visio",     "publisher",   "project",    "onenote",
    "sql",           "dynamics",  "mandriva",    "works",      "encarta",
    "acrobat",       "photoshop", "illustrator", "maya",       "max",
    "revit",         "rust",      "es",          "edition",    "biztalk",
    "c++",           "cobol",     "smalltalk",   "quickbooks", "mathcad",
    "systemverilog", "vhdl",      "teams",       NULL};

/* Is the last word of the name (or its first) one with yearly releases? */
static bool is_yearly(struct slice text, const struct version_name *name)
{
    struct around v = {text, name->end};
    size_t last = name->end;
    while (last > name->start && !around_blank(text.data[last - 1])) {
        last--;
    }
    return around_words(&v, name->start, yearly) > 0 ||
           around_words(&v, last, yearly) > 0 ||
           around_word(&v, name->start, "c++") > 0;
}

static long first_part(const struct around *v, const struct version_number *n)
{
    long value = 0;
    for (size_t i = 0; i < n->digits && i < 9; i++) {
        value = value * 10 + (around_at(v, n->start + i) - '0');
    }
    return value;
}

size_t version_number_suffix(const struct around *v, size_t i)
{
    static const char *const words[] = {"lts",     "beta", "alpha",
                                        "preview", "esr",  NULL};
    static const char *const numbered[] = {"service pack", "sp",    "r",
                                           "beta",         "alpha", "rc",
                                           "update",       "patch", NULL};
    size_t from = around_skip(v, i);
    if (from == SIZE_MAX || from == i) {
        return 0;
    }
    for (size_t k = 0; numbered[k] != NULL; k++) {
        size_t n = around_word(v, from, numbered[k]);
        size_t j = from + n;
        bool gap = around_at(v, j) == ' ';
        if (n == 0 || (gap && numbered[k][1] == '\0')) {
            continue;
        }
        j += gap;
        size_t digits = j;
        while (ascii_digit(around_at(v, j)) && j - digits < 3) {
            j++;
        }
        if (j > digits && !around_in_word(v, j)) {
            return j;
        }
    }
    return around_words(v, from, words);
}

/* Glued suffixes: 8u202, 3.5b4, 1.0.2k, 11g, 2.6.32-5-amd64, 17+. */
static void scan_glued(const struct around *v, struct version_number *n)
{
    size_t i = n->end;
    char c = around_at(v, i);
    if (ascii_letter(c) && ascii_digit(around_at(v, i + 1)) &&
        (c | 0x20) != 'x') {
        i++;
        while (ascii_digit(around_at(v, i))) {
            i++;
        }
    } else if (c == 'r' && around_at(v, i + 1) == 'c' &&
               ascii_digit(around_at(v, i + 2))) {
        for (i += 2; ascii_digit(around_at(v, i));) {
            i++;
        }
    } else if (ascii_small(c) && !around_in_word(v, i + 1) &&
               (n->dotted || strchr("aceghi", c) != NULL)) {
        i++;
    } else if (c == 'E' && !around_in_word(v, i + 1)) {
        i++;
    } else if (c == '_' && ascii_digit(around_at(v, i + 1)) && n->dotted) {
        for (i++; ascii_digit(around_at(v, i));) {
            i++;
        }
    }
    n->lettered = i > n->end;
    n->end = i;
    /* Parts behind hyphens, of what is surely a version. */
    while (n->dotted && (around_at(v, i) == '-' || around_at(v, i) == '~') &&
           (ascii_digit(around_at(v, i + 1)) ||
            around_word(v, i + 1, "rc") > 0 ||
            (ascii_letter(around_at(v, i + 1)) &&
             ascii_digit(around_at(v, i + 2))) ||
            around_word(v, i + 1, "beta") > 0 ||
            around_word(v, i + 1, "alpha") > 0 ||
            around_word(v, i + 1, "amd64") > 0 ||
            around_word(v, i + 1, "lts") > 0 ||
            around_word(v, i + 1, "release") > 0 ||
            around_word(v, i + 1, "generic") > 0 ||
            around_word(v, i + 1, "snapshot") > 0)) {
        for (i++; ascii_digit(around_at(v, i)) ||
                  ascii_letter(around_at(v, i)) ||
                  ((around_at(v, i) == '.' || around_at(v, i) == '+') &&
                   (ascii_digit(around_at(v, i + 1)) ||
                    ascii_letter(around_at(v, i + 1))));) {
            i++;
        }
        n->end = i;
    }
    if (around_at(v, n->end) == '+' && !around_in_word(v, n->end + 1)) {
        n->end++;
        n->lettered = true;
        n->named = true; /* '17+' is never a count of what follows */
    }
}

bool version_number_scan(const struct around *v, size_t i,
                         struct version_number *n)
{
    n->start = i;
    while (ascii_digit(around_at(v, i))) {
        i++;
    }
    n->digits = i - n->start;
    if (n->digits == 0 || n->digits > 8) {
        return false;
    }
    for (;;) {
        char c = around_at(v, i + 1);
        if (around_at(v, i) != '.' ||
            !(ascii_digit(c) || ((c == 'x' || c == 'X' || c == '*') &&
                                 !around_in_word(v, i + 2)))) {
            break;
        }
        n->dotted = true;
        for (i += 2; ascii_digit(c) && ascii_digit(around_at(v, i));) {
            i++;
        }
    }
    n->end = i;
    scan_glued(v, n);
    return !around_in_word(v, n->end);
}

/* Was a parenthesis opened before i that is still open? */
static bool is_open(const struct around *v, size_t i)
{
    size_t floor = i > VERSION_BYTES_MAX ? i - VERSION_BYTES_MAX : 0;
    while (i > floor) {
        char c = v->text.data[--i];
        if (c == '(' || c == ')' || c == '\n') {
            return c == '(';
        }
    }
    return false;
}

bool version_number_counts(const struct around *whole,
                           const struct version_number *n)
{
    size_t i = n->end;
    char c = around_at(whole, i);
    char d = around_at(whole, i + 1);
    size_t word = around_skip(whole, i + (c == '-'));
    bool bare = !n->dotted && !n->lettered;
    static const char *const signs[] = {
        "%", "$", "\xC2\xB0", "\xE2\x82\xAC", "\xC2\xA3", NULL};
    for (size_t k = 0; word != SIZE_MAX && signs[k] != NULL; k++) {
        if (around_word(whole, word, signs[k]) > 0) {
            return true;
        }
    }
    if ((c == ',' && ascii_digit(d) && ascii_digit(around_at(whole, i + 2)) &&
         ascii_digit(around_at(whole, i + 3))) ||
        (c == ':' && ascii_digit(d)) ||
        (c == ')' && !is_open(whole, n->start))) {
        return true;
    }
    if (bare &&
        ((c == '-' && ascii_digit(d)) ||
         (c == '\xE2' && d == '\x80' && ascii_digit(around_at(whole, i + 3))) ||
         (c == '/' && d == '7' && first_part(whole, n) == 24))) {
        return true;
    }
    return word != SIZE_MAX && word > i &&
           around_words(whole, word, counted) > 0;
}

bool version_number_likely(const struct around *whole,
                           const struct version_number *n,
                           const struct version_name *name, char gap)
{
    long value = first_part(whole, n);
    size_t length = name->end - name->start;
    if (name->protocol) {
        return n->digits == 1 && length > 1;
    }
    if (length == 1 || (n->digits > 1 && around_at(whole, n->start) == '0')) {
        return false;
    }
    if (gap == '/' || gap == '-') {
        return n->digits <= (gap == '/' ? 1u : 2u) &&
               around_at(whole, n->end) != '-' &&
               around_at(whole, n->end) != '/';
    }
    if (n->digits == 4 && value >= 1900 && value < 2100) {
        return is_yearly(whole->text, name);
    }
    return n->digits <= 3;
}
