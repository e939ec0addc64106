#include "text/introduce.h"

#include <string.h>

#include "base/bytes.h"
#include "text/ascii.h"
#include "text/introduce_nouns.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
    SIGN = 0xE2,    /* the first byte of a typographic sign */
    WORDS_MAX = 14, /* of what is said of a name, up to its head */
    NAME_WORDS = 4,
    NAME_MIN = 3, /* bytes */
    WITNESSES = 2 /* one inside a sentence is as good as two */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_letter(char c)
{
    return ascii_letter(c) || (c & 0x80) != 0;
}

static bool is_word(char c)
{
    return is_letter(c) || ascii_digit(c) || c == '_';
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* Of a word of a name, or of what is said of it. */
static bool is_part(char c)
{
    return is_word(c) || c == '-' || c == '+' || c == '#' || c == '/' ||
           c == '.' || c == '\'';
}

/* Words that what a thing is said to be does not go over. */
static bool ends_phrase(struct slice word)
{
    static const char *const by_letter[26] = {
        ['a' - 'a'] = "as|at|allowing|aimed|available|able",
        ['b' - 'a'] = "by|built|based|but|because|between",
        ['c' - 'a'] = "created|currently|capable|compatible",
        ['d' - 'a'] = "designed|developed",
        ['f' - 'a'] = "for|from|featuring",
        ['i' - 'a'] = "in|inside|intended|inspired|implemented|it|is",
        ['l' - 'a'] = "like",
        ['m' - 'a'] = "made",
        ['o' - 'a'] = "on|over|offering",
        ['p' - 'a'] = "providing|powered",
        ['r' - 'a'] = "running|released",
        ['s' - 'a'] = "similar|supporting|so",
        ['t' - 'a'] = "that|to|than",
        ['u' - 'a'] = "used|under|using",
        ['w' - 'a'] = "which|with|written|where|who|whose|when|we",
        ['y' - 'a'] = "you",
    };
    unsigned letter = (unsigned char)word.data[0] - (unsigned)'a';
    return letter < 26 && by_letter[letter] != NULL &&
           introduce_in(word, by_letter[letter]);
}

static bool joins_phrases(struct slice word)
{
    return introduce_in(word, "and|or|&|plus");
}

/* The word at `at`, a trailing dot or the like set aside. */
static struct slice word_at(struct slice text, size_t at)
{
    size_t end = at;
    while (end < text.len && is_part(text.data[end])) {
        end++;
    }
    while (end > at &&
           (text.data[end - 1] == '.' || text.data[end - 1] == '\'')) {
        end--;
    }
    return slice_of(text.data + at, end - at);
}

/* Over one blank, or a line break that is not two; false: none stands there,
 * or a paragraph ends. */
static bool skip_blank(struct slice text, size_t *at)
{
    size_t from = *at;
    size_t lines = 0;
    while (*at < text.len && is_blank(text.data[*at])) {
        lines += text.data[(*at)++] == '\n';
    }
    return *at > from && lines < 2;
}

/* What is said of a name from byte `at` on, an article: up to its head. */
static bool find_head(struct slice text, size_t at, enum introduce_kind *kind)
{
    struct slice article = word_at(text, at);
    struct slice word = {0};
    struct slice before = {0};
    if (!slice_is(article, "a") && !slice_is(article, "an")) {
        return false;
    }
    at += article.len;
    for (size_t n = 0; n < WORDS_MAX; n++) {
        bool blank = skip_blank(text, &at);
        struct slice next = blank ? word_at(text, at) : slice_of("", 0);
        bool comma = !blank && at < text.len && text.data[at] == ',';
        if (next.len == 0 || ends_phrase(next)) {
            if (introduce_noun(word, before, kind)) {
                return true;
            }
            if (!comma) {
                return false;
            }
            at++;
        } else if (joins_phrases(next)) {
            if (introduce_noun(word, before, kind)) {
                return true;
            }
            at += next.len;
        } else if (slice_is(next, "of")) {
            return false;
        } else {
            before = word;
            word = next;
            at += next.len;
        }
    }
    return false;
}

/* Words that open a sentence and are no name. */
static bool is_opening(struct slice word)
{
    return introduce_in(
        word,
        "It|This|That|There|Here|What|Which|He|She|They|One|Each|Everything|"
        "Something|Nothing|Another|Everyone|Someone|Today|Now|Below|Above|"
        "Next|First|Second|Third|Last|Finally|However|Also|Yes|No|Note|The|A|"
        "An|These|Those|My|Our|Your|His|Her|Its|Their|All|Any|Some|Every|"
        "Both|Such|Who|Where|When|How|Why|If|As|At|By|For|From|In|Of|On|To|"
        "With|Without|But|And|Or|So|Yet|I|We|You|Mine|Yours|Other|Others|"
        "Most|Many|Part|Step|Chapter|Section|Figure|Table|Example|Install|"
        "Use|Using|Download|Run|Get|Try|See|Select|Click|Open|Meet|Introducing|"
        "Currently|While|Although|Because|Since|Then|Is|Are|Basically|Being");
}

static bool starts_sentence(struct slice text, size_t at)
{
    while (at > 0 && (is_blank(text.data[at - 1]) ||
                      is_one_of(text.data[at - 1], "\"'([*#>-"))) {
        at--;
        if (text.data[at] == '\n' && at > 0 && text.data[at - 1] == '\n') {
            return true;
        }
    }
    return at == 0 || is_one_of(text.data[at - 1], ".!?:;");
}

/* The whole word, not as part of another. */
static bool stands_at(struct slice text, size_t at, size_t len)
{
    return (at == 0 || !is_word(text.data[at - 1])) &&
           (at + len == text.len || !is_word(text.data[at + len]));
}

/* And no part of a path, an address, a command. */
static bool is_alone(struct slice text, size_t at, size_t len)
{
    char before = at > 0 ? text.data[at - 1] : ' ';
    char behind = at + len < text.len ? text.data[at + len] : ' ';
    return (is_blank(before) || before == '(' || before == '"') &&
           (is_blank(behind) || is_one_of(behind, ".,;:)!?\""));
}

/* Does the word stand near as a name, and nowhere near in small letters? A text
 * made to be slow is looked at so often and no more. */
static bool is_witnessed(struct slice text, const struct introduction *it,
                         struct introduce_search *search)
{
    if (search->looks >= INTRODUCE_LOOKS + it->start / INTRODUCE_LOOK_EACH) {
        return false;
    }
    search->looks++;
    const char *name = text.data + it->start;
    size_t len = it->end - it->start;
    size_t from = it->start > INTRODUCE_NEAR ? it->start - INTRODUCE_NEAR : 0;
    size_t to = text.len - it->end > INTRODUCE_NEAR ? it->end + INTRODUCE_NEAR
                                                    : text.len;
    size_t found = 0;
    const char *at = text.data + from;
    const char *end = text.data + to;
    /* all but the first letter are the same in both cases of it */
    for (; (size_t)(end - at) >= len; at++) {
        at = memchr(at, name[1], (size_t)(end - at));
        if (at == NULL || (size_t)(end - at) < len - 1) {
            break;
        }
        size_t begin = (size_t)(at - text.data) - 1;
        if (at == text.data || memcmp(at, name + 1, len - 1) != 0 ||
            begin == it->start || !stands_at(text, begin, len)) {
            continue;
        }
        if (text.data[begin] == (char)(name[0] | 0x20) &&
            is_alone(text, begin, len)) {
            return false;
        }
        if (text.data[begin] == name[0]) {
            found += starts_sentence(text, begin) ? 1 : WITNESSES;
        }
    }
    return found >= WITNESSES;
}

/* Where a name ends that a version stands behind ('Foo v4.0'), else `end`. */
static size_t before_version(struct slice text, size_t end)
{
    size_t at = end;
    while (at > 0 &&
           (ascii_digit(text.data[at - 1]) || text.data[at - 1] == '.')) {
        at--;
    }
    bool number = at < end && ascii_digit(text.data[at]);
    at -= at > 0 && text.data[at - 1] == 'v';
    return number && at > 1 && text.data[at - 1] == ' ' ? at - 1 : end;
}

/* A path or an identifier of a program, or what has quotation marks in it? */
static bool is_no_name(struct slice name)
{
    return memchr(name.data, '/', name.len) != NULL ||
           memchr(name.data, '_', name.len) != NULL ||
           memchr(name.data, SIGN, name.len) != NULL;
}

/* 'a CPU is a chip', 'DVD-ROM': what has no small letter is a kind of thing
   where it is a device. */
static bool is_all_capitals(struct slice name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (is_letter(name.data[i]) && !ascii_capital(name.data[i]) &&
            !(name.data[i] == 's' && i + 1 == name.len)) {
            return false;
        }
    }
    return true;
}

