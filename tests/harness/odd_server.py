#!/usr/bin/env python3
"""odd_server.py MODE SOCKET_FOLDER [THERE NUMBER] - something that speaks PostgreSQL's protocol and answers nonsense.

Greets like a server of version 15, prints `ready`, and answers each statement as MODE says:
  nulls      one row, all its columns null          absent   columns that nobody asked for, no row
  columns    a row of no columns                    garbage  one row of texts that are nothing
  many       three rows of other columns            numbers  one row of numbers out of range
  refuses    an error without a field               gone     the connection ends at the third statement
  copy       asks for data                          endless  rows of one byte until the other side goes
What is asked for by the extended protocol is answered by the same rule. With THERE, a server's socket, all goes through to that one, and
only the rows of its answer NUMBER (from 1, over all connections) are changed as MODE says: nulls, garbage, absent (other columns),
columns (none) as above, or

  lost       no row                                 double     each row twice
  slow       nothing is changed; what is sent goes on at a megabyte a second, and `sending` is printed once it is much
  late       nothing is changed; a request to cancel goes on a second and a half later
  full, up   of connections, NUMBER is refused, as one too many (53300) or by a server that is starting (57P03)
  down       at answer NUMBER the server ends the session (57P01); those behind it are refused, as by `up`

then every answer with rows prints `answer`. Source: PostgreSQL manual, "Frontend/Backend Protocol".
"""
import os
import re
import socket
import struct
import sys
import threading
import time

CANCEL = struct.pack("!I", 80877102)
GARBAGE = "\x01{,\"NaN'\\xff;--\u202e"


def message(kind, body=b""):
    return kind + struct.pack("!I", len(body) + 4) + body


def ready():
    return message(b"Z", b"I")


def parameter(name, value):
    return message(b"S", name + b"\0" + value + b"\0")


def description(names):
    columns = b"".join(n.encode() + b"\0" + struct.pack("!IHIhih", 0, 0, 25, -1, -1, 0) for n in names)
    return message(b"T", struct.pack("!H", len(names)) + columns)


def row(cells):
    fields = b"".join(struct.pack("!i", -1) if c is None else struct.pack("!i", len(c)) + c for c in cells)
    return message(b"D", struct.pack("!H", len(cells)) + fields)


def asked_for(sql):
    """The names that the statement gives its columns, as far as they are plain to see; never none."""
    names = re.findall(r"\bAS\s+([a-z_]+)\b", sql) or ["a"]
    return names + ["more"] * (40 - len(names)) if len(names) < 40 else names


def answer(mode, sql):
    names = asked_for(sql)
    done = message(b"C", b"SELECT 1\0")
    if mode == "nulls":
        return description(names) + row([None] * len(names)) + done
    if mode == "absent":
        return description(["x", "y"]) + message(b"C", b"SELECT 0\0")
    if mode == "columns":
        return description([]) + row([]) + done
    if mode == "garbage":
        return description(names) + row([GARBAGE.encode()] * len(names)) + done
    if mode == "many":
        return description(["x", "y"]) + row([b"1", None]) * 3 + done
    if mode == "numbers":
        return description(names) + row([b"-99999999999999999999"] * len(names)) + done
    if mode == "refuses":
        return message(b"E", b"\0")
    if mode == "copy":
        return message(b"G", struct.pack("!bH", 0, 0))
    return description(["x"]) + row([b"1"]) * 20000 + done


class Client:
    def __init__(self, connection, mode):
        self.connection, self.mode, self.statements = connection, mode, 0

    def read(self, count):
        data = b""
        while len(data) < count:
            part = self.connection.recv(count - len(data))
            if not part:
                raise ConnectionError
            data += part
        return data

    def greet(self):
        length = struct.unpack("!I", self.read(4))[0]
        code = struct.unpack("!I", self.read(length - 4)[:4])[0]
        if code != 196608:  # encryption, or a cancel
            if code == 80877102:
                raise ConnectionError
            self.connection.sendall(b"N")
            self.greet()
            return
        said = message(b"R", struct.pack("!I", 0)) + parameter(b"server_version", b"15.0")
        said += parameter(b"server_encoding", b"UTF8") + parameter(b"client_encoding", b"UTF8")
        said += parameter(b"standard_conforming_strings", b"on") + message(b"K", struct.pack("!II", 1, 1)) + ready()
        self.connection.sendall(said)

    def tell(self, sql, last):
        self.statements += 1
        if self.mode == "gone" and self.statements > 2:
            raise ConnectionError
        self.connection.sendall(answer(self.mode, sql) + last)

    def serve(self):
        sql = ""
        while True:
            kind = self.read(1)
            body = self.read(struct.unpack("!I", self.read(4))[0] - 4)
            if kind == b"Q":
                self.tell(body.decode(errors="replace"), ready())
            elif kind == b"P":
                sql = body.split(b"\0")[1].decode(errors="replace")
                self.connection.sendall(message(b"1"))
            elif kind == b"B":
                self.connection.sendall(message(b"2"))
            elif kind == b"E":
                self.tell(sql, b"")
            elif kind == b"S":
                self.connection.sendall(ready())
            elif kind == b"X":
                raise ConnectionError

    def run(self):
        try:
            self.greet()
            self.serve()
        except (ConnectionError, OSError, struct.error):
            pass
        self.connection.close()


