package dev.drydock.verify.packet.compare;

/** What both grammars draw from, chosen so that the packets of {@link TestPacket} meet it often. */
record Ingredients(Draw draw) {
    String address() {
        return draw.one(
                "10.9.0.11",
                "10.9.0.11",
                "10.9.0.12",
                "10.9.1.11",
                "8.8.8.8",
                "8.8.8.8",
                "8.8.4.4",
                "10.0.2.15",
                "10.0.2.9",
                "203.0.113.9",
                "10.9.0.1",
                "10.9.0.15");
    }

    String network() {
        return draw.one(
                "10.9.0.0/24",
                "10.9.1.0/24",
                "10.9.0.0/16",
                "8.8.0.0/16",
                "8.0.0.0/7",
                "203.0.113.0/24",
                "10.0.2.0/24",
                "10.0.0.0/8",
                "10.9.0.8/29",
                "10.0.2.8/29",
                "0.0.0.0/1");
    }

    String addressRange() {
        return draw.one(
                "10.9.0.5-10.9.0.11",
                "10.9.0.12-10.9.0.200",
                "8.8.0.0-8.8.4.255",
                "8.8.8.0-8.8.8.9",
                "10.0.2.9-10.0.2.15",
                "203.0.113.1-203.0.113.254",
                "9.0.0.0-11.0.0.0");
    }

    String port() {
        return draw.one("22", "53", "80", "80", "443", "8080", "1234", "5001");
    }

    /** Two ports with what stands between them. */
    String portRange(String sign) {
        String[] ends = draw.one("1-100", "22-80", "81-1000", "443-8080", "1000-1300", "5000-6000", "80-81", "54-65535")
                .split("-");
        return ends[0] + sign + ends[1];
    }

    String in() {
        return draw.one("br0", "br0", "wan0", "lo");
    }

    String out() {
        return draw.one("br0", "wan0", "wan0", "lo");
    }

    String number(int most) {
        return Integer.toString(draw.between(0, most));
    }
}
