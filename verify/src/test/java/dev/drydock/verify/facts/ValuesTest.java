package dev.drydock.verify.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "0.0.0.0, 0.0.0.0",
        "FE80::1, fe80::1",
        "fe80:0:0:0:0:0:0:1, fe80::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "0:0:0:0:0:0:0:0, ::",
        "::1, ::1",
        "1::, 1::",
        "::ffff:10.0.0.1, ::ffff:10.0.0.1",
        "::ffff:a00:1, ::ffff:10.0.0.1",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201"
    })
    void an_address_has_one_form(String given, String canonical) {
        assertThat(IpAddress.parse(given)).hasToString(canonical);
        assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(given));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.01",
                "10.0.0.1 ",
                "localhost",
                "1:2:3:4:5:6:7",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                ":1",
                "1:",
                "fe80::1%eth0",
                "12345::",
                "::10.0.0",
                "1:2:3:4:5:6:7::8",
                ":::"
            })
    void anything_else_is_no_address_and_no_name_server_is_asked(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
        assertThat(IpAddress.tryParse(text)).isEmpty();
    }

    @Test
    void a_network_contains_its_addresses_only() {
        Cidr net = Cidr.parse("10.9.0.11/20");
        assertThat(net).hasToString("10.9.0.11/20");
        assertThat(net.contains(IpAddress.parse("10.9.15.255"))).isTrue();
        assertThat(net.contains(IpAddress.parse("10.9.16.0"))).isFalse();
        assertThat(net.contains(IpAddress.parse("::1"))).isFalse();
        assertThat(net.sameNetwork(Cidr.parse("10.9.0.0/20"))).isTrue();
        assertThat(net.sameNetwork(Cidr.parse("10.9.0.0/21"))).isFalse();
        assertThat(Cidr.parse("default").isDefault()).isTrue();
        assertThat(Cidr.parse("fd00::/7").contains(IpAddress.parse("fe00::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.1/33", "10.0.0.1/", "10.0.0.1/-1", "::/129", "x/8", "10.0.0.1/8/8"})
    void anything_else_is_no_network(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_mac_address_is_in_lower_case() {
        assertThat(MacAddress.parse("02-42-AC-11-00-02")).hasToString("02:42:ac:11:00:02");
        assertThatThrownBy(() -> MacAddress.parse("02:42:ac:11:00")).hasMessageContaining("02:42:ac:11:00:02");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "netns:red",
                "container:web",
                "pid:42",
                "alpha/netns:red",
                "beta/host",
                "netns:a b",
                "netns:a\tb"
            })
    void a_scope_is_written_as_it_is_read(String text) {
        assertThat(Scope.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "red",
                "netns:",
                "netns:../x",
                "container:-v",
                "container:a/b",
                "pid:x",
                "pid:0",
                "vm:x",
                "/host",
                "netns:..",
                "a b/host",
                "netns:a/b",
                "vm:a\nb"
            })
    void anything_else_is_one_line_for_the_author(String text) {
        assertThatThrownBy(() -> Scope.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasLineCount(1);
    }
}
