package dev.drydock.verify.packet;

import java.util.Locale;

/** What a witness packet may be; an icmp packet is an echo request. */
public enum Protocol {
    TCP(6),
    UDP(17),
    ICMP(1);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public boolean hasPorts() {
        return this != ICMP;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
