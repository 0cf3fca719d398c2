"""`manage.py up`: the whole install under one parent, until it is stopped."""

import os
import socket
import time
from pathlib import Path
from typing import Any

import urllib3
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo.cast import CAST, PASSWORD
from config.guard import has_known_password, why_no_demo
from config.leftovers import end_left_over
from config.only_one import FolderError, only_one
from config.readiness import allowed_host, asked_at, is_loopback, is_ready
from config.supervisor import NOTES, Process, SupervisorError, processes, supervise

READY_SECONDS = 120


class Command(BaseCommand):
    help = "Starts web, worker and schedule, with the demonstration desk loaded where only this machine reaches it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--no-demo", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with only_one(settings.DATA_DIR):
                end_left_over(settings.DATA_DIR / NOTES)
                self.run(options["address"], options["port"], demo=not options["no_demo"])
        except (FolderError, SupervisorError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Stopped.")

    def run(self, address: str, port: int, *, demo: bool) -> None:
        """Prepares the database and keeps the processes running until it is told to stop."""
        refuse_taken_port(address, port)
        self.stdout.write("Preparing the database …")
        call_command("prepare")
        refuse_known_password(address)
        if demo and (reason := why_no_demo(address)):
            self.stdout.write(f"Without the demonstration: {reason}.")
            demo = False
        if demo:
            call_command("demo", stdout=self.stdout)
        children = processes(address=address, port=port, data_dir=settings.DATA_DIR)
        url = f"http://{asked_at(address)}:{port}/"

        def announce() -> None:
            wait_until_ready(children, url)
            self.announce(url, demo=demo)

        supervise(children, on_start=announce)

    def announce(self, address: str, *, demo: bool) -> None:
        """Says where it answers and, with the demonstration, who can sign in."""
        self.stdout.write(self.style.SUCCESS(f"\nPlumbline answers at {address}"))
        if demo:
            self.stdout.write("Sign in as:")
            for person in CAST:
                roles = ", ".join(person.roles)
                self.stdout.write(f"  {person.username:<9} {PASSWORD}   {roles}")
        self.stdout.write(f"Logs are in {settings.DATA_DIR / 'log'}. Ctrl-C stops everything.\n")
        self.stdout.flush()


def refuse_known_password(address: str) -> None:
    """Raises CommandError where others reach the address and the demonstration is in the database."""
    if not is_loopback(address) and has_known_password():
        raise CommandError(
            f"This database holds the demonstration, whose password is known to everybody, and others"
            f" reach {address}: set DATA_DIR to an empty folder."
        )


def refuse_taken_port(address: str, port: int) -> None:
    """Raises CommandError where somebody listens there already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise CommandError(
                f"Port {port} of {address} cannot be used ({reason}); set PORT to another."
            ) from error


def wait_until_ready(children: list[Process], url: str) -> None:
    """Waits until the install says it is ready. Raises SupervisorError where it does not in time."""
    http = urllib3.PoolManager(retries=False, timeout=2)
    host = allowed_host(settings.ALLOWED_HOSTS)
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        for child in children:
            child.restart_if_dead()
        if is_ready(http, url, host=host):
            return
        time.sleep(0.3)
    logs = Path(settings.DATA_DIR) / "log"
    raise SupervisorError(f"Not ready after {READY_SECONDS} seconds; see the logs in {logs}")
