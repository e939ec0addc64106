#include "text/version.h"

#include "text/chars.h"
#include "text/utf8.h"

/* The text around a name, with safe access. */
struct view {
    struct slice text;
    size_t limit; /* no byte from there on */
};

static char at(const struct view *v, size_t i)
{
    return i < v->limit ? v->text.data[i] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
    return is_lower((char)(c | 0x20));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Does a word go on at i? Beyond the limit stands another mention or the
 * end, which is looked at too. */
static bool in_word(const struct view *v, size_t i)
{
    size_t n = 0;
    if (i >= v->text.len) {
        return false;
    }
    enum char_class c = char_class(utf8_next(v->text.data, v->text.len, i, &n));
    return c == CHAR_WORD || c == CHAR_EXTEND;
}

/* Skip blanks with at most one newline; SIZE_MAX where there are more. */
static size_t skip_blanks(const struct view *v, size_t i)
{
    size_t newlines = 0;
    for (; is_blank(at(v, i)); i++) {
        newlines += at(v, i) == '\n';
    }
    /* A no-break space. */
    while (at(v, i) == '\xC2' && at(v, i + 1) == '\xA0') {
        i += 2;
    }
    return newlines > 1 ? SIZE_MAX : i;
}

/* The length of a lower-case word at i if it stands there in any case. */
static size_t word_at(const struct view *v, size_t i, const char *word)
{
    size_t n = 0;
    for (; word[n] != '\0'; n++) {
        char c = at(v, i + n);
        if (c != word[n] && !(is_letter(c) && (c | 0x20) == word[n])) {
            return 0;
        }
    }
    return n;
}

/* The end of one of the NULL-ended words if it stands whole at i, or 0. */
static size_t one_of(const struct view *v, size_t i, const char *const *words)
{
    char first = at(v, i);
    for (; *words != NULL; words++) {
        bool may = first == **words || (first | 0x20) == **words;
        size_t n = may ? word_at(v, i, *words) : 0;
        if (n > 0 && !in_word(v, i + n)) {
            return i + n;
        }
    }
    return 0;
}

static const char *const leads[] = {"version", "versions", "ver.", "ver",
                                    "vers.",   "release",  "rel.", "rev.",
                                    "build",   "edition",  "v.",   NULL};

/* Words between a name and its number that are part of neither. */
static const char *const editions[] = {"nt", "se", "ee",  "me",
                                       "ce", "le", "pro", NULL};

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

/* A number in the making. */
struct number {
    size_t start, end;
    size_t digits; /* of its first part */
    bool dotted;
    bool lettered; /* letters or + behind the digits */
    bool named;    /* a lead word or v before it, LTS and the like behind */
};

/* Is the last word of the name (or its first) one with yearly releases? */
static bool is_yearly(struct slice text, const struct version_name *name)
{
    struct view v = {text, name->end};
    size_t last = name->end;
    while (last > name->start && !is_blank(text.data[last - 1])) {
        last--;
    }
    return one_of(&v, name->start, yearly) > 0 ||
           one_of(&v, last, yearly) > 0 || word_at(&v, name->start, "c++") > 0;
}

static long first_part(const struct view *v, const struct number *n)
{
    long value = 0;
    for (size_t i = 0; i < n->digits && i < 9; i++) {
        value = value * 10 + (at(v, n->start + i) - '0');
    }
    return value;
}

/* The end of "LTS", "SP1", "Service Pack 2", "R2", "beta 3" ... behind i. */
static size_t suffix_end(const struct view *v, size_t i)
{
    static const char *const words[] = {"lts",     "beta", "alpha",
                                        "preview", "esr",  NULL};
    static const char *const numbered[] = {"service pack", "sp",    "r",
                                           "beta",         "alpha", "rc",
                                           "update",       "patch", NULL};
    size_t from = skip_blanks(v, i);
    if (from == SIZE_MAX || from == i) {
        return 0;
    }
    for (size_t k = 0; numbered[k] != NULL; k++) {
        size_t n = word_at(v, from, numbered[k]);
        size_t j = from + n;
        bool gap = at(v, j) == ' ';
        if (n == 0 || (gap && numbered[k][1] == '\0')) {
            continue;
        }
        j += gap;
        size_t digits = j;
        while (is_digit(at(v, j)) && j - digits < 3) {
            j++;
        }
        if (j > digits && !in_word(v, j)) {
            return j;
        }
    }
    return one_of(v, from, words);
}

/* Glued suffixes: 8u202, 3.5b4, 1.0.2k, 11g, 2.6.32-5-amd64, 17+. */
static void scan_glued(const struct view *v, struct number *n)
{
    size_t i = n->end;
    char c = at(v, i);
    if (is_letter(c) && is_digit(at(v, i + 1)) && (c | 0x20) != 'x') {
        i++;
        while (is_digit(at(v, i))) {
            i++;
        }
    } else if (c == 'r' && at(v, i + 1) == 'c' && is_digit(at(v, i + 2))) {
        for (i += 2; is_digit(at(v, i));) {
            i++;
        }
    } else if (is_lower(c) && !in_word(v, i + 1) &&
               (n->dotted || strchr("aceghi", c) != NULL)) {
        i++;
    } else if (c == 'E' && !in_word(v, i + 1)) {
        i++;
    } else if (c == '_' && is_digit(at(v, i + 1)) && n->dotted) {
        for (i++; is_digit(at(v, i));) {
            i++;
        }
    }
    n->lettered = i > n->end;
    n->end = i;
    /* Parts behind hyphens, of what is surely a version. */
    while (n->dotted && (at(v, i) == '-' || at(v, i) == '~') &&
           (is_digit(at(v, i + 1)) || word_at(v, i + 1, "rc") > 0 ||
            (is_letter(at(v, i + 1)) && is_digit(at(v, i + 2))) ||
            word_at(v, i + 1, "beta") > 0 || word_at(v, i + 1, "alpha") > 0 ||
            word_at(v, i + 1, "amd64") > 0 || word_at(v, i + 1, "lts") > 0 ||
            word_at(v, i + 1, "release") > 0 ||
            word_at(v, i + 1, "generic") > 0 ||
            word_at(v, i + 1, "snapshot") > 0)) {
        for (i++; is_digit(at(v, i)) || is_letter(at(v, i)) ||
                  ((at(v, i) == '.' || at(v, i) == '+') &&
                   (is_digit(at(v, i + 1)) || is_letter(at(v, i + 1))));) {
            i++;
        }
        n->end = i;
    }
    if (at(v, n->end) == '+' && !in_word(v, n->end + 1)) {
        n->end++;
        n->lettered = true;
        n->named = true; /* '17+' is never a count of what follows */
    }
}

/* Digits, parts behind dots (x and * among them), glued suffixes. */
static bool scan_number(const struct view *v, size_t i, struct number *n)
{
    n->start = i;
    while (is_digit(at(v, i))) {
        i++;
    }
    n->digits = i - n->start;
    if (n->digits == 0 || n->digits > 8) {
        return false;
    }
    for (;;) {
        char c = at(v, i + 1);
        if (at(v, i) != '.' ||
            !(is_digit(c) ||
              ((c == 'x' || c == 'X' || c == '*') && !in_word(v, i + 2)))) {
            break;
        }
        n->dotted = true;
        for (i += 2; is_digit(c) && is_digit(at(v, i));) {
            i++;
        }
    }
    n->end = i;
    scan_glued(v, n);
    return !in_word(v, n->end);
}

/* Was a parenthesis opened before i that is still open? */
static bool is_open(const struct view *v, size_t i)
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

/* What stands behind makes it a quantity, a time, a range, an ordinal, an
 * item of a list. */
static bool is_quantity(const struct view *whole, const struct number *n)
{
    size_t i = n->end;
    char c = at(whole, i);
    char d = at(whole, i + 1);
    size_t word = skip_blanks(whole, i + (c == '-'));
    bool bare = !n->dotted && !n->lettered;
    static const char *const signs[] = {
        "%", "$", "\xC2\xB0", "\xE2\x82\xAC", "\xC2\xA3", NULL};
    for (size_t k = 0; word != SIZE_MAX && signs[k] != NULL; k++) {
        if (word_at(whole, word, signs[k]) > 0) {
            return true;
        }
    }
    if ((c == ',' && is_digit(d) && is_digit(at(whole, i + 2)) &&
         is_digit(at(whole, i + 3))) ||
        (c == ':' && is_digit(d)) || (c == ')' && !is_open(whole, n->start))) {
        return true;
    }
    if (bare && ((c == '-' && is_digit(d)) ||
                 (c == '\xE2' && d == '\x80' && is_digit(at(whole, i + 3))) ||
                 (c == '/' && d == '7' && first_part(whole, n) == 24))) {
        return true;
    }
    return word != SIZE_MAX && word > i && one_of(whole, word, counted) > 0;
}

/* A bare number: is it small enough to be a version of this name? */
static bool is_likely(const struct view *whole, const struct number *n,
                      const struct version_name *name, char gap)
{
    long value = first_part(whole, n);
    size_t length = name->end - name->start;
    if (name->protocol) {
        return n->digits == 1 && length > 1;
    }
    if (length == 1 || (n->digits > 1 && at(whole, n->start) == '0')) {
        return false;
    }
    if (gap == '/' || gap == '-') {
        return n->digits <= (gap == '/' ? 1u : 2u) &&
               at(whole, n->end) != '-' && at(whole, n->end) != '/';
    }
    if (n->digits == 4 && value >= 1900 && value < 2100) {
        return is_yearly(whole->text, name);
    }
    return n->digits <= 3;
}

/* Step over what may stand between a name and its number. *gap: '/', '-' or
 * '(' or ',' where one of these does, else ' '; '\0' for nothing. */
static size_t skip_gap(const struct view *v, size_t i, char *gap)
{
    char c = at(v, i);
    *gap = ' ';
    if (c == '/' || c == '-') {
        *gap = c;
        return i + 1;
    }
    if (c == ',') {
        *gap = ',';
        i++;
    }
    size_t next = skip_blanks(v, i);
    if (next == SIZE_MAX || next == i) {
        return SIZE_MAX;
    }
    if (*gap == ' ' && at(v, next) == '(') {
        *gap = '(';
        next++;
    }
    return next;
}

bool version_behind(struct slice text, const struct version_name *name,
                    size_t limit, struct version *out)
{
    struct view v = {text, limit};
    struct view whole = {text, text.len};
    struct number n = {0};
    char gap = '\0';
    if (limit > name->end + VERSION_BYTES_MAX) {
        v.limit = name->end + VERSION_BYTES_MAX;
    }
    size_t i = skip_gap(&v, name->end, &gap);
    if (i == SIZE_MAX) {
        return false;
    }
    /* 1. An edition, then a lead word or v. */
    size_t edition = gap == ' ' ? one_of(&v, i, editions) : 0;
    if (edition > 0) {
        i = skip_blanks(&v, edition);
    }
    size_t lead = i != SIZE_MAX ? one_of(&v, i, leads) : 0;
    if (lead > 0) {
        n.named = true;
        i = skip_blanks(&v, lead);
    }
    if (i == SIZE_MAX) {
        return false;
    }
    if ((at(&v, i) | 0x20) == 'v' && is_digit(at(&v, i + 1))) {
        n.named = true;
        i++;
    }
    /* 2. The number. */
    if (!scan_number(&v, i, &n)) {
        return false;
    }
    /* 3. What makes it none. */
    if (!n.named && is_quantity(&whole, &n)) {
        return false;
    }
    size_t suffix = suffix_end(&v, n.end);
    n.named = n.named || suffix > 0;
    if (!n.named && !n.dotted && !is_likely(&whole, &n, name, gap)) {
        return false;
    }
    bool wrapped = memchr(text.data + name->end, '\n', i - name->end) != NULL;
    char c = at(&whole, n.end);
    if ((gap == ',' && !n.named) || (gap == '(' && !n.named && !n.dotted) ||
        (wrapped && !n.named && !n.dotted &&
         (c == '.' || c == ')' || c == ':'))) {
        return false;
    }
    *out = (struct version){.start = n.start,
                            .end = suffix > 0 ? suffix : n.end,
                            .loose = gap == '(' || gap == ','};
    return true;
}

/* The start of the run of non-blanks that ends at i. */
static size_t chunk_back(struct slice text, size_t i, size_t floor)
{
    while (i > floor && !is_blank(text.data[i - 1])) {
        i--;
    }
    return i;
}

/* Blanks backwards, at most one newline; SIZE_MAX otherwise or for none. */
static size_t blanks_back(struct slice text, size_t i, size_t floor)
{
    size_t newlines = 0;
    size_t from = i;
    while (i > floor && is_blank(text.data[i - 1])) {
        i--;
        newlines += text.data[i] == '\n';
    }
    return i < from && newlines < 2 ? i : SIZE_MAX;
}

bool version_before(struct slice text, const struct version_name *name,
                    size_t limit, struct version *out)
{
    static const char *const of[] = {"of", NULL};
    static const char *const the[] = {"the", NULL};
    struct view v = {text, name->start};
    struct number n = {0};
    size_t floor =
        name->start > VERSION_BYTES_MAX ? name->start - VERSION_BYTES_MAX : 0;
    floor = floor > limit ? floor : limit;
    size_t end = blanks_back(text, name->start, floor);
    if (end == SIZE_MAX) {
        return false;
    }
    size_t start = chunk_back(text, end, floor);
    if (one_of(&v, start, the) == end) {
        end = blanks_back(text, start, floor);
        start = end != SIZE_MAX ? chunk_back(text, end, floor) : 0;
    }
    if (end == SIZE_MAX || one_of(&v, start, of) != end) {
        return false;
    }
    end = blanks_back(text, start, floor);
    if (end == SIZE_MAX) {
        return false;
    }
    start = chunk_back(text, end, floor);
    size_t digits = start + ((at(&v, start) | 0x20) == 'v');
    v.limit = end;
    if (!scan_number(&v, digits, &n) || n.end != end) {
        return false;
    }
    if (digits == start) {
        end = blanks_back(text, start, floor);
        size_t lead = end != SIZE_MAX ? chunk_back(text, end, floor) : 0;
        if (end == SIZE_MAX || one_of(&v, lead, leads) != end) {
            return false;
        }
    }
    *out = (struct version){.start = n.start, .end = n.end, .loose = true};
    return true;
}

bool version_may_begin(struct slice text, size_t at_byte)
{
    struct view v = {text, text.len};
    size_t i = skip_blanks(&v, at_byte);
    char c = i != SIZE_MAX ? at(&v, i) : '\0';
    /* Behind the text's end anything may come. */
    return i != SIZE_MAX &&
           (i >= text.len || is_digit(c) || c == '(' ||
            one_of(&v, i, leads) > 0 || one_of(&v, i, editions) > 0 ||
            ((c | 0x20) == 'v' && is_digit(at(&v, i + 1))));
}
