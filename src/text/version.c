#include "text/version.h"

#include "text/version_number.h"

static const char *const leads[] = {"version", "versions", "ver.", "ver",
                                    "vers.",   "release",  "rel.", "rev.",
                                    "build",   "edition",  "v.",   NULL};

/* Words between a name and its number that are part of neither. */
static const char *const editions[] = {"nt", "se", "ee",  "me",
                                       "ce", "le", "pro", NULL};

/* Step over what may stand between a name and its number. *gap: '/', '-' or
 * '(' or ',' where one of these does, else ' '; '\0' for nothing. */
static size_t skip_gap(const struct around *v, size_t i, char *gap)
{
    char c = around_at(v, i);
    *gap = ' ';
    if (c == '/' || c == '-') {
        *gap = c;
        return i + 1;
    }
    if (c == ',') {
        *gap = ',';
        i++;
    }
    size_t next = around_skip(v, i);
    if (next == SIZE_MAX || next == i) {
        return SIZE_MAX;
    }
    if (*gap == ' ' && around_at(v, next) == '(') {
        *gap = '(';
        next++;
    }
    return next;
}

bool version_behind(struct slice text, const struct version_name *name,
                    size_t limit, struct version *out)
{
    struct around v = {text, limit};
    struct around whole = {text, text.len};
    struct version_number n = {0};
    char gap = '\0';
    if (limit > name->end + VERSION_BYTES_MAX) {
        v.limit = name->end + VERSION_BYTES_MAX;
    }
    size_t i = skip_gap(&v, name->end, &gap);
    if (i == SIZE_MAX) {
        return false;
    }
    /* 1. An edition, then a lead word or v. */
    size_t edition = gap == ' ' ? around_words(&v, i, editions) : 0;
    if (edition > 0) {
        i = around_skip(&v, edition);
    }
    size_t lead = i != SIZE_MAX ? around_words(&v, i, leads) : 0;
    if (lead > 0) {
        n.named = true;
        i = around_skip(&v, lead);
    }
    if (i == SIZE_MAX) {
        return false;
    }
    if ((around_at(&v, i) | 0x20) == 'v' && ascii_digit(around_at(&v, i + 1))) {
        n.named = true;
        i++;
    }
    /* 2. The number. */
    if (!version_number_scan(&v, i, &n)) {
        return false;
    }
    /* 3. What makes it none. */
    if (!n.named && version_number_counts(&whole, &n)) {
        return false;
    }
    size_t suffix = version_number_suffix(&v, n.end);
    n.named = n.named || suffix > 0;
    if (!n.named && !n.dotted &&
        !version_number_likely(&whole, &n, name, gap)) {
        return false;
    }
    bool wrapped = memchr(text.data + name->end, '\n', i - name->end) != NULL;
    char c = around_at(&whole, n.end);
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
    while (i > floor && !around_blank(text.data[i - 1])) {
        i--;
    }
    return i;
}

/* Blanks backwards, at most one newline; SIZE_MAX otherwise or for none. */
static size_t blanks_back(struct slice text, size_t i, size_t floor)
{
    size_t newlines = 0;
    size_t from = i;
    while (i > floor && around_blank(text.data[i - 1])) {
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
    struct around v = {text, name->start};
    struct version_number n = {0};
    size_t floor =
        name->start > VERSION_BYTES_MAX ? name->start - VERSION_BYTES_MAX : 0;
    floor = floor > limit ? floor : limit;
    size_t end = blanks_back(text, name->start, floor);
    if (end == SIZE_MAX) {
        return false;
    }
    size_t start = chunk_back(text, end, floor);
    if (around_words(&v, start, the) == end) {
        end = blanks_back(text, start, floor);
        start = end != SIZE_MAX ? chunk_back(text, end, floor) : 0;
    }
    if (end == SIZE_MAX || around_words(&v, start, of) != end) {
        return false;
    }
    end = blanks_back(text, start, floor);
    if (end == SIZE_MAX) {
        return false;
    }
    start = chunk_back(text, end, floor);
    size_t digits = start + ((around_at(&v, start) | 0x20) == 'v');
    v.limit = end;
    if (!version_number_scan(&v, digits, &n) || n.end != end) {
        return false;
    }
    if (digits == start) {
        end = blanks_back(text, start, floor);
        size_t lead = end != SIZE_MAX ? chunk_back(text, end, floor) : 0;
        if (end == SIZE_MAX || around_words(&v, lead, leads) != end) {
            return false;
        }
    }
    *out = (struct version){.start = n.start, .end = n.end, .loose = true};
    return true;
}

bool version_may_begin(struct slice text, size_t at_byte)
{
    struct around v = {text, text.len};
    size_t i = around_skip(&v, at_byte);
    char c = i != SIZE_MAX ? around_at(&v, i) : '\0';
    /* Behind the text's end anything may come. */
    return i != SIZE_MAX &&
           (i >= text.len || ascii_digit(c) || c == '(' ||
            around_words(&v, i, leads) > 0 ||
            around_words(&v, i, editions) > 0 ||
            ((c | 0x20) == 'v' && ascii_digit(around_at(&v, i + 1))));
}
