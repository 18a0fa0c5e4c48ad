"""A router between three ends that records what happens to each packet. Runs as root of fresh user, mount, pid and network namespaces.

lan --- port lan0 of br0 (10.9.0.1/24, 10.9.1.1/24) --- this namespace --- wan0 (10.0.2.15/24) --- wan
blue -- port blue0 of br0                                                   default route via 10.0.2.2

The three ends have no addresses, so their kernels never answer. Requests arrive on standard input, one JSON object a line, and each is
answered by one line:
{"run": "bash"}                      {"exit": 0, "out": "", "err": ""}; runs in this namespace
{"load": [{"tool": "nft -f -", "input": ""}]}    {"refused": ""}; everything is reset first; the tool "sysctl -p -" is played here
{"send": [{"from": "lan|blue|wan|here", "to": "router|lan|blue", "src":, "dst":, "proto":, "sport":, "dport":, "mark":}]}
                                     {"seen": ["wan 10.0.2.15 40000 8.8.8.8 80", "here ...", "rejected icmp 3/3", "rejected rst", ""]}
A packet counts as "here" when a raw socket of this namespace got it, that is behind INPUT; one that this namespace sends to itself when
lo carried it, that is behind POSTROUTING.
"""
import ctypes, errno, json, os, socket, struct, subprocess, sys

libc = ctypes.CDLL(None, use_errno=True)
NEWNET = 0x40000000
MAC = {"lan": "02:00:00:00:00:11", "blue": "02:00:00:00:00:12", "wan": "02:00:00:00:00:02"}
ROUTER = {"lan": "02:00:00:00:01:01", "blue": "02:00:00:00:01:01", "wan": "02:00:00:00:01:02"}
PROTOCOL = {"icmp": 1, "tcp": 6, "udp": 17}
SO_MARK, SOL_PACKET, IGNORE_OUTGOING, SENTINEL = 36, 263, 23, 0x88B5
allowed = os.sched_getaffinity(0)


def run(command):
    done = subprocess.run(["bash", "-ec", command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command}\n{done.stderr}")


def holder():
    pid = os.fork()
    if pid == 0:
        if libc.unshare(NEWNET):
            os._exit(1)
        os.write(ready[1], b"x")
        while True:
            libc.pause()
    os.read(ready[0], 1)
    return pid


def wire(pid, device, protocol=3):
    """An AF_PACKET socket in the namespace of a process; it keeps that namespace alive. An own frame is not what came out."""
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    libc.setns(there, NEWNET)
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(protocol))
    sock.bind((device, protocol))
    libc.setns(own, NEWNET)
    os.close(there)
    os.close(own)
    sock.setsockopt(SOL_PACKET, IGNORE_OUTGOING, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    return sock


ready = os.pipe()
pids = {name: holder() for name in ("lan", "blue", "wan", "clock")}
run("ip link set lo up; ip link add br0 address 02:00:00:00:01:01 type bridge; ip addr add 10.9.0.1/24 dev br0;"
    "ip addr add 10.9.1.1/24 dev br0; ip link set br0 up")
for name in MAC:
    run(f"ip link add {name}0 type veth peer name eth0 netns /proc/{pids[name]}/ns/net address {MAC[name]};"
        f"ip link set {name}0 up; nsenter --net=/proc/{pids[name]}/ns/net ip link set eth0 up")
run(f"""
    ip link set lan0 master br0; ip link set blue0 master br0
    for n in lan blue; do ip link set $n"0" type bridge_slave learning off flood off; done
    bridge fdb replace {MAC['lan']} dev lan0 master static; bridge fdb replace {MAC['blue']} dev blue0 master static
    ip link set wan0 address 02:00:00:00:01:02
    ip addr add 10.0.2.15/24 dev wan0
    ip route add default via 10.0.2.2
    for i in {{2..254}}; do
        echo "neigh replace 10.9.0.$i lladdr {MAC['blue']} dev br0 nud permanent"
        echo "neigh replace 10.9.1.$i lladdr {MAC['lan']} dev br0 nud permanent"
        echo "neigh replace 10.0.2.$i lladdr {MAC['wan']} dev wan0 nud permanent"
    done | ip -batch -
    ip neigh replace 10.9.0.11 lladdr {MAC['lan']} dev br0 nud permanent
    nsenter --net=/proc/{pids['clock']}/ns/net bash -ec 'ip link add tick type veth peer name tock; ip link set tick up; ip link set tock up'
    for f in /proc/sys/net/ipv4/conf/*/rp_filter /proc/sys/net/ipv4/conf/*/send_redirects; do echo 0 >$f; done
    echo 0 >/proc/sys/net/ipv4/icmp_ratemask
    """)
wires = {name: wire(pids[name], "eth0") for name in MAC}
tick, tock = wire(pids["clock"], "tick", SENTINEL), wire(pids["clock"], "tock", SENTINEL)
for pid in pids.values():
    os.kill(pid, 9)
    os.waitpid(pid, 0)
loop = wire("self", "lo")
arrived = {name: socket.socket(socket.AF_INET, socket.SOCK_RAW, number) for name, number in PROTOCOL.items()}
senders = {}
for sock in [*wires.values(), *arrived.values(), loop]:
    sock.setblocking(False)
tock.settimeout(5)
control = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)  # NETLINK_NETFILTER


