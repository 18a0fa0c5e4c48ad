package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.engine.session.Destination.As;
import dev.drydock.engine.session.InvalidQuery.Part;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @ParameterizedTest
    @CsvSource({
        "b, ANY, b, 0, ICMP",
        "b:80, ANY, b, 80, TCP",
        "b:80/tcp, ANY, b, 80, TCP",
        "b:53/udp, ANY, b, 53, UDP",
        "b:53/UDP, ANY, b, 53, UDP",
        "beta/b, ANY, beta/b, 0, ICMP",
        "beta/b:53/udp, ANY, beta/b, 53, UDP",
        "pid:42, ANY, pid:42, 0, ICMP",
        "beta/netns:80, ANY, beta/netns:80, 0, ICMP",
        "beta/pid:42:80, ANY, beta/pid:42, 80, TCP",
        "pid:42:53/udp, ANY, pid:42, 53, UDP",
        "container:web, ANY, container:web, 0, ICMP",
        "container:web:8080, ANY, container:web, 8080, TCP",
        "name:web, NAME, web, 0, ICMP",
        "name:web:53/udp, NAME, web, 53, UDP",
        "ipv6:blue, PLACE_BY_IPV6, blue, 0, ICMP",
        "ipv6:blue:80, PLACE_BY_IPV6, blue, 80, TCP",
        "10.0.0.1, ADDRESS, 10.0.0.1, 0, ICMP",
        "10.0.0.1:53/udp, ADDRESS, 10.0.0.1, 53, UDP",
        "[::1], ADDRESS, ::1, 0, ICMP",
        "[::1]:80, ADDRESS, ::1, 80, TCP",
        "[fd00::1]:53/udp, ADDRESS, fd00::1, 53, UDP",
        "fe80::1:80, ADDRESS, fe80::1:80, 0, ICMP",
        "fe80::1%eth0, ADDRESS, fe80::1%eth0, 0, ICMP",
        "fe80::1%eth0:80, ADDRESS, fe80::1%eth0, 80, TCP",
        "[fe80::1%eth0]:80, ADDRESS, fe80::1%eth0, 80, TCP",
        "fd00:1:2:3:4:5:6:7:80, ADDRESS, fd00:1:2:3:4:5:6:7, 80, TCP",
        "www.example.com:443, ANY, www.example.com, 443, TCP",
        "http://web, ANY, web, 80, TCP",
        "http://web:8080/path, ANY, web, 8080, TCP",
        "http://web/a:b/udp, ANY, web, 80, TCP",
        "HTTP://user:secret@web:8080/?a=b, ANY, web, 8080, TCP",
        "https://web/, ANY, web, 443, TCP",
        "https://10.0.0.1#top, ADDRESS, 10.0.0.1, 443, TCP",
        "http://[fd00::1]/, ADDRESS, fd00::1, 80, TCP",
        "http://[fd00::1]:8080/, ADDRESS, fd00::1, 8080, TCP",
        "udp://b:53, ANY, b, 53, UDP",
        "tcp://b:53, ANY, b, 53, TCP",
        "dns://b, ANY, b, 53, UDP",
        "jdbc:postgresql://db/shop, ANY, db, 5432, TCP",
        "gopher://b:70/, ANY, b, 70, TCP",
        "0.0.0.0:80, ADDRESS, 0.0.0.0, 80, TCP",
    })
    void reads_each_way_of_writing_one(String typed, As as, String word, int port, Protocol protocol)
            throws InvalidQuery {
        assertThat(Destination.parse(typed))
                .isEqualTo(new Destination(as, word, port == 0 ? Optional.empty() : Optional.of(port), protocol));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b:99999|'99999' in 'b:99999' is no port.|2|7",
                "b:0|'0' in 'b:0' is no port.|2|3",
                "b:123456|'123456' in 'b:123456' is no port.|2|8",
                "pid:42:65536|'65536' in 'pid:42:65536' is no port.|7|12",
                "b:|There is no port behind the colon of 'b:'.|2|2",
                "b:http|'http' in 'b:http' is no port.|2|6",
                "b:-1/udp|'-1' in 'b:-1/udp' is no port.|2|4",
                "b:80-90|'80-90' in 'b:80-90' is no port.|2|7",
                "http://b:x/|'x' in 'http://b:x/' is no port.|9|10",
                "b:80/sctp|'sctp' is no protocol that has ports here.|5|9",
                "b:80/icmp|'icmp' is no protocol that has ports here: ICMP has none.|5|9",
                "b:8080/path|'path' is no protocol that has ports here.|7|11",
                "b:80/|There is no protocol behind the slash.|5|5",
                "10.0.0.1/udp|There is no port in '10.0.0.1/udp'.|8|8",
                "pid:42/udp|There is no port in 'pid:42/udp'.|6|6",
                "[::1]/udp|There is no port in '[::1]/udp'.|5|5",
                "10.0.0.0/24|'10.0.0.0/24' is a subnet, and a packet goes to one address.|8|11",
                "10.0.0.0/24:80|'10.0.0.0/24:80' is a subnet, and a packet goes to one address.|8|14",
                "10.0.0.0/255.255.255.0|'10.0.0.0/255.255.255.0' is a subnet, and a packet goes to one address.|8|22",
                "fd00::/64|'fd00::/64' is a subnet, and a packet goes to one address.|6|9",
                "[fd00::]/64|'[fd00::]/64' is a subnet, and a packet goes to one address.|8|11",
                "fd00::1::2|'fd00::1::2' is no IPv6 address.|0|10",
                "fe80::zz|'fe80::zz' is no IPv6 address.|0|8",
                "[fe80::zz]:80|'fe80::zz' is no IPv6 address.|1|9",
                "[web]:80|'web' is no IPv6 address.|1|4",
                "[::1|The brackets in '[::1' are not around an address alone.|4|4",
                "[::1]80|The brackets in '[::1]80' are not around an address alone.|5|7",
                "::1]:80|The brackets in '::1]:80' are not around an address alone.|0|0",
                "10.0.0.1%eth0|'10.0.0.1%eth0' names an interface behind %, which only an IPv6 address can have.|8|13",
                "fe80::1%|'fe80::1%' is no IPv6 address.|0|8",
                ":80|Nothing in ':80' says where to.|0|0",
                "name:|Nothing in 'name:' says where to.|0|0",
                "http:///path|Nothing in 'http:///path' says where to.|7|7",
                "http:/web|'http:/web' is no URL: two slashes stand behind its colon.|5|6",
                "udp:web:53|'udp:web:53' is no URL: two slashes stand behind its colon.|4|4",
                "udp://b|Which port udp: means is not known.|7|7",
                "gopher://b/x|Which port gopher: means is not known.|10|10",
            })
    void says_what_is_wrong_and_where(String typed, String sentence, int from, int to) {
        InvalidQuery misnamed = misnamed(typed);
        assertThat(misnamed).hasMessage(sentence);
        assertThat(misnamed.part()).contains(new Part(typed, from, to));
        assertThat(Words.text(misnamed.next())).endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "255.255.255.255",
                "224.0.0.1",
                "239.1.2.3:5000/udp",
                "ff02::1",
                "ff02::1%eth0",
                "[ff02::1]:53/udp"
            })
    void says_at_once_that_an_address_of_many_is_not_one_place(String typed) {
        assertThat(misnamed(typed))
                .hasMessageContaining("is not one place")
                .extracting(misnamed -> Words.text(misnamed.next()))
                .isEqualTo("Ask for the address of one place.");
    }

    @Test
    void says_how_to_write_it() {
        assertThat(Words.text(misnamed("b:8080/path").next())).endsWith("A URL begins as http://b:8080/path.");
        assertThat(Words.text(misnamed("http:/web").next())).isEqualTo("Write http://web.");
        assertThat(Words.text(misnamed("b:80-90").next())).endsWith("ask for one port at a time.");
        assertThat(Words.text(misnamed("[::1]/udp").next())).endsWith("such as [::1]:53/udp.");
        assertThat(Words.text(misnamed("udp://b").next())).isEqualTo("Write the port, such as udp://b:80.");
    }

    private static InvalidQuery misnamed(String typed) {
        InvalidQuery misnamed = catchThrowableOfType(InvalidQuery.class, () -> Destination.parse(typed));
        assertThat(misnamed).as(typed).isNotNull();
        return misnamed;
    }
}
