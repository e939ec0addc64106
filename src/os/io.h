/* What follows a call of the system that failed. */
#ifndef GAZ_OS_IO_H
#define GAZ_OS_IO_H

#include <stdbool.h>

#include "base/status.h"

/* "what: the system's reason", of errno; STATUS_IO. */
enum status io_error(struct err *e, const char *what);

/* After a read or write that failed: is it to be done again? Waits until fd
 * is ready where it is set to non-blocking. */
bool io_retry(int fd, bool out);

#endif
