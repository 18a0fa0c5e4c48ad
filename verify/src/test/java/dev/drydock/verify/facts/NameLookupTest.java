package dev.drydock.verify.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What resolv.conf says of the servers that glibc asks, and how. */
class NameLookupTest {
    private static NameLookup lookup(String... lines) {
        return new NameLookup(List.of(lines), Optional.empty(), List.of());
    }

    @Test
    void asks_the_first_three_servers_and_never_those_after_them() {
        NameLookup five = lookup(
                "nameserver 10.0.0.1",
                "# nameserver 10.0.0.9",
                "nameserver 10.0.0.2 ; the second",
                "nameserver 10.0.0.3",
                "nameserver 10.0.0.4",
                "nameserver 10.0.0.5");
        assertThat(five.named()).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
        assertThat(five.unread()).containsExactly("10.0.0.4", "10.0.0.5");
        assertThat(lookup("nameserver 10.0.0.1").unread()).isEmpty();
    }

    @Test
    void asks_by_tcp_only_where_an_option_says_so() {
        assertThat(lookup("nameserver 10.0.0.1", "options ndots:2 use-vc").byTcp())
                .isTrue();
        assertThat(lookup("nameserver 10.0.0.1", "#options use-vc", "options ndots:2")
                        .byTcp())
                .isFalse();
        assertThat(lookup("search use-vc").byTcp()).isFalse();
        assertThat(lookup("").byTcp()).isFalse();
    }
}
