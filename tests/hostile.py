"""Texts that try to make the printer fetch something, and doors that tell who came by."""

import base64
import socket
import threading
from pathlib import Path

SECRET = "the canary that must stay in its cage"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="9"><text y="9">{SECRET}</text></svg>'

URLS = {
    "file": "file://{file}", "file upper": "FILE://{file}", "file localhost": "file://localhost{file}",
    "v4": "http://127.0.0.1:{v4}/x.svg", "v6": "http://[::1]:{v6}/x.svg", "https": "https://127.0.0.1:{v4}/x.svg",
    "no scheme": "//127.0.0.1:{v4}/x.svg", "ftp": "ftp://127.0.0.1:{v4}/x.svg", "up": "../../../../../..{file}",
    "data": "data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode(),
    "asset": "asset:{file}", "gopher": "gopher://127.0.0.1:{v4}/x",
}  # fmt: skip
TAGS = {
    "img": '<img src="{url}">', "srcset": '<picture><source srcset="{url} 2x"><img src="{url}"></picture>',
    "object": '<object data="{url}"></object>', "embed": '<embed src="{url}">',
    "iframe": '<iframe src="{url}"></iframe>',
    "sheet": '<link rel="stylesheet" href="{url}">', "attachment": '<link rel="attachment" href="{url}">',
    "a attachment": '<a rel="attachment" href="{url}">bijlage</a>', "import": '<style>@import url("{url}");</style>',
    "font": '<style>@font-face {{ font-family: X{n}; src: url("{url}") }} b {{ font-family: X{n} }}</style><b>x</b>',
    "background": '<p style="background: url(\'{url}\')">x</p>',
    "content": '<style>i::before {{ content: url("{url}") }}</style><i>x</i>',
    "page": '<style>@page {{ background: url("{url}") }}</style>',
    "svg image": '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{url}#a"/></svg>',
    "svg feimage": '<svg width="9" height="9"><filter id="f"><feImage href="{url}"/></filter>'
                   '<rect width="9" height="9" filter="url(#f)"/></svg>',
    "video": '<video poster="{url}" src="{url}"></video>', "audio": '<audio src="{url}"></audio>',
    "input": '<input type="image" src="{url}">', "table": '<table background="{url}"><tr><td>x</td></tr></table>',
    "base": '<base href="{url}"><img src="b.svg">', "refresh": '<meta http-equiv="refresh" content="0;url={url}">',
    "math": '<math href="{url}"><mglyph src="{url}"/></math>',
}  # fmt: skip
CORPUS = [(tag, kind) for tag in TAGS for kind in URLS]
assert len(CORPUS) == 276


class Outside:
    """A file, and a door on each of 127.0.0.1 and ::1, that no document may reach. A knock is enough."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "canary.svg"
        self.file.write_text(SVG)
        self.knocks: list[str] = []
        self.doors = [self.door("127.0.0.1", socket.AF_INET), self.door("::1", socket.AF_INET6)]

    def door(self, address: str, family: socket.AddressFamily) -> socket.socket:
        door = socket.create_server((address, 0), family=family)
        threading.Thread(target=self.listen, args=(door, address), daemon=True).start()
        return door

    def listen(self, door: socket.socket, address: str) -> None:
        while True:
            try:
                visitor, _from = door.accept()
            except OSError:
                return
            self.knocks.append(address)
            with visitor:
                visitor.settimeout(0.5)
                try:
                    visitor.recv(4096)
                    kind = b"HTTP/1.0 200 OK\r\nContent-Type: image/svg+xml\r\n\r\n"
                    visitor.sendall(kind + SVG.encode())
                except OSError:
                    pass

    def close(self) -> None:
        for door in self.doors:
            door.shutdown(socket.SHUT_RDWR)
            door.close()

    def payload(self, tag: str, kind: str) -> str:
        v4, v6 = (door.getsockname()[1] for door in self.doors)
        url = URLS[kind].format(file=self.file, v4=v4, v6=v6)
        return TAGS[tag].format(url=url, n=CORPUS.index((tag, kind)))
