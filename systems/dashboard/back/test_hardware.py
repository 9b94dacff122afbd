"""The specification of dash-back, with a table in memory; the real database is the business of the swarm's tests."""

import os
import subprocess
import sys
import tempfile
import time
import unittest

import psycopg
from psycopg import conninfo

import hardware
from hardware import connection, create_app

TABLE = [
    {"id": 1, "provider": "Amazon", "name": "c5"},
    {"id": 2, "provider": "Azure", "name": "H16mr"},
    {"id": 5, "provider": "Google", "name": "n4"},
]


class Table:
    """An inventory in memory that counts how often it was read, and fails as told."""

    def __init__(self, rows=TABLE, failures=0):
        self.content, self.failures, self.reads = rows, failures, 0

    def rows(self, after, limit):
        self.reads += 1
        if self.reads <= self.failures:
            raise psycopg.OperationalError("connection refused")
        return [row for row in self.content if row["id"] > after][:limit]


def client(table=None, seconds="0"):
    return create_app({"SLOW_CALL_SECONDS": seconds, "DASHBOARD_VERSION": "1.2.3"}, table or Table()).test_client()


def password_file(content):
    file = tempfile.NamedTemporaryFile(mode="w", delete=False)
    file.write(content)
    file.close()
    return file.name


class Hardware(unittest.TestCase):
    def test_is_an_array_with_one_object_per_row(self):
        answer = client().get("/hardware/")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual([row["name"] for row in answer.json], ["c5", "H16mr", "n4"])
        self.assertEqual([row["provider"] for row in answer.json], ["Amazon", "Azure", "Google"])
        self.assertTrue(all(set(row) == {"provider", "name", "availability"} for row in answer.json))

    def test_is_available_at_random(self):
        many = Table([{"id": id, "provider": "p", "name": "n"} for id in range(1, 401)])
        seen = {row["availability"] for row in client(many).get("/hardware/?limit=400").json}
        self.assertEqual(seen, {"HIGH", "MEDIUM", "LOW"})

    def test_waits_once_and_not_per_row(self):
        start = time.monotonic()
        self.assertEqual(len(client(seconds="1").get("/hardware/").json), 3)
        self.assertTrue(1 <= time.monotonic() - start < 2)

    def test_takes_five_seconds_as_the_original(self):
        waits, sleep = [], time.sleep
        time.sleep = waits.append
        try:
            create_app({}, Table()).test_client().get("/hardware/")
        finally:
            time.sleep = sleep
        self.assertEqual(waits, [5])

    def test_comes_in_pages(self):
        first = client().get("/hardware/?limit=2")
        self.assertEqual([row["provider"] for row in first.json], ["Amazon", "Azure"])
        self.assertEqual(first.headers["Link"], '</hardware/?after=2&limit=2>; rel="next"')
        last = client().get("/hardware/?after=2&limit=2")
        self.assertEqual([row["provider"] for row in last.json], ["Google"])
        self.assertNotIn("Link", last.headers)

    def test_of_an_empty_table_is_an_empty_array_at_once(self):
        start = time.monotonic()
        self.assertEqual(client(Table([]), seconds="5").get("/hardware/").json, [])
        self.assertLess(time.monotonic() - start, 1)

    def test_refuses_what_is_no_page(self):
        for query in ("after=x", "after=-1", "after=2147483648", "limit=0", "limit=1001", "limit=", "after=%D9%A1"):
            self.assertEqual(client().get(f"/hardware/?{query}").status_code, 400, query)

    def test_says_when_the_database_is_away(self):
        answer = client(Table(failures=1)).get("/hardware/")
        self.assertEqual((answer.status_code, answer.json), (503, {"error": "the database does not answer"}))


class HealthChecks(unittest.TestCase):
    def test_healthz_asks_nobody(self):
        table = Table(failures=9)
        answer = client(table, seconds="5").get("/healthz")
        self.assertEqual((answer.status_code, answer.json), (200, {"service": "dash-back", "version": "1.2.3"}))
        self.assertEqual(table.reads, 0)

    def test_readyz_waits_for_the_table_once_and_believes_in_it_for_good(self):
        table = Table(failures=1)
        browser = client(table, seconds="5")
        self.assertEqual([browser.get("/readyz").status_code for _ in range(3)], [503, 200, 200])
        self.assertEqual(table.reads, 2)


class Connection(unittest.TestCase):
    def test_takes_the_address_from_the_environment_and_the_password_from_the_file(self):
        address = {"DB_HOST": "db.example", "DB_PORT": "5433", "DB_NAME": "d", "DB_USER": "u", "DB_SSLMODE": "allow"}
        file = password_file("it's \\ a secret\n")
        made = conninfo.conninfo_to_dict(connection({"AWS_DB_PASS_FILE": file, **address}))
        keys = ("host", "port", "dbname", "user", "sslmode")
        self.assertEqual([str(made[key]) for key in keys], list(address.values()))
        self.assertEqual(made["password"], "it's \\ a secret")

    def test_is_encrypted_and_asks_for_the_application_user_unless_told_otherwise(self):
        made = conninfo.conninfo_to_dict(connection({"AWS_DB_PASS_FILE": password_file("x"), "DB_HOST": "h"}))
        found = [made["sslmode"], made["user"], made["dbname"], str(made["port"])]
        self.assertEqual(found, ["require", "dashboard_app", "dashboard", "5432"])

    def test_reads_the_path_that_the_document_names(self):
        self.assertEqual(hardware.DEFAULT_PASSWORD_FILE, "/var/run/aws_db")

    def test_a_mistake_ends_the_server_at_once_with_a_sentence(self):
        good = {"AWS_DB_PASS_FILE": password_file("s3cret"), "DB_HOST": "h"}
        mistakes = {
            "the database's password cannot be read: .*No such file": {"AWS_DB_PASS_FILE": "/nowhere"},
            "is empty": {"AWS_DB_PASS_FILE": password_file("\n")},
            "DB_HOST is missing": {"DB_HOST": ""},
            "DB_PORT must be a number from 1 to 65535, got 0": {"DB_PORT": "0"},
            "DB_SSLMODE must be one of": {"DB_SSLMODE": "maybe"},
            "SLOW_CALL_SECONDS must be a number from 0 to 30, got 31": {"SLOW_CALL_SECONDS": "31"},
        }
        for sentence, change in mistakes.items():
            with self.subTest(sentence=sentence):
                ended = subprocess.run(
                    ["gunicorn", "--config", "gunicorn.conf.py", "hardware:create_app()"],
                    env={**os.environ, **good, **change},
                    capture_output=True,
                    text=True,
                    timeout=20,
                )
                self.assertEqual(ended.returncode, 1)
                self.assertRegex(ended.stderr, sentence)
                self.assertNotIn("Traceback", ended.stderr)
                self.assertNotIn("s3cret", ended.stderr)


if __name__ == "__main__":
    sys.exit(unittest.main())
