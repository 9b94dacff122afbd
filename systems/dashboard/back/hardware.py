"""dash-back: the hardware in the database, with how available each is at its provider."""

import json
import os
import random
import re
import sys
import time

import psycopg
from flask import Flask, Response, jsonify, request
from psycopg import conninfo
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

DEFAULT_PASSWORD_FILE = "/var/run/aws_db"
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
AVAILABILITIES = ("HIGH", "MEDIUM", "LOW")
ROWS = "SELECT id, provider, name FROM hardware WHERE id > %s ORDER BY id LIMIT %s"


def number(environ, name, default, least, most):
    """A setting that is a number; a mistake ends the program with a sentence."""
    text = environ.get(name) or str(default)
    if not re.fullmatch(r"\d{1,6}", text) or not least <= int(text) <= most:
        sys.exit(f"{name} must be a number from {least} to {most}, got {text}")
    return int(text)


def connection(environ):
    """How to reach the database: the address from the environment, the password from the file of the secret."""
    file = environ.get("AWS_DB_PASS_FILE") or DEFAULT_PASSWORD_FILE
    try:
        with open(file, encoding="utf-8") as secret:
            password = secret.read().removesuffix("\n")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"the database's password cannot be read: {error}; mount the secret there or set AWS_DB_PASS_FILE")
    host = environ.get("DB_HOST")
    if not password or not host:
        sys.exit(f"{file} is empty" if host else "DB_HOST is missing: the address of the database")
    mode = environ.get("DB_SSLMODE") or "require"
    if mode not in SSL_MODES:
        sys.exit(f"DB_SSLMODE must be one of {', '.join(SSL_MODES)}, got {mode}")
    return conninfo.make_conninfo(
        host=host,
        port=number(environ, "DB_PORT", 5432, least=1, most=65535),
        dbname=environ.get("DB_NAME") or "dashboard",
        user=environ.get("DB_USER") or "dashboard_app",
        password=password,
        sslmode=mode,
        client_encoding="UTF8",
        connect_timeout=5,
        application_name="dash-back",
        options="-c statement_timeout=5000",
        # A server that vanished, as one does when its standby takes over, never says so: a question without any sign of
        # life in 5 s is lost, and an idle connection within half a minute.
        tcp_user_timeout=5000,
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
    )


class Inventory:
    """The table of hardware. Connections are made when they are needed, and made again when they were lost."""

    def __init__(self, environ):
        self.pool = ConnectionPool(
            connection(environ),
            min_size=0,
            max_size=number(environ, "DB_CONNECTIONS", 4, least=1, most=100),
            open=False,
            check=ConnectionPool.check_connection,
            timeout=6,
            max_idle=300,
            max_lifetime=1800,
            # Tried again by whoever asks next, not in the background for ever.
            reconnect_timeout=5,
            kwargs={"autocommit": True, "row_factory": dict_row},
        )

    def rows(self, after, limit):
        # Opened here and not above: that runs in gunicorn's first process, and threads do not survive a fork.
        self.pool.open()
        with self.pool.connection() as database:
            return database.execute(ROWS, (after, limit)).fetchall()

    def close(self):
        self.pool.close(timeout=2)


def ask_providers(hardware, seconds):
    """Stands in for the slow call of the providers' API: one for everything asked about, however many rows it is."""
    time.sleep(seconds)
    return [random.choice(AVAILABILITIES) for _ in hardware]


def whole(name, default, most):
    """A number of the query; None where it is not one."""
    text = request.args.get(name, str(default))
    return int(text) if re.fullmatch(r"[0-9]{1,10}", text) and int(text) <= most else None


def create_app(environ=os.environ, inventory=None):
    app = Flask(__name__)
    app.url_map.strict_slashes = False
    inventory = inventory or Inventory(environ)
    seconds = number(environ, "SLOW_CALL_SECONDS", 5, least=0, most=30)
    version = environ.get("DASHBOARD_VERSION", "")
    ready = False
    app.extensions["inventory"] = inventory

    @app.get("/hardware/")
    def hardware():
        after, limit = whole("after", 0, 2**31 - 1), whole("limit", 100, 1000)
        if after is None or not limit:
            return jsonify(error="after must be the id of a row, limit a number from 1 to 1000"), 400
        # One more than asked for tells whether there is a next page. The connection is given back before the slow call.
        rows = inventory.rows(after, limit + 1)
        shown = rows[:limit]
        availabilities = ask_providers(shown, seconds) if shown else []
        answer = Response(
            json.dumps(
                [
                    {"provider": row["provider"], "name": row["name"], "availability": availability}
                    for row, availability in zip(shown, availabilities)
                ]
            ),
            mimetype="application/json",
        )
        if len(rows) > limit:
            answer.headers["Link"] = f'</hardware/?after={shown[-1]["id"]}&limit={limit}>; rel="next"'
        return answer

    @app.get("/healthz")
    def healthz():
        # Asks nobody, so that it answers at once whatever the database does.
        return jsonify(service="dash-back", version=version)

    @app.get("/readyz")
    def readyz():
        """Whether this task has ever read the table: a new version that cannot must not replace one that can."""
        nonlocal ready
        if not ready:
            inventory.rows(0, 1)
            # For good: when the database is away later, a restart of this task would not bring it back.
            ready = True
        return jsonify(service="dash-back", version=version)

    @app.errorhandler(PoolTimeout)
    @app.errorhandler(psycopg.Error)
    def database_away(error):
        # The text of a connection error names host and user, never the password.
        app.logger.error("database: %s", " ".join(str(error).split()))
        return jsonify(error="the database does not answer"), 503

    return app
