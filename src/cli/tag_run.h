/* The work function of gaz tag's pipeline. */
#ifndef GAZ_CLI_TAG_RUN_H
#define GAZ_CLI_TAG_RUN_H

/* Do a struct tag_job with a struct tag_worker (cli/tag_job.h). */
void tag_run(void *worker, void *job);

#endif