def attribute(kind, value, nested=False):
    head = struct.pack("=HH", len(value) + 4, kind | (0x8000 if nested else 0))
    return head + value + b"\0" * (-len(value) % 4)


def forget(p=None):
    """Deletes the connection that a packet began, or all connections."""
    body = b""
    if p:
        proto = PROTOCOL[p["proto"]]
        ports = (attribute(4, struct.pack("!H", p["ident"])) + attribute(5, b"\x08") + attribute(6, b"\0") if proto == 1
                 else attribute(2, struct.pack("!H", p["sport"])) + attribute(3, struct.pack("!H", p["dport"])))
        addresses = attribute(1, socket.inet_aton(p["src"])) + attribute(2, socket.inet_aton(p["dst"]))
        body = attribute(1, attribute(1, addresses, True) + attribute(2, attribute(1, bytes([proto])) + ports, True), True)
    # IPCTNL_MSG_CT_DELETE, NLM_F_REQUEST | NLM_F_ACK, AF_INET
    control.send(struct.pack("=IHHIIBBH", 20 + len(body), (1 << 8) | 2, 5, 1, 0, 2, 0, 0) + body)
    error = struct.unpack("=i", control.recv(4096)[16:20])[0]
    if error and not (p and error == -errno.ENOENT):
        sys.exit(f"connections could not be deleted: {os.strerror(-error)}")


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def build(p, ident):
    proto = PROTOCOL[p["proto"]]
    src, dst = socket.inet_aton(p["src"]), socket.inet_aton(p["dst"])
    mark = struct.pack("!4sHH", b"dryd", ident, 0)
    if proto == 1:
        body = struct.pack("!BBHHH", 8, 0, 0, ident, 1) + mark + bytes(48)  # as long as ping makes it
        body = body[:2] + struct.pack("!H", checksum(body)) + body[4:]
    else:
        if proto == 17:
            head, at = struct.pack("!HHHH", p["sport"], p["dport"], 8 + len(mark), 0), 6
        else:
            head, at = struct.pack("!HHIIBBHHH", p["sport"], p["dport"], ident, 0, 5 << 4, 2, 1024, 0, 0), 16
        body = head + mark
        pseudo = src + dst + struct.pack("!BBH", 0, proto, len(body))
        body = body[:at] + struct.pack("!H", checksum(pseudo + body)) + body[at + 2:]
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(body), ident, 0, 64, proto, 0, src, dst)
    head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
    return head + body


def look(name, ip, sent):
    """Notes an own packet at the place where it came out, or an error about one."""
    proto, body = ip[9], ip[(ip[0] & 15) * 4:]
    at = body.find(b"dryd")
    if at >= 0 and not (proto == 1 and body[0] != 8):
        ident = struct.unpack("!H", body[at + 4:at + 6])[0]
        ports = struct.unpack("!HH", body[:4]) if proto != 1 else (0, 0)
        if ident in sent:
            sent[ident]["seen"] = f"{name} {socket.inet_ntoa(ip[12:16])} {ports[0]} {socket.inet_ntoa(ip[16:20])} {ports[1]}"
    elif proto == 1 and body[0] == 3:
        ident = struct.unpack("!H", body[12:14])[0]
        if ident in sent:
            sent[ident].setdefault("seen", f"rejected icmp 3/{body[1]}")
    elif proto == 6 and body[13] & 4:
        ident = (struct.unpack("!I", body[8:12])[0] - 1) & 0xFFFF
        # the acknowledged number is that of the packet and its data
        for number in (ident, (ident - 8) & 0xFFFF):
            if number in sent and sent[number]["sport"] == struct.unpack("!H", body[2:4])[0]:
                sent[number].setdefault("seen", "rejected rst")


