package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Complaint;
import java.util.Locale;

/** A 48-bit MAC address in lower case: {@code 02:42:ac:11:00:02}. */
public record MacAddress(String text) {

    /** @throws Complaint when the text is no such address */
    public MacAddress {
        String given = text;
        text = given.toLowerCase(Locale.ROOT).replace('-', ':');
        if (!text.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}")) {
            throw new Complaint(say("value.not-a-mac", "text", given));
        }
    }

    /** @throws Complaint when the text is no such address */
    public static MacAddress parse(String text) {
        return new MacAddress(text);
    }

    /** Whether it is a multicast or broadcast address: the lowest bit of the first byte is 1. */
    public boolean isGroup() {
        return Character.digit(text.charAt(1), 16) % 2 == 1;
    }

    /** Whether it is {@code 00:00:00:00:00:00}, as {@code lo} has it. */
    public boolean isZero() {
        return text.matches("[0:]+");
    }

    @Override
    public String toString() {
        return text;
    }
}