/* The name that ends at byte `end`. */
static bool find_name(struct slice text, size_t end,
                      struct introduce_search *search, struct introduction *out)
{
    end = before_version(text, end);
    size_t start = end;
    size_t words = 0;
    bool inner = false; /* a capital within a word, or a digit in it */
    while (words < NAME_WORDS && start > 0) {
        size_t to = words == 0 ? end : start - 1;
        size_t from = to;
        if (words > 0 && text.data[to] != ' ') {
            break;
        }
        while (from > 0 && is_part(text.data[from - 1]) &&
               to - from < INTRODUCE_MAX) {
            from--;
        }
        struct slice word = slice_of(text.data + from, to - from);
        bool capital = false;
        bool has_inner = false;
        for (size_t i = 0; i < word.len; i++) {
            capital = capital || ascii_capital(word.data[i]);
            has_inner = has_inner || ascii_digit(word.data[i]) ||
                        (i > 0 && ascii_capital(word.data[i]));
        }
        if (word.len == 0 || memchr(word.data, '\'', word.len) != NULL ||
            (words == 0 && !is_word(word.data[word.len - 1]) &&
             word.data[word.len - 1] != '+') ||
            !is_word(word.data[0]) || !(capital || (words == 0 && has_inner)) ||
            (words > 0 && is_one_of(word.data[word.len - 1], ".,;:'/")) ||
            (from > 0 && is_part(text.data[from - 1]))) {
            break;
        }
        inner = inner || has_inner;
        start = from;
        words++;
    }
    bool more = words == NAME_WORDS && start > 1 &&
                text.data[start - 1] == ' ' && is_part(text.data[start - 2]);
    bool first = starts_sentence(text, start);
    /* 'Here FooBar is', 'The Foo is' */
    for (struct slice word = word_at(text, start);
         words > 1 && is_opening(word); word = word_at(text, start)) {
        start += word.len + 1;
        words--;
        first = true;
    }
    *out = (struct introduction){.start = start, .end = end};
    if (words == 0 || (more && !first) || end - start < NAME_MIN ||
        end - start > INTRODUCE_MAX || !is_letter(text.data[start]) ||
        is_opening(word_at(text, start)) ||
        is_no_name(slice_of(text.data + start, end - start))) {
        return false;
    }
    return words > 1 || inner || !first || is_witnessed(text, out, search);
}

