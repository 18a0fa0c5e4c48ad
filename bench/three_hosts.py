"""Three hosts on a Linux bridge, up and down, by Mininet: microseconds as "NAME VALUE" lines."""
import sys
import time

from mininet.net import Mininet
from mininet.nodelib import LinuxBridge
from mininet.topo import SingleSwitchTopo

for _ in range(int(sys.argv[1])):
    started = time.time()
    net = Mininet(topo=SingleSwitchTopo(3), switch=LinuxBridge, controller=None)
    net.start()
    up = time.time()
    net.stop()
    down = time.time()
    print("mininet-up %d" % ((up - started) * 1e6))
    print("mininet-down %d" % ((down - up) * 1e6))
