"""dask_tag.py SCHEDULER OUT PART...: tag files of JSON lines on a Dask cluster.

Each part is one task: gaz writes OUT/NAME whole or not at all, so that a task
whose worker died can be run again, on another worker, any number of times.
GAZ and GAZ_LEXICON name the program and the lexicon, on every machine."""
import os
import subprocess
import sys

from distributed import Client, as_completed


def tag(gaz, lexicon, part, out):
    subprocess.run([gaz, 'tag', '-l', lexicon, '-f', 'jsonl', '-t', 'jsonl',
                    '--errors', 'inline', '-o', out, part], check=True)
    return out


if __name__ == '__main__':
    scheduler, folder, *parts = sys.argv[1:]
    with Client(scheduler) as client:
        tasks = [client.submit(tag, os.environ['GAZ'],
                               os.environ['GAZ_LEXICON'], part,
                               os.path.join(folder, os.path.basename(part)),
                               retries=3, pure=False) for part in parts]
        for done in as_completed(tasks):
            print(done.result(), flush=True)
