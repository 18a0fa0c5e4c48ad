# An outer process of EscapeCases: says its number, then answers whoever reaches it with what nobody inside may know. Arguments: TOKEN.
import os, socket, sys, threading
token = sys.argv[1].encode() if len(sys.argv) > 1 else os.environ["DRYDOCK_CANARY"].encode()


def serve(listener):
    listener.listen(8)
    while True:
        connection, _ = listener.accept()
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n" + token + b"\n")
        connection.close()


abstract = socket.socket(socket.AF_UNIX)
abstract.bind("\0drydock-canary-%d" % os.getpid())
tcp = socket.socket()
tcp.bind(("", 0))
for listener in abstract, tcp:
    threading.Thread(target=serve, args=(listener,), daemon=True).start()
print(os.getpid(), tcp.getsockname()[1], flush=True)
sys.stdin.read()
