/* mkdtemp and symlink. */
#define _XOPEN_SOURCE 700

#include "lex.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/file.h"
#include "os/out.h"

static char folder[64];

static const char *in(const char *name)
{
    static char path[4][256];
    static int turn;
    turn = (turn + 1) % 4;
    (void)snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int set_up(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/gaz-test-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void holds(const char *path, const char *want)
{
    struct file_bytes f = {0};
    struct err e = {0};
    if (file_load(path, &f, &e) != STATUS_OK) {
        fail_msg("%s: %s", path, e.message);
    }
    assert_int_equal(f.len, strlen(want));
    assert_memory_equal(f.data, want, f.len);
    file_unload(&f);
    file_unload(&f);
}

static size_t files_here(void)
{
    struct file_list l;
    assert_int_equal(file_walk(folder, &l, NULL), STATUS_OK);
    size_t n = l.count;
    file_list_free(&l);
    return n;
}

static void test_replace(void **state)
{
    (void)state;
    struct stat st;
    struct err e = {0};
    assert_int_equal(file_replace(in("new"), "one", 3, &e), STATUS_OK);
    holds(in("new"), "one");
    assert_int_equal(chmod(in("new"), 0640), 0);
    assert_int_equal(file_replace(in("new"), "", 0, &e), STATUS_OK);
    holds(in("new"), "");
    assert_int_equal(stat(in("new"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    assert_int_equal(files_here(), 1);
}

static void test_replace_behind_a_link(void **state)
{
    (void)state;
    struct stat st;
    struct err e = {0};
    assert_int_equal(file_replace(in("real"), "one", 3, &e), STATUS_OK);
    assert_int_equal(symlink("real", in("link")), 0);
    assert_int_equal(file_replace(in("link"), "two", 3, &e), STATUS_OK);
    holds(in("real"), "two");
    assert_int_equal(lstat(in("link"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
}

static void test_replace_fails(void **state)
{
    (void)state;
    struct err e = {0};
    size_t before = files_here();
    assert_int_equal(file_replace(folder, "x", 1, &e), STATUS_IO);
    assert_non_null(strstr(e.message, "is a directory"));
    assert_int_equal(file_replace(in("no/such/folder"), "x", 1, &e), STATUS_IO);
    assert_non_null(strstr(e.message, "cannot create"));
    assert_int_equal(file_replace("/dev/full", "x", 1, &e), STATUS_IO);
    assert_non_null(strstr(e.message, strerror(ENOSPC)));
    assert_int_equal(file_replace("/dev/null", "x", 1, &e), STATUS_OK);
    assert_int_equal(files_here(), before);
}

static void test_load(void **state)
{
    (void)state;
    struct file_bytes f = {0};
    struct err e = {0};
    assert_int_equal(file_load(in("none"), &f, &e), STATUS_IO);
    assert_non_null(strstr(e.message, strerror(ENOENT)));
    assert_int_equal(file_load(folder, &f, &e), STATUS_IO);
    assert_non_null(strstr(e.message, "is a directory"));
    assert_int_equal(file_replace(in("empty"), "", 0, &e), STATUS_OK);
    assert_int_equal(file_load(in("empty"), &f, &e), STATUS_OK);
    assert_non_null(f.data);
    assert_int_equal(f.len, 0);
    file_unload(&f);
    file_unload(NULL);
    if (geteuid() != 0) {
        assert_int_equal(chmod(in("empty"), 0), 0);
        assert_int_equal(file_load(in("empty"), &f, &e), STATUS_IO);
    }
}

static void test_kinds(void **state)
{
    (void)state;
    struct err e = {0};
    assert_int_equal(file_replace(in("k"), "x", 1, &e), STATUS_OK);
    assert_int_equal(file_kind(in("k")), FILE_REGULAR);
    assert_int_equal(file_kind(folder), FILE_FOLDER);
    assert_int_equal(file_kind("/dev/null"), FILE_OTHER);
    assert_int_equal(file_kind(in("none")), FILE_MISSING);
}

static void test_pieces(void **state)
{
    (void)state;
    struct file_in f;
    struct err e = {0};
    char buffer[4];
    size_t got = 0;
    assert_int_equal(file_replace(in("p"), "abcdef", 6, &e), STATUS_OK);
    assert_int_equal(file_open(in("p"), &f, &e), STATUS_OK);
    assert_true(f.regular);
    assert_int_equal(f.size, 6);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(file_read(&f, buffer, 4, &got, &e), STATUS_OK);
        assert_int_equal(got, 4);
        assert_int_equal(file_read(&f, buffer, 4, &got, &e), STATUS_OK);
        assert_int_equal(got, 2);
        assert_memory_equal(buffer, "ef", 2);
        assert_int_equal(file_read(&f, buffer, 4, &got, &e), STATUS_OK);
        assert_int_equal(got, 0);
        assert_int_equal(file_rewind(&f, &e), STATUS_OK);
    }
    file_close(&f);
    file_close(&f);
}

/* Short reads of a pipe are filled up; a pipe cannot go back. */
static void test_pipe(void **state)
{
    (void)state;
    int ends[2];
    char buffer[8];
    size_t got = 0;
    struct err e = {0};
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "abc", 3), 3);
    struct file_in f = {.fd = ends[0]};
    close(ends[1]);
    assert_int_equal(file_read(&f, buffer, 8, &got, &e), STATUS_OK);
    assert_int_equal(got, 3);
    assert_int_equal(file_rewind(&f, &e), STATUS_IO);
    file_close(&f);
    assert_int_equal(file_read(&f, buffer, 8, &got, &e), STATUS_IO);
}

static void test_walk(void **state)
{
    (void)state;
    static const char *const names[] = {"w/b/2",       "w/a.txt", "w/b/1",
                                        "w/.hidden/x", "w/.y",    "w/B"};
    struct file_list l;
    struct err e = {0};
    assert_int_equal(mkdir(in("w"), 0700), 0);
    assert_int_equal(mkdir(in("w/b"), 0700), 0);
    assert_int_equal(mkdir(in("w/.hidden"), 0700), 0);
    assert_int_equal(mkdir(in("w/empty"), 0700), 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_int_equal(file_replace(in(names[i]), "x", 1, &e), STATUS_OK);
    }
    assert_int_equal(file_walk(in("w/"), &l, &e), STATUS_OK);
    static const char *const want[] = {"w/B", "w/a.txt", "w/b/1", "w/b/2"};
    assert_int_equal(l.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(l.paths[i], in(want[i]));
    }
    file_list_free(&l);
    assert_int_equal(file_walk(in("w/empty"), &l, &e), STATUS_OK);
    assert_int_equal(l.count, 0);
    file_list_free(&l);
    assert_int_equal(file_walk(in("nowhere"), &l, &e), STATUS_IO);
    /* A loop of links ends. */
    assert_int_equal(symlink(".", in("w/b/loop")), 0);
    assert_int_not_equal(file_walk(in("w"), &l, &e), STATUS_OK);
}

static void test_out(void **state)
{
    (void)state;
    struct out o;
    struct err e = {0};
    int fd = open(in("out"), O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(out_open(&o, fd, &e), STATUS_OK);
    for (int i = 0; i < 300000; i++) {
        out_byte(&o, 'x');
    }
    char *big = malloc(1 << 20);
    assert_non_null(big);
    memset(big, 'y', 1 << 20);
    out_bytes(&o, big, 1 << 20);
    out_str(&o, "end");
    memcpy(out_room(&o, OUT_ROOM_MAX), "room", 4);
    out_used(&o, 4);
    assert_false(out_broken(&o));
    assert_int_equal(out_close(&o, &e), STATUS_OK);
    assert_int_equal(out_close(&o, &e), STATUS_OK);
    close(fd);
    struct file_bytes f;
    assert_int_equal(file_load(in("out"), &f, &e), STATUS_OK);
    assert_int_equal(f.len, 300000 + (1 << 20) + 7);
    assert_memory_equal(f.data + f.len - 8, "yendroom", 8);
    file_unload(&f);
    free(big);
}

static void test_out_fails(void **state)
{
    (void)state;
    struct out o;
    struct err e = {0};
    int fd = open("/dev/full", O_WRONLY);
    assert_int_equal(out_open(&o, fd, &e), STATUS_OK);
    out_str(&o, "x");
    assert_int_equal(o.error, 0);
    assert_int_equal(out_close(&o, &e), STATUS_IO);
    assert_non_null(strstr(e.message, strerror(ENOSPC)));
    close(fd);
    int ends[2];
    (void)signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(out_open(&o, ends[1], &e), STATUS_OK);
    out_str(&o, "x");
    out_flush(&o);
    assert_true(out_broken(&o));
    out_str(&o, "more");
    assert_int_equal(out_close(&o, &e), STATUS_IO);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replace),
        cmocka_unit_test(test_replace_behind_a_link),
        cmocka_unit_test(test_replace_fails),
        cmocka_unit_test(test_load),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_out),
        cmocka_unit_test(test_out_fails),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
