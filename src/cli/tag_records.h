/* gaz tag -f jsonl and json: one record in, one record out. */
#ifndef GAZ_CLI_TAG_RECORDS_H
#define GAZ_CLI_TAG_RECORDS_H

#include "cli/tag_job.h"

/* Tag the records of a job: TAG_JOB_RECORDS, a line each, or TAG_JOB_JSON,
 * whose items tell where they are. */
void tag_records(struct tag_worker *w, struct tag_job *job);

/* Say so where a field was named for ids (else NULL) and no record has one. */
void tag_records_check_ids(const struct tag_worker *workers, size_t count,
                           const char *field);

#endif
