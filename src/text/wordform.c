#include "text/wordform.h"

#include "text/hash.h"

/* The bytes of a token's forms. */
struct forms {
    uint8_t lower[WORDFORM_MAX];
    size_t lower_len;
    uint8_t fold[WORDFORM_MAX];
    size_t fold_len;
    uint8_t joined[WORDFORM_MAX];
    size_t joined_len;
};

static bool is_upper(uint8_t c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || c >= 0x80;
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_joint(uint8_t c)
{
    return c == '-' || c == '.' || c == '/' || c == '\'' || c == '_';
}

/* The length without a plural's ending; *to_y: 'ies' becomes 'y'. */
static size_t singular_len(const uint8_t *s, size_t n, bool *to_y)
{
    *to_y = false;
    if (n <= 3 || s[n - 1] != 's' || s[n - 2] == 's' || s[n - 2] == 'u' ||
        s[n - 2] == 'i') {
        return n;
    }
    if (n > 4 && s[n - 2] == 'e' && s[n - 3] == 'i') {
        *to_y = true;
        return n - 2;
    }
    return n - 1;
}

/* How many bytes of each kind. */
struct census {
    size_t upper, lower, digit, hyphen, other;
};

static enum wordform_shape symbol_shape(uint8_t c)
{
    switch (c) {
    case '(': return SHAPE_OPEN;
    case ')': return SHAPE_CLOSE;
    case ',': return SHAPE_COMMA;
    case '.': return SHAPE_DOT;
    case '"': return SHAPE_QUOTE;
    default: return SHAPE_SYMBOL;
    }
}

static enum wordform_shape letter_shape(const uint8_t *s, size_t n,
                                        const struct census *k)
{
    if (k->upper == 0) {
        return SHAPE_LOWER;
    }
    if (k->upper == 1 && is_upper(s[0])) {
        return k->lower > 0 ? SHAPE_TITLE : SHAPE_ONE;
    }
    if (k->lower == 0 ||
        (k->upper == 2 && is_upper(s[0]) && s[n - 1] == 's' && n == 3)) {
        return SHAPE_CAPS;
    }
    return is_upper(s[0]) ? SHAPE_CAMEL : SHAPE_INNER;
}

static enum wordform_shape shape_of(const uint8_t *s, size_t n,
                                    const struct census *k)
{
    if (k->upper + k->lower + k->digit == 0) {
        return n > 0 ? symbol_shape(s[0]) : SHAPE_SYMBOL;
    }
    if (k->upper + k->lower == 0) {
        return k->other + k->hyphen > 0 ? SHAPE_NUMBER_SYMBOL : SHAPE_NUMBER;
    }
    if (k->hyphen > 0) {
        return k->upper > 0 ? SHAPE_HYPHEN_UPPER : SHAPE_HYPHEN;
    }
    if (k->digit > 0) {
        return k->upper > 0 ? SHAPE_DIGIT_UPPER : SHAPE_DIGIT;
    }
    if (k->other > 0) {
        return k->upper > 0 ? SHAPE_SYMBOL_UPPER : SHAPE_SYMBOL_LOWER;
    }
    return letter_shape(s, n, k);
}

/* 'AaA-0a': runs of one kind are one byte, no more than 12 runs. */
static uint64_t pattern_of(const uint8_t *s, size_t n)
{
    uint8_t runs[12];
    size_t k = 0;
    for (size_t i = 0; i < n && k < sizeof runs; i++) {
        uint8_t c = is_upper(s[i])   ? 'A'
                    : is_lower(s[i]) ? 'a'
                    : is_digit(s[i]) ? '0'
                                     : s[i];
        if (k == 0 || runs[k - 1] != c) {
            runs[k++] = c;
        }
    }
    return hash_key(runs, k);
}

/* Each run of digits becomes one 0. */
static uint64_t numbers_of(const uint8_t *s, size_t n)
{
    uint8_t out[WORDFORM_MAX];
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(s[i])) {
            out[k++] = s[i];
        } else if (k == 0 || out[k - 1] != '0') {
            out[k++] = '0';
        }
    }
    return hash_key(out, k);
}