def received(sock):
    while True:
        try:
            yield sock.recv(4096)
        except BlockingIOError:
            return


def drain(sent):
    """A packet is handled on one processor in order, so it is through once a frame that was sent after it has arrived."""
    for _ in range(2):
        tick.send(b"\xff" * 6 + mac(MAC["lan"]) + struct.pack("!H", SENTINEL) + b"sentinel" * 8)
        tock.recv(4096)
    for name, sock in {**wires, "here": loop}.items():
        for frame in received(sock):
            if frame[12:14] == b"\x08\x00":
                look(name, frame[14:], sent)
    for name, sock in arrived.items():
        for packet in received(sock):
            look("here", packet, {ident: one for ident, one in sent.items() if one["from"] != "here"})


def sender(mark):
    if mark not in senders:
        senders[mark] = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
        if mark:
            senders[mark].setsockopt(socket.SOL_SOCKET, SO_MARK, mark)
    return senders[mark]


number = 0


def send(packets):
    global number
    sent = {}
    os.sched_setaffinity(0, {min(allowed)})
    for p in packets:
        number = number % 60000 + 1
        sent[number] = p
        p["ident"] = number
        data = build(p, number)
        if p["from"] == "here":
            try:
                sender(p["mark"]).sendto(data, (p["dst"], 0))
            except OSError:
                pass  # what its own rules forbid
        else:
            target = ROUTER[p["from"]] if p["to"] == "router" else MAC[p["to"]]
            wires[p["from"]].send(mac(target) + mac(MAC[p["from"]]) + b"\x08\x00" + data)
        drain(sent)
        # what one packet leaves behind is nothing to the next one: a port that is taken, a connection that is known
        forget(p)
    os.sched_setaffinity(0, allowed)
    return {"seen": [p.get("seen", "") for p in sent.values()]}


legacy = "".join(f"*{t}\n" + "".join(f":{c} ACCEPT\n" for c in chains.split()) + "COMMIT\n" for t, chains in {
    "raw": "PREROUTING OUTPUT", "mangle": "PREROUTING INPUT FORWARD OUTPUT POSTROUTING",
    "nat": "PREROUTING INPUT OUTPUT POSTROUTING", "filter": "INPUT FORWARD OUTPUT"}.items())
NAMES = "/proc/net/ip_tables_names"
PORTS = "".join(f"link set {name}0 type bridge_slave hairpin off\n" for name in ("lan", "blue"))
loaded = []
SETTINGS = "net.ipv4.ip_forward=1\nnet.bridge.bridge-nf-call-iptables=0\n"


def tool(command, text):
    """Feeds the text to the tool, and returns what it complained about."""
    if command == "sysctl -p -":
        for setting in text.split():
            key, value = setting.split("=")
            with open("/proc/sys/" + key.replace(".", "/"), "w") as file:
                file.write(value)
        return ""
    done = subprocess.run(command.split(), input=text, capture_output=True, text=True)
    return done.stdout + done.stderr or ("" if done.returncode == 0 else f"{command} ended with status {done.returncode}")


def load(steps):
    refused = tool("nft flush ruleset", "") + tool("sysctl -p -", SETTINGS)
    if any(step["tool"] == "ip -batch -" for step in [*steps, *loaded]):
        refused += tool("ip -batch -", PORTS)
    loaded[:] = steps
    if os.path.exists(NAMES) and open(NAMES).read():
        refused += tool("iptables-legacy-restore", legacy)
    for step in steps:
        refused += tool(step["tool"], step["input"])
    drain({})
    forget()
    return {"refused": refused}


def script(text):
    done = subprocess.run(["bash", "-c", text], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    return {"exit": done.returncode, "out": done.stdout, "err": done.stderr}


print("{}", flush=True)
for line in sys.stdin:
    request = json.loads(line)
    answer = (load(request["load"]) if "load" in request
              else send(request["send"]) if "send" in request
              else script(request["run"]))
    print(json.dumps(answer), flush=True)