def fatal(state, text):
    fields = b"SFATAL\0VFATAL\0C" + state + b"\0M" + text + b"\0\0"
    return message(b"E", fields)


REFUSALS = {
    "full": fatal(b"53300", b"sorry, too many clients already"),
    "up": fatal(b"57P03", b"the database system is starting up"),
    "down": fatal(b"57P03", b"the database system is shutting down"),
}
ENDED = fatal(b"57P01", b"terminating connection due to administrator command")


class Answers:
    """Counts the answers that have rows, or the connections; one of them is the one to change."""

    def __init__(self, number):
        self.number, self.count, self.lock, self.ended = number, 0, threading.Lock(), False

    def refuses(self, mode):
        return self.ended if mode == "down" else mode in REFUSALS and self.is_it()

    def is_it(self):
        with self.lock:
            self.count += 1
            print("answer", flush=True)
            return self.count == self.number


class Through:
    def __init__(self, connection, mode, there, answers):
        self.client, self.mode, self.answers = connection, mode, answers
        self.server = socket.socket(socket.AF_UNIX)
        self.server.connect(there)
        self.changing, self.columns = False, 0

    def described(self, body):
        self.changing = self.mode not in ("full", "up") and self.answers.is_it()
        if self.changing and self.mode == "down":
            self.answers.ended = True
            self.client.sendall(ENDED)
            raise ConnectionResetError
        self.columns = struct.unpack("!H", body[:2])[0]
        if not self.changing or self.mode not in ("absent", "columns"):
            return message(b"T", body)
        return description(["x"] * self.columns if self.mode == "absent" else [])

    def changed(self, body):
        if self.mode == "double":
            return message(b"D", body) * 2
        cells = {"nulls": [None], "garbage": [GARBAGE.encode()]}.get(self.mode)
        if cells is not None:
            return row(cells * self.columns)
        return {"lost": b"", "columns": row([])}.get(self.mode, message(b"D", body))

    def one(self, kind, body):
        if kind == b"T":
            return self.described(body)
        if kind == b"D" and self.changing:
            return self.changed(body)
        if kind in (b"C", b"E"):
            self.changing = False
        return message(kind, body)

    def back(self):
        left = b""
        while True:
            data = self.server.recv(65536)
            if not data:
                return
            left += data
            said = b""
            while len(left) >= 5 and len(left) > struct.unpack("!I", left[1:5])[0]:
                end = struct.unpack("!I", left[1:5])[0] + 1
                said += self.one(left[:1], left[5:end])
                left = left[end:]
            self.client.sendall(said)

    def refused(self):
        """Reads what starts a connection, and refuses it."""
        client = Client(self.client, self.mode)
        length = struct.unpack("!I", client.read(4))[0]
        if client.read(length - 4)[:4] != CANCEL:
            self.client.sendall(REFUSALS[self.mode])

    def run(self):
        refuses = self.answers.refuses(self.mode)
        if not refuses:
            threading.Thread(target=self.forth, daemon=True).start()
        try:
            (self.refused if refuses else self.back)()
        except (OSError, struct.error):
            pass
        try:
            self.client.shutdown(socket.SHUT_RDWR)  # which the other thread, still reading, would keep open
        except OSError:
            pass
        self.client.close()
        self.server.close()

    def forth(self):
        try:
            data, count = self.client.recv(65536), 0
            if self.mode == "late" and data[4:8] == CANCEL:
                time.sleep(1.5)
            while data:
                self.server.sendall(data)
                count += len(data)
                if self.mode == "slow" and count > 200000:
                    print("sending", flush=True)
                    time.sleep(len(data) / 1e6)
                data = self.client.recv(65536)
            self.server.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def main():
    mode, folder = sys.argv[1:3]
    there = sys.argv[3:]
    answers = Answers(int(there[1])) if there else None
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.path.join(folder, ".s.PGSQL.5432"))
    listener.listen(16)
    print("ready", flush=True)
    while True:
        connection, _ = listener.accept()
        one = Through(connection, mode, there[0], answers) if there else Client(connection, mode)
        threading.Thread(target=one.run, daemon=True).start()


if __name__ == "__main__":
    main()
