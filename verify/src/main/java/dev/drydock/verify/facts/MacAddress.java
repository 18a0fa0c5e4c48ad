package dev.drydock.verify.facts;

import java.util.Locale;

/** A 48-bit link-layer address in lower case: {@code 02:42:ac:11:00:02}. */
public record MacAddress(String text) {

    /** @throws IllegalArgumentException with a sentence for the author when the text is no such address */
    public MacAddress {
        String given = text;
        text = given.toLowerCase(Locale.ROOT).replace('-', ':');
        if (!text.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}")) {
            throw new IllegalArgumentException("'" + given + "' is not a MAC address such as 02:42:ac:11:00:02");
        }
    }

    /** @throws IllegalArgumentException with a sentence for the author when the text is no such address */
    public static MacAddress parse(String text) {
        return new MacAddress(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
