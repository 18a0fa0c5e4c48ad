package dev.drydock.shell.screen;

import dev.drydock.verify.facts.Facts;

/** Networks that tests draw. */
public final class SampleNetworks {
    private SampleNetworks() {}

    /** A lab host with docker0 and nothing on it. */
    static Networks host() {
        return new Networks("labhost")
                .uplink("10.0.2.15/24")
                .bridge("docker0", "172.17.0.1/16", "bridge")
                .nat("-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE");
    }

    /** Nothing but docker0. */
    public static Facts quiet() {
        return Networks.facts(host());
    }

    /** What is wrong in every way that is visible on one lab host. */
    public static Facts broken() {
        return Networks.facts(
                host().cable("host", "vethdown", true, "docker0", "netns:down", "eth0", false, "172.17.0.2/16")
                        .cable("host", "vethbare", "docker0", "netns:bare", "eth0")
                        .cable("host", "vethtwin1", "docker0", "netns:twin1", "eth0", "172.17.0.9/16")
                        .cable("host", "vethtwin2", "docker0", "netns:twin2", "eth0", "172.17.0.9/16")
                        .route("netns:twin2", "172.17.0.254", "eth0")
                        .cable("host", "vethloose", "", "netns:loose", "eth0", "10.9.0.2/24")
                        .cable("host", "vethanon", "docker0", "pid:608", "eth0", "172.17.0.8/16")
                        .loose("vethgone", "docker0")
                        .container("old", ""));
    }
}
