"""Sends real packets through real rules and tells where they came out. Runs as root of fresh user, mount and network namespaces.

lan --- port lan0 of br0 (10.9.0.1/24, 10.9.1.1/24) --- this namespace --- wan0 (10.0.2.15/24) --- wan
blue -- port blue0 of br0                                                   default route via 10.0.2.2

The three outer namespaces have no addresses, so nobody there answers. Reads cases from the file named as argument, one JSON a line:
{"setup": "bash", "packets": [{"from": "lan|wan|here", "to": "router|blue", "src":, "dst":, "proto":, "sport":, "dport":}]}
and prints for each {"saved": iptables-nft-save, "legacy": iptables-legacy-save, "filter": the probe's output, "settings": {}, "seen": [...]},
where seen has for each packet "lan SRC SPORT DST DPORT", "rejected", or "" for nothing.
"""
import ctypes, json, os, socket, struct, subprocess, sys

libc = ctypes.CDLL(None, use_errno=True)
NEWNET = 0x40000000
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one queue, so that order is kept


def run(command):
    done = subprocess.run(["bash", "-ec", command], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command}\n{done.stderr}")
    return done.stdout


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


ready = os.pipe()
pids = {name: holder() for name in ("lan", "blue", "wan")}
own = os.open("/proc/self/ns/net", os.O_RDONLY)
MAC = {"lan": "02:00:00:00:00:11", "blue": "02:00:00:00:00:12", "wan": "02:00:00:00:00:02"}
try:
    run("ip link set lo up; ip link add br0 address 02:00:00:00:01:01 type bridge; ip addr add 10.9.0.1/24 dev br0;"
        "ip addr add 10.9.1.1/24 dev br0; ip link set br0 up")
    for name, pid in pids.items():
        run(f"ip link add {name}0 type veth peer name eth0 netns /proc/{pid}/ns/net address {MAC[name]};"
            f"ip link set {name}0 up; nsenter --net=/proc/{pid}/ns/net ip link set eth0 up")
    run(f"""
        ip link set lan0 master br0; ip link set blue0 master br0
        for n in lan blue; do ip link set $n"0" type bridge_slave learning off flood off; done
        bridge fdb replace {MAC['lan']} dev lan0 master static; bridge fdb replace {MAC['blue']} dev blue0 master static
        ip link set wan0 address 02:00:00:00:01:02
        ip addr add 10.0.2.15/24 dev wan0
        ip route add default via 10.0.2.2
        ip neigh add 10.0.2.2 lladdr {MAC['wan']} dev wan0 nud permanent
        ip neigh add 10.0.2.9 lladdr {MAC['wan']} dev wan0 nud permanent
        for i in {{2..254}}; do echo "neigh replace 10.9.0.$i lladdr {MAC['blue']} dev br0 nud permanent"; done | ip -batch -
        for a in 10.9.0.11 10.9.1.11; do ip neigh replace $a lladdr {MAC['lan']} dev br0 nud permanent; done
        ip neigh replace 10.9.0.12 lladdr {MAC['blue']} dev br0 nud permanent
        for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 >$f; done
        echo 0 >/proc/sys/net/ipv4/icmp_ratemask
        echo 0 >/proc/sys/net/ipv4/conf/all/send_redirects; echo 0 >/proc/sys/net/ipv4/conf/br0/send_redirects
        """)

    def inside(name):
        fd = os.open(f"/proc/{pids[name]}/ns/net", os.O_RDONLY)
        libc.setns(fd, NEWNET)
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        sock.bind(("eth0", 0))
        libc.setns(own, NEWNET)
        os.close(fd)
        return sock

    wires = {name: inside(name) for name in pids}
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)

    def mac(text):
        return bytes.fromhex(text.replace(":", ""))

    def checksum(data):
        data += b"\0" * (len(data) % 2)
        total = sum(struct.unpack(f"!{len(data) // 2}H", data))
        while total >> 16:
            total = (total & 0xFFFF) + (total >> 16)
        return ~total & 0xFFFF

    NUMBER = {"icmp": 1, "tcp": 6, "udp": 17}

    def build(p, ident):
        proto = NUMBER[p["proto"]]
        src, dst = socket.inet_aton(p["src"]), socket.inet_aton(p["dst"])
        mark = struct.pack("!4sHH", b"dryd", ident, 0)
        if proto == 1:
            body = struct.pack("!BBHHH", 8, 0, 0, ident, 1) + mark
            body = body[:2] + struct.pack("!H", checksum(body)) + body[4:]
        else:
            pseudo = src + dst + struct.pack("!BB", 0, proto)
            if proto == 17:
                head = struct.pack("!HHHH", p["sport"], p["dport"], 8 + len(mark), 0)
                at = 6
            else:
                head = struct.pack("!HHIIBBHHH", p["sport"], p["dport"], ident, 0, 5 << 4, 2, 1024, 0, 0)
                at = 16
            body = head + mark
            body = body[:at] + struct.pack("!H", checksum(pseudo + struct.pack("!H", len(body)) + body)) + body[at + 2:]
        head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(body), ident, 0, 64, proto, 0, src, dst)
        head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
        return head + body

    def look(name, frame, seen, origin):
        if frame[12:14] != b"\x08\x00":
            return
        ip = frame[14:]
        size = (ip[0] & 15) * 4
        proto, body = ip[9], ip[size:]
        at = body.find(b"dryd")
        if at >= 0 and not (proto == 1 and body[0] != 8):
            ident = struct.unpack("!H", body[at + 4:at + 6])[0]
            ports = struct.unpack("!HH", body[:4]) if proto != 1 else (0, 0)
            seen[ident] = f"{name} {socket.inet_ntoa(ip[12:16])} {ports[0]} {socket.inet_ntoa(ip[16:20])} {ports[1]}"
        elif proto == 1 and body[0] == 3:
            inner = body[8:]
            ident = struct.unpack("!H", inner[4:6])[0]
            seen.setdefault(ident, "rejected")
        elif proto == 6 and body[13] & 4:
            ident = (struct.unpack("!I", body[8:12])[0] - 1) & 0xFFFF
            # the acknowledged number is that of the packet and its data
            for number in (ident, (ident - 8) & 0xFFFF):
                if origin.get(number) == struct.unpack("!H", body[2:4])[0]:
                    seen.setdefault(number, "rejected")

    def drain(seen, origin):
        wires["lan"].send(mac(MAC["blue"]) + mac(MAC["lan"]) + b"\x88\xb5" + b"sentinel" * 8)
        wires["blue"].settimeout(5)
        while True:
            frame = wires["blue"].recv(4096)
            if frame[12:14] == b"\x88\xb5":
                break
            look("blue", frame, seen, origin)
        for name in ("lan", "wan"):
            wires[name].setblocking(False)
            while True:
                try:
                    frame = wires[name].recv(4096)
                except BlockingIOError:
                    break
                look(name, frame, seen, origin)

    # an own frame is not what came out
    for sock in wires.values():
        sock.setsockopt(263, 23, 1)  # SOL_PACKET, PACKET_IGNORE_OUTGOING
    probe = open(sys.argv[2]).read()
    clean = "".join(f"*{t}\n" + "".join(f":{c} ACCEPT\n" for c in chains.split()) + "COMMIT\n" for t, chains in {
        "raw": "PREROUTING OUTPUT", "mangle": "PREROUTING INPUT FORWARD OUTPUT POSTROUTING",
        "nat": "PREROUTING INPUT OUTPUT POSTROUTING", "filter": "INPUT FORWARD OUTPUT"}.items())
    # one bash for each case: its end is marked by a line that nothing else prints
    shell = subprocess.Popen(["bash"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def ask(command):
        shell.stdin.write(f"{{ {command}\n}} </dev/null; echo; echo =end=\n")
        shell.stdin.flush()
        lines = []
        while (line := shell.stdout.readline()) != "=end=\n":
            if not line:
                sys.exit("bash ended: " + "".join(lines))
            lines.append(line)
        return "".join(lines)[:-1]

    number = 0
    for line in open(sys.argv[1]):
        case = json.loads(line)
        applied = ask("nft flush ruleset; " + ("iptables-legacy-restore <<'END'\n" + clean + "END\n" if case["legacy"] else "")
                      + case["setup"])
        if applied:
            print(json.dumps({"refused": applied}))
            continue
        answer = {
            "saved": ask("iptables-nft-save"),
            "legacy": ask("iptables-legacy-save") if case["legacy"] else "",
            "filter": ask(probe),
            "bridged": open("/proc/sys/net/bridge/bridge-nf-call-iptables").read().strip(),
            "forward": open("/proc/sys/net/ipv4/ip_forward").read().strip(),
        }
        seen, origin, idents = {}, {}, []
        for p in case["packets"]:
            number = number % 60000 + 1
            idents.append(number)
            origin[number] = p["sport"]
            data = build(p, number)
            if p["from"] == "here":
                try:
                    raw.sendto(data, (p["dst"], 0))
                except OSError:
                    pass  # what its own rules forbid
            else:
                target = MAC["blue"] if p["to"] == "blue" else "02:00:00:00:01:01" if p["from"] == "lan" else "02:00:00:00:01:02"
                wires[p["from"]].send(mac(target) + mac(MAC[p["from"]]) + b"\x08\x00" + data)
        drain(seen, origin)
        answer["seen"] = [seen.get(i, "") for i in idents]
        print(json.dumps(answer), flush=True)
finally:
    for pid in pids.values():
        os.kill(pid, 9)
