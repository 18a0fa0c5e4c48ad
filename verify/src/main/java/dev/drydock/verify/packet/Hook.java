package dev.drydock.verify.packet;

/** Where the kernel lets rules look at a packet. */
public enum Hook {
    PREROUTING,
    INPUT,
    FORWARD,
    OUTPUT,
    POSTROUTING
}
