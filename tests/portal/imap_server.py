"""A small IMAP server for tests: one folder, and it breaks off when a test wants that."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Folder:
    def __init__(self, mails: list[bytes]):
        self.mails = dict(enumerate(mails, start=1))
        self.seen: set[int] = set()
        self.gone: set[int] = set()  # thrown away after the search
        self.breaks_at = ""  # such as "FETCH 2 body" or "STORE 2": the connection ends without an answer


class Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("* OK ready")
        for raw in self.rfile:
            tag, command, *rest = raw.decode().strip().split(" ", 4)
            if not self.answer(tag, command.upper(), rest):
                return

    def say(self, line: str | bytes) -> None:
        self.wfile.write((line if isinstance(line, bytes) else line.encode()) + b"\r\n")

    def answer(self, tag: str, command: str, rest: list[str]) -> bool:
        folder: Folder = self.server.folder
        if command == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif command == "LOGIN" and "geheim" not in " ".join(rest):
            self.say(f"{tag} NO wrong password")
            return True
        elif command == "SELECT":
            self.say(f"* {len(folder.mails)} EXISTS")
        elif command == "UID" and rest[0] == "SEARCH":
            self.say("* SEARCH " + " ".join(str(uid) for uid in folder.mails if uid not in folder.seen))
        elif command == "UID":
            uid, (what, wanted) = int(rest[1]), (rest[0], rest[2])
            step = f"{what} {uid}" + (" body" if "BODY" in wanted else "")
            if step == folder.breaks_at:
                return False
            self.about_one(folder, uid, what, wanted)
        elif command == "LOGOUT":
            self.say(f"* BYE\r\n{tag} OK")
            return False
        self.say(f"{tag} OK done")
        return True

    def about_one(self, folder: Folder, uid: int, what: str, wanted: str) -> None:
        mail = folder.mails[uid]
        self.say("* 9 FETCH (FLAGS (\\Seen))")  # what another program did meanwhile
        if uid in folder.gone:
            return
        if what == "STORE":
            folder.seen.add(uid)
        elif "SIZE" in wanted:
            self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(mail)})")
        else:
            part = mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in wanted else mail
            self.say(f"* {uid} FETCH (UID {uid} BODY[] {{{len(part)}}}".encode() + b"\r\n" + part + b")")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    folder: Folder


@contextmanager
def serving(folder: Folder) -> Iterator[str]:
    """The address of the mailbox, while the server runs."""
    with Server(("127.0.0.1", 0), Handler) as server:
        server.folder = folder
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"imap://raad:geheim@127.0.0.1:{server.server_address[1]}/INBOX"
        server.shutdown()
