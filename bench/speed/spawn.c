/* Run a program and say what it took: spawn REPORT COMMAND... writes
 * {"seconds":CPU,"wall":S,"peak":BYTES,"exit":CODE} to the file REPORT. A
 * child of a large process inherits its peak, so Python cannot ask itself. */
#include "runner.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double wall(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double time_of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("spawn REPORT COMMAND...\n", stderr);
        return 2;
    }
    double start = wall();
    pid_t child = fork();
    if (child < 0) {
        runner_die("fork");
    }
    if (child == 0) {
        execvp(argv[2], argv + 2);
        runner_die(argv[2]);
    }
    int status = 0;
    struct rusage u;
    while (wait4(child, &status, 0, &u) < 0) {
        if (errno != EINTR) {
            runner_die("wait");
        }
    }
    double took = wall() - start;
    FILE *f = fopen(argv[1], "w");
    if (f == NULL) {
        runner_die(argv[1]);
    }
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    fprintf(f, "{\"seconds\":%.6f,\"wall\":%.6f,\"peak\":%.0f,\"exit\":%d}\n",
            time_of(u.ru_utime) + time_of(u.ru_stime), took,
            (double)u.ru_maxrss * 1024, code);
    return fclose(f) == 0 ? 0 : 1;
}