/* Words before a name that something is said of behind a comma. */
static bool announces(struct slice text, size_t start)
{
    size_t end = start > 0 && text.data[start - 1] == ' ' ? start - 1 : 0;
    size_t from = end;
    while (from > 0 && is_word(text.data[from - 1])) {
        from--;
    }
    return introduce_in(slice_of(text.data + from, end - from),
                        "called|named|dubbed|launched|announced|released|"
                        "introducing|introduced|using|uses|use|develops|"
                        "developed|created|maintains|behind|tried|via|like|"
                        "including|try|of");
}

static bool has_inner(struct slice name)
{
    for (size_t i = 1; i < name.len; i++) {
        if (ascii_digit(name.data[i]) ||
            (ascii_capital(name.data[i]) && name.data[i - 1] != ' ')) {
            return true;
        }
    }
    return false;
}

/* Is a name introduced by the 'is' or the comma at byte `at`? */
static bool introduce_at(struct slice text, size_t at,
                         struct introduce_search *search,
                         struct introduction *out)
{
    size_t end = at;
    size_t said = at + 1;
    enum introduce_kind kind = INTRODUCE_APPLICATION;
    if (at < 2 || at + 3 >= text.len) {
        return false;
    }
    bool comma = text.data[at] == ',';
    if (!comma) {
        if (text.data[at] != 'i' || text.data[at + 1] != 's' ||
            !is_blank(text.data[at - 1])) {
            return false;
        }
        end = at - 1;
        said = at + 2;
    }
    if (!is_part(text.data[end - 1]) || !skip_blank(text, &said) ||
        said >= text.len || text.data[said] != 'a' ||
        !find_head(text, said, &kind) || !find_name(text, end, search, out)) {
        return false;
    }
    struct slice name = slice_of(text.data + out->start, out->end - out->start);
    if (kind == INTRODUCE_DEVICE && is_all_capitals(name)) {
        return false;
    }
    out->kind = kind;
    return !comma || announces(text, out->start) || has_inner(name);
}

