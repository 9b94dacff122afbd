"""How dash-front is served. Requests mostly wait for dash-back: threads are enough, and there are many."""

bind = "0.0.0.0:5000"
worker_class = "gthread"
threads = 64
# A mistake in a setting ends the container at once, with its sentence, instead of being tried again for ever.
preload_app = True
# What is under way at a stop may finish; the stack waits a little longer than this.
graceful_timeout = 30
keepalive = 75  # longer than a load balancer keeps an idle connection, which is 60 s
worker_tmp_dir = "/dev/shm"
accesslog = "-"
