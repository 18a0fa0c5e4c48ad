package dev.drydock.verify.facts;

/** The full names of sysctls that each interface has of its own. As sysctl(8) has it, a dot in the interface's name is a slash. */
public final class InterfaceSetting {
    private InterfaceSetting() {}

    /** {@code net.ipv4.conf.eth0.rp_filter}. */
    public static String ipv4(String device, String key) {
        return of(false, device, key);
    }

    /** {@code net.ipv6.conf.eth0.disable_ipv6}. */
    public static String ipv6(String device, String key) {
        return of(true, device, key);
    }

    private static String of(boolean ipv6, String device, String key) {
        return (ipv6 ? "net.ipv6.conf." : "net.ipv4.conf.") + device.replace('.', '/') + "." + key;
    }
}