/* Of 16 bytes from p on those where 'is' and a word in 'a' begin, or a comma
   and one: a bit for each. 5 bytes more can be read. */
#if defined(__SSE2__)
static __m128i load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static __m128i is(__m128i bytes, char c)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

static uint32_t likely16(const char *p)
{
    __m128i first = load(p);
    __m128i verb = _mm_and_si128(is(first, 'i'), is(load(p + 1), 's'));
    verb = _mm_and_si128(verb, is(load(p + 3), 'a'));
    __m128i comma = _mm_and_si128(is(first, ','), is(load(p + 2), 'a'));
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(verb, comma));
}
#else
static uint32_t likely16(const char *p)
{
    uint32_t bits = 0;
    for (unsigned i = 0; i < 16; i++) {
        bits |=
            (uint32_t)((p[i] == 'i' && p[i + 1] == 's' && p[i + 3] == 'a') ||
                       (p[i] == ',' && p[i + 2] == 'a'))
            << i;
    }
    return bits;
}
#endif

/* Does an article stand at p?  Three bytes can be read. */
static bool is_article(const char *p)
{
    return is_blank(p[1]) || (p[1] == 'n' && is_blank(p[2]));
}

/* The first of the places of these bits where one is. */
static bool introduce_among(struct slice text, size_t i, uint64_t bits,
                            struct introduce_search *search,
                            struct introduction *out)
{
    for (; bits != 0; bits &= bits - 1) {
        size_t where = i + bits_ctz(bits);
        const char *p = text.data + where;
        if (is_article(p[0] == ',' ? p + 2 : p + 3) &&
            introduce_at(text, where, search, out)) {
            search->at = where + 1;
            return true;
        }
    }
    return false;
}

bool introduce_next(struct introduce_search *search, struct slice text,
                    struct introduction *out)
{
    enum { STEP = 16, WIDE = 64 };
    size_t i = search->at;
    uint64_t bits = 0;
    while (search->skip != NULL &&
           (i = search->skip(text, i, &bits), bits != 0)) {
        if (introduce_among(text, i, bits, search, out)) {
            return true;
        }
        i += WIDE;
    }
    for (; i + STEP + INTRODUCE_BEHIND <= text.len; i += STEP) {
        if (introduce_among(text, i, likely16(text.data + i), search, out)) {
            return true;
        }
    }
    return false;
}
