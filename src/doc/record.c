#include "doc/record.h"

#include "text/utf8.h"

void record_init(struct json_record *r, const struct alloc *alloc)
{
    *r = (struct json_record){0};
    buf_init(&r->text_buf, alloc);
    buf_init(&r->id_buf, alloc);
}

void record_free(struct json_record *r)
{
    buf_free(&r->text_buf);
    buf_free(&r->id_buf);
}

/* A member: where it stands in the record. */
struct member {
    struct slice name; /* as it stands, without quotes */
    size_t start;      /* of its name */
    size_t value, end;
};

/* Reads members one by one. */
struct members {
    struct json json;
    size_t count; /* read */
};

static enum status open_members(struct members *m)
{
    struct json *j = &m->json;
    json_space(j);
    if (j->pos >= j->len || j->data[j->pos] != '{') {
        return json_fail(j, j->pos,
                         "no record: it must be a JSON object, {...}");
    }
    j->pos++;
    return STATUS_OK;
}

/* *found is false at the object's end, pos behind its '}'. */
static enum status next_member(struct members *m, struct member *out,
                               bool *found)
{
    struct json *j = &m->json;
    json_space(j);
    char c = j->pos < j->len ? j->data[j->pos] : '\0';
    *found = false;
    if (c == '}') {
        j->pos++;
        return STATUS_OK;
    }
    if (m->count > 0) {
        if (c != ',') {
            return json_fail(j, j->pos, "a ',' or '}' is wanted here");
        }
        j->pos++;
        json_space(j);
    }
    out->start = j->pos;
    enum status s = json_string(j, &out->name);
    if (s != STATUS_OK) {
        return s;
    }
    json_space(j);
    if (j->pos >= j->len || j->data[j->pos] != ':') {
        return json_fail(j, j->pos, "a ':' is wanted behind a name");
    }
    j->pos++;
    json_space(j);
    out->value = j->pos;
    s = json_skip(j);
    out->end = j->pos;
    m->count++;
    *found = s == STATUS_OK;
    return s;
}

/* Is this the name, with its escapes or without? */
static bool is_name(struct json_record *r, struct json *j, struct slice name,
                    const char *wanted, size_t len)
{
    struct slice plain = name;
    if (name.len == len && memcmp(name.data, wanted, len) == 0 &&
        memchr(name.data, '\\', len) == NULL) {
        return true;
    }
    struct json quiet = *j;
    quiet.e = NULL;
    return memchr(name.data, '\\', name.len) != NULL &&
           json_decode(&quiet, name, &r->id_buf, &plain) == STATUS_OK &&
           slice_eq(plain, slice_of(wanted, len));
}

static enum status fail_field(const struct json *j, const char *path, size_t at,
                              const char *message)
{
    return err_at(j->e, STATUS_SYNTAX, j->line, at + 1, "the field \"%s\" %s",
                  path, message);
}

/* The rest of a path below a value, which has been checked: where its value
 * stands. */
static enum status follow(struct json_record *r, const struct json *j,
                          const char *path, const char *rest, size_t *value,
                          size_t *end)
{
    while (*rest != '\0') {
        size_t n = strcspn(rest, ".");
        struct members m = {.json = *j};
        struct member member;
        bool found = false;
        bool seen = false;
        size_t from = *value;
        m.json.pos = from;
        m.json.len = *end;
        if (m.json.data[from] != '{') {
            return fail_field(j, path, from, "is not there: this is no object");
        }
        enum status s = open_members(&m);
        while (s == STATUS_OK &&
               (s = next_member(&m, &member, &found)) == STATUS_OK && found) {
            if (!is_name(r, &m.json, member.name, rest, n)) {
                continue;
            }
            if (seen) {
                return fail_field(j, path, member.start, "is there twice");
            }
            seen = true;
            *value = member.value;
            *end = member.end;
        }
        if (s != STATUS_OK || !seen) {
            return s != STATUS_OK ? s
                                  : fail_field(j, path, from, "is not there");
        }
        rest += n + (rest[n] == '.');
    }
    return STATUS_OK;
}

/* What is found of a path while the members are read. */
struct path {
    const char *name;
    size_t first; /* length of its first part */
    bool found;
    size_t value, end;
};

static struct path path_of(const char *name)
{
    struct path p = {.name = name};
    p.first = name != NULL ? strcspn(name, ".") : 0;
    return p;
}

static enum status take(struct json_record *r, struct path *p, struct json *j,
                        const struct member *m)
{
    if (p->name == NULL || !is_name(r, j, m->name, p->name, p->first)) {
        return STATUS_OK;
    }
    if (p->found) {
        return fail_field(j, p->name, m->start, "is there twice");
    }
    p->found = true;
    p->value = m->value;
    p->end = m->end;
    return STATUS_OK;
}

/* ---- what is handed on */

/* Fields that are left out, and the commas that go with them. */
struct cuts {
    size_t from[RECORD_CUTS_MAX];
    size_t to[RECORD_CUTS_MAX];
    size_t count;
    size_t kept;      /* members so far */
    size_t last;      /* end of the last member, or of the '{' */
    bool cut_to_next; /* the last cut ends where the next member begins */
};

