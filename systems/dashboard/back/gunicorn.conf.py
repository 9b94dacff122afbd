"""How dash-back is served. Requests mostly wait for the slow call: threads are enough, and there are many."""

bind = "0.0.0.0:5001"
worker_class = "gthread"
threads = 64
# A mistake in a setting ends the container at once, with its sentence, instead of being tried again for ever.
preload_app = True
# What is under way at a stop may finish; the stack waits a little longer than this.
graceful_timeout = 30
worker_tmp_dir = "/dev/shm"
accesslog = "-"


def worker_exit(_server, worker):
    """The pool's own threads would otherwise be waited for, five seconds each."""
    worker.wsgi.extensions["inventory"].close()
