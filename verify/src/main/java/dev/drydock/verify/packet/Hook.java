package dev.drydock.verify.packet;

/** The netfilter hooks at which the kernel calls chains. */
public enum Hook {
    PREROUTING,
    INPUT,
    FORWARD,
    OUTPUT,
    POSTROUTING
}
