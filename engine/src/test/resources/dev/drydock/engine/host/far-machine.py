"""The cable to a far machine, for ssh's ProxyCommand: an OpenSSH server of its own at the other end. Argument: the folder of FarMachine.

Whoever kills this process cuts the cable, whoever stops it makes every packet vanish; the file "delay" holds what each way takes, in ms.
"""

import os
import queue
import socket
import subprocess
import sys
import threading
import time

folder = sys.argv[1]
# The server wants a folder of its own below /run, and writes down who logs in: on a /run and a /var/log that only it sees.
AS_ROOT = """mount -t tmpfs none /run && mkdir /run/sshd && mount -t tmpfs none /var/log && : >/var/log/lastlog &&
exec /usr/sbin/sshd -i -e -f "$1/sshd_config" 2>>"$1/sshd.log" """
AS_USER = """exec /usr/sbin/sshd -i -e -f "$1/sshd_config" 2>>"$1/sshd.log" """


def delay():
    with open(folder + "/delay") as file:
        return int(file.read()) / 1000


def carry(read, write, done):
    """Hands on what is read, each piece when its time has come."""
    pieces = queue.Queue()

    def hand_on():
        while True:
            due, piece = pieces.get()
            time.sleep(max(0, due - time.monotonic()))
            try:
                write(piece) if piece else done()
            except OSError:
                os._exit(1)
            if not piece:
                return

    threading.Thread(target=hand_on).start()
    piece = b"-"
    while piece:
        try:
            piece = read()
        except OSError:
            piece = b""
        pieces.put((time.monotonic() + delay(), piece))


def write_all(piece):
    while piece:
        piece = piece[os.write(1, piece) :]


cable, plug = socket.socketpair()
root = os.getuid() == 0
command = (["unshare", "--mount"] if root else []) + ["sh", "-c", AS_ROOT if root else AS_USER, "far-machine", folder]
subprocess.Popen(command, stdin=plug, stdout=plug, start_new_session=True)
plug.close()
with open(f"{folder}/cables/{os.getpid()}", "w"):
    pass
threading.Thread(target=carry, args=(lambda: os.read(0, 65536), cable.sendall, lambda: cable.shutdown(socket.SHUT_WR))).start()
carry(lambda: cable.recv(65536), write_all, lambda: os._exit(0))