static int replaced_field(struct json_record *r, const struct record_fields *f,
                          struct json *j, struct slice name)
{
    for (int i = 0; i < RECORD_REPLACED_MAX; i++) {
        const char *wanted = f->replaced[i];
        if (wanted != NULL && is_name(r, j, name, wanted, strlen(wanted))) {
            return i;
        }
    }
    return -1;
}

static enum status note_cut(struct json_record *r,
                            const struct record_fields *f, struct json *j,
                            const struct member *m, struct cuts *c)
{
    if (c->cut_to_next) {
        c->to[c->count - 1] = m->start;
        c->cut_to_next = false;
    }
    int field = replaced_field(r, f, j, m->name);
    if (field < 0) {
        c->kept++;
    } else if (c->count == RECORD_CUTS_MAX) {
        return fail_field(j, f->replaced[field], m->start,
                          "is there too often");
    } else {
        r->had |= 1u << (unsigned)field;
        c->from[c->count] = c->kept > 0 ? c->last : m->start;
        c->to[c->count++] = m->end;
        c->cut_to_next = c->kept == 0;
    }
    c->last = m->end;
    return STATUS_OK;
}

static void make_parts(struct json_record *r, const struct json *j,
                       const struct cuts *c)
{
    size_t at = 0;
    for (size_t i = 0; i < c->count; i++) {
        r->parts[r->part_count++] = slice_of(j->data + at, c->from[i] - at);
        at = c->to[i];
    }
    r->parts[r->part_count++] = slice_of(j->data + at, c->last - at);
    r->parts[r->part_count++] = slice_of(j->data + c->last, j->len - c->last);
    r->bare = c->kept == 0;
    r->whole = true;
}

/* ---- reading */

static enum status read_members(struct json_record *r,
                                const struct record_fields *f, struct json *j,
                                struct path *text, struct path *id)
{
    struct members m = {.json = *j};
    struct member member;
    struct cuts c = {.kept = 0};
    bool found = false;
    enum status s = open_members(&m);
    /* A field twice is a fault of the record, but not of the JSON. */
    enum status twice = STATUS_OK;
    c.last = m.json.pos;
    while (s == STATUS_OK &&
           (s = next_member(&m, &member, &found)) == STATUS_OK && found) {
        s = note_cut(r, f, &m.json, &member, &c);
        if (twice == STATUS_OK) {
            twice = take(r, text, &m.json, &member);
        }
        if (twice == STATUS_OK) {
            twice = take(r, id, &m.json, &member);
        }
    }
    if (s != STATUS_OK) {
        return s;
    }
    json_space(&m.json);
    if (m.json.pos < m.json.len) {
        return json_fail(j, m.json.pos,
                         "something follows the record; each has a line of "
                         "its own");
    }
    make_parts(r, j, &c);
    return twice;
}

static enum status read_text(struct json_record *r, struct json *j,
                             struct path *p)
{
    if (!p->found) {
        return fail_field(j, p->name, 0, "is not there");
    }
    const char *rest = p->name + p->first;
    enum status s =
        follow(r, j, p->name, rest + (*rest == '.'), &p->value, &p->end);
    if (s != STATUS_OK) {
        return s;
    }
    if (j->data[p->value] != '"') {
        return fail_field(j, p->name, p->value, "must be a string");
    }
    struct slice inside =
        slice_of(j->data + p->value + 1, p->end - p->value - 2);
    return json_decode(j, inside, &r->text_buf, &r->text);
}

/* Only to be named by, so that what is wrong with it is no error. */
static void read_id(struct json_record *r, struct json *j, struct path *p)
{
    struct json quiet = *j;
    quiet.e = NULL;
    if (!p->found) {
        return;
    }
    const char *rest = p->name + p->first;
    if (follow(r, &quiet, p->name, rest + (*rest == '.'), &p->value, &p->end) !=
        STATUS_OK) {
        return;
    }
    struct slice all = slice_of(j->data + p->value, p->end - p->value);
    struct slice inside =
        all.data[0] == '"' ? slice_of(all.data + 1, all.len - 2) : all;
    if (json_decode(&quiet, inside, &r->id_buf, &r->id) != STATUS_OK) {
        r->id = all;
    }
}

enum status record_read(struct json_record *r,
                        const struct record_fields *fields, const char *data,
                        size_t len, size_t line, struct err *e)
{
    struct json j = {.data = data, .len = len, .line = line, .e = e};
    struct path text = path_of(fields->text);
    struct path id = path_of(fields->id);
    r->text = slice_of("", 0);
    r->id = slice_of("", 0);
    r->part_count = 0;
    r->whole = false;
    r->had = 0;
    buf_reset(&r->text_buf);
    buf_reset(&r->id_buf);
    size_t bad = utf8_invalid(data, len);
    if (bad < len) {
        return json_fail(&j, bad, "no valid UTF-8, which JSON must be");
    }
    enum status s = read_members(r, fields, &j, &text, &id);
    if (r->whole) {
        read_id(r, &j, &id);
    }
    return s == STATUS_OK ? read_text(r, &j, &text) : s;
}
