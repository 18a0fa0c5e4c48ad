package dev.drydock.verify.facts;


/** A 48-bit link-layer address in lower case: {@code 02:42:ac:11:00:02}. */
public record MacAddress(String text) {
    public static MacAddress parse(String text) {
        return new MacAddress(text.toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public String toString() {
        return text;
    }
}
