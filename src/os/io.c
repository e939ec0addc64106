#include "os/io.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

enum status io_error(struct err *e, const char *what)
{
    return err_set(e, STATUS_IO, "%s: %s", what, strerror(errno));
}

bool io_retry(int fd, bool out)
{
    if (errno == EINTR) {
        return true;
    }
    if (errno != EAGAIN) {
        return false;
    }
    /* Somebody set a shared terminal or pipe to non-blocking. */
    struct pollfd one = {.fd = fd, .events = out ? POLLOUT : POLLIN};
    return poll(&one, 1, -1) >= 0 || errno == EINTR;
}