static struct wordform_poly poly_of(const uint8_t *s, size_t n)
{
    struct wordform_poly p = {0, 1};
    for (size_t i = 0; i < n; i++) {
        p.hash = p.hash * WORDFORM_POLY_STEP + s[i] + 1;
        p.power *= WORDFORM_POLY_STEP;
    }
    return p;
}

static void make_forms(const uint8_t *s, size_t n, struct forms *f)
{
    bool to_y = false;
    f->lower_len = n;
    f->joined_len = 0;
    for (size_t i = 0; i < n; i++) {
        f->lower[i] = (uint8_t)(is_upper(s[i]) ? s[i] + 32 : s[i]);
        if (!is_joint(f->lower[i])) {
            f->joined[f->joined_len++] = f->lower[i];
        }
    }
    f->fold_len = singular_len(f->lower, n, &to_y);
    if (f->fold_len > 0) {
        memcpy(f->fold, f->lower, f->fold_len);
    }
    if (to_y) {
        f->fold[f->fold_len - 1] = 'y';
    }
}

static void take_census(const uint8_t *s, size_t n, struct census *k)
{
    for (size_t i = 0; i < n; i++) {
        k->upper += is_upper(s[i]);
        k->lower += is_lower(s[i]);
        k->digit += is_digit(s[i]);
        k->hyphen += s[i] == '-';
    }
    k->other = n - k->upper - k->lower - k->digit - k->hyphen;
}

size_t wordform_joined(struct slice token, uint8_t out[WORDFORM_MAX])
{
    struct forms f;
    make_forms((const uint8_t *)token.data,
               token.len < WORDFORM_MAX ? token.len : WORDFORM_MAX, &f);
    memcpy(out, f.joined, f.joined_len);
    return f.joined_len;
}

uint64_t wordform_exact(struct slice token)
{
    return hash_key((const uint8_t *)token.data, token.len) +
           token.len * HASH_K4;
}

void wordform_make(struct slice token, struct wordform *out)
{
    const uint8_t *s = (const uint8_t *)token.data;
    size_t n = token.len < WORDFORM_MAX ? token.len : WORDFORM_MAX;
    struct forms f;
    struct census k = {0};
    bool to_y = false;
    make_forms(s, n, &f);
    take_census(s, n, &k);
    size_t three = n < 3 ? n : 3;
    size_t four = n < 4 ? n : 4;
    bool alnum = k.upper + k.lower + k.digit > 0;
    bool inner = alnum || n > 1 || (n == 1 && s[0] == '/');
    *out = (struct wordform){
        .exact = wordform_exact(token),
        .lower = hash_key(f.lower, n),
        .fold = hash_key(f.fold, f.fold_len),
        .numbers = numbers_of(f.fold, f.fold_len),
        .prefix = hash_key(f.lower, three),
        .suffix3 = hash_key(f.lower + n - three, three),
        .suffix4 = hash_key(f.lower + n - four, four),
        .pattern = pattern_of(s, n),
        .joined = poly_of(f.joined, f.joined_len),
        .singular =
            poly_of(f.joined, singular_len(f.joined, f.joined_len, &to_y)),
        .opens = f.joined_len > 0 ? f.joined[0] : 0,
        .shape = (uint8_t)shape_of(s, n, &k),
        .flags = (uint8_t)((k.upper > 0 ? WORDFORM_UPPER : 0) |
                           (k.digit > 0 ? WORDFORM_DIGIT : 0) |
                           (alnum ? WORDFORM_ALNUM : 0) |
                           (inner ? WORDFORM_INNER : 0))};
}

void wordform_edge(bool end, struct wordform *out)
{
    uint64_t hash = hash_symbol(end ? 1 : 0);
    *out = (struct wordform){.exact = hash,
                             .lower = hash,
                             .fold = hash,
                             .numbers = hash,
                             .prefix = hash,
                             .suffix3 = hash,
                             .suffix4 = hash,
                             .pattern = hash,
                             .joined = {0, 1},
                             .singular = {0, 1},
                             .shape = end ? SHAPE_END : SHAPE_START};
}
