package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesSettingsHostsTest {
    private static ChainState policy(String in, String table, String name, String policy) {
        return new ChainState(scope(in), false, table, name, true, Optional.of(policy));
    }

    private static ChainState chain(String table, String name, boolean exists) {
        return new ChainState(scope("host"), false, table, name, exists, Optional.empty());
    }

    private static HostsName db(String... address) {
        return new HostsName(
                scope("container:web"),
                "db",
                address.length == 0 ? Optional.empty() : Optional.of(IpAddress.parse(address[0])),
                true);
    }

    @Test
    void an_untouched_chain_accepts() {
        isMet(policy("host", "filter", "FORWARD", "accept").judge(facts().build()));
        Verdict verdict = policy("netns:red", "filter", "FORWARD", "drop")
                .judge(facts().netns("red").build());
        assertThat(explained(verdict))
                .isEqualTo("""
                expected  policy DROP
                found     policy ACCEPT""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ ip netns exec red iptables -S FORWARD
                -P FORWARD ACCEPT""");
    }

    @Test
    void a_policy_of_another_chain_table_family_or_place_does_not_count() {
        Facts facts = facts().host(h -> h.chain("nft", false, "filter", "INPUT", "DROP")
                        .chain("nft", false, "filter", "FORWARD", "ACCEPT"))
                .build();
        assertThat(explained(policy("host", "filter", "FORWARD", "drop").judge(facts)))
                .endsWith("why       it is INPUT that has policy DROP");
        Facts mangle = facts().host(h -> h.chain("nft", false, "mangle", "FORWARD", "DROP"))
                .build();
        assertThat(explained(policy("host", "filter", "FORWARD", "drop").judge(mangle)))
                .endsWith("why       FORWARD in table mangle has policy DROP");
        Facts ipv6 = facts().host(h -> h.chain("nft", true, "filter", "FORWARD", "DROP"))
                .build();
        assertThat(explained(policy("host", "filter", "FORWARD", "drop").judge(ipv6)))
                .endsWith("why       FORWARD of ip6tables has policy DROP");
        Facts red = facts().netns("red", n -> n.chain("nft", false, "filter", "FORWARD", "DROP"))
                .build();
        assertThat(policy("host", "filter", "FORWARD", "drop").judge(red).isNotMet())
                .isTrue();
    }

    @Test
    void both_back_ends_decide_together() {
        Facts facts = facts().host(h -> h.chain("nft", false, "filter", "FORWARD", "ACCEPT")
                        .chain("legacy", false, "filter", "FORWARD", "DROP"))
                .build();
        isMet(policy("host", "filter", "FORWARD", "drop").judge(facts));
        Verdict verdict = policy("host", "filter", "FORWARD", "accept").judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  policy ACCEPT
                found     policy DROP
                why       packets pass the chains of both back ends, and that of iptables-legacy drops""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ iptables -S FORWARD
                -P FORWARD ACCEPT
                $ iptables-legacy -S FORWARD
                -P FORWARD DROP""");
    }

    @Test
    void a_user_defined_chain_is_there_or_not_and_has_no_policy() {
        Facts facts =
                facts().host(h -> h.chain("nft", false, "nat", "DOCKER", "")).build();
        isMet(chain("nat", "DOCKER", true).judge(facts));
        isMet(chain("nat", "DOCKER-USER", false).judge(facts));
        Verdict verdict = chain("filter", "DOCKER", true).judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  a chain DOCKER
                found     no chain DOCKER
                why       DOCKER in table nat exists""");
        assertThat(explained(chain("nat", "DOCKER", false).judge(facts)))
                .isEqualTo(
                        """
                expected  no chain DOCKER in table nat
                found     a chain DOCKER in table nat""");
        assertThat(explained(policy("host", "nat", "DOCKER", "drop").judge(facts)))
                .isEqualTo(
                        """
                expected  policy DROP
                found     no policy
                why       DOCKER is a user-defined chain; only built-in chains have a policy""");
    }

    @Test
    void a_policy_is_accept_or_drop() {
        assertThatThrownBy(() -> policy("host", "filter", "FORWARD", "reject"))
                .hasMessage("the policy of a chain is accept or drop");
    }

    @Test
    void a_setting_is_compared_by_value_not_by_beginning() {
        SysctlValue wanted = new SysctlValue(scope("host"), "net.ipv4.ip_forward", "1");
        isMet(wanted.judge(
                facts().host(h -> h.sysctl("net.ipv4.ip_forward", "1\n")).build()));
        Verdict verdict = wanted.judge(
                facts().host(h -> h.sysctl("net.ipv4.ip_forward", "10")).build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  net.ipv4.ip_forward = 1
                found     net.ipv4.ip_forward = 10""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ sysctl net.ipv4.ip_forward
                net.ipv4.ip_forward = 10""");
        isMet(new SysctlValue(scope("host"), "net.ipv4.ping_group_range", "0  100")
                .judge(facts().host(h -> h.sysctl("net.ipv4.ping_group_range", "0\t100"))
                        .build()));
    }

    @Test
    void a_setting_of_the_host_is_not_that_of_a_namespace() {
        Facts facts = facts().host(h -> h.sysctl("net.ipv4.ip_forward", "1"))
                .netns("red", n -> n.sysctl("net.ipv4.ip_forward", "0"))
                .build();
        assertThat(explained(new SysctlValue(scope("netns:red"), "net.ipv4.ip_forward", "1").judge(facts)))
                .isEqualTo(
                        """
                expected  net.ipv4.ip_forward = 1
                found     net.ipv4.ip_forward = 0
                why       the lab host has 1, but each namespace has a setting of its own""");
    }

    @Test
    void a_setting_of_a_namespace_is_not_that_of_the_host() {
        Facts facts = facts().host(h -> h.sysctl("net.ipv4.ip_forward", "0"))
                .netns("blue", n -> n.sysctl("net.ipv4.ip_forward", "0"))
                .netns("red", n -> n.sysctl("net.ipv4.ip_forward", "1"))
                .build();
        assertThat(explained(new SysctlValue(scope("host"), "net.ipv4.ip_forward", "1").judge(facts)))
                .isEqualTo(
                        """
                expected  net.ipv4.ip_forward = 1
                found     net.ipv4.ip_forward = 0
                why       red has 1, but each namespace has a setting of its own""");
        assertThat(explained(new SysctlValue(scope("host"), "net.ipv4.ip_forward", "2").judge(facts)))
                .doesNotContain("why");
    }

    @Test
    void a_setting_that_was_not_read_leaves_it_open() {
        SysctlValue wanted = new SysctlValue(scope("host"), "net.ipv4.ip_forward", "1");
        assertThat(wanted.sysctls()).containsExactly("net.ipv4.ip_forward");
        assertThat(reason(wanted.judge(facts().build()))).isEqualTo("net.ipv4.ip_forward could not be read");
        assertThat(reason(new Not(wanted).judge(facts().build()))).isEqualTo("net.ipv4.ip_forward could not be read");
    }

    @Test
    void a_line_of_the_hosts_file_gives_a_name_its_address() {
        Facts facts = facts().container("web", c -> {})
                .hostsFile("container:web", "127.0.0.1 localhost", "172.17.0.2 db db.lab")
                .build();
        isMet(db("172.17.0.2").judge(facts));
        isMet(db().judge(facts));
        Verdict verdict = db("172.17.0.3").judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  172.17.0.3 db
                found     172.17.0.2 db db.lab""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ docker exec web cat /etc/hosts
                172.17.0.2 db db.lab""");
    }

    @Test
    void a_comment_names_nothing() {
        Facts facts = facts().container("web", c -> {})
                .hostsFile("container:web", "# 172.17.0.2 db", "172.17.0.2 db2")
                .build();
        assertThat(explained(db("172.17.0.2").judge(facts)))
                .isEqualTo(
                        """
                expected  172.17.0.2 db
                found     no line for db
                why       the line with db is a comment: everything after # is ignored""");
        isMet(new HostsName(scope("container:web"), "db", Optional.empty(), false).judge(facts));
    }

    @Test
    void the_address_under_another_name_is_told() {
        Facts facts = facts().container("web", c -> {})
                .hostsFile("container:web", "172.17.0.2 db2")
                .build();
        assertThat(explained(db("172.17.0.2").judge(facts))).endsWith("why       172.17.0.2 has the name db2 there");
    }

    @Test
    void the_first_line_of_a_name_wins() {
        Facts facts = facts().container("web", c -> {})
                .hostsFile("container:web", "172.17.0.9 db", "172.17.0.2 db")
                .build();
        assertThat(explained(db("172.17.0.2").judge(facts)))
                .isEqualTo(
                        """
                expected  172.17.0.2 db
                found     172.17.0.9 db and 172.17.0.2 db
                why       the first line with a name is used, and an earlier one gives db another address""");
        Facts families = facts().container("web", c -> {})
                .hostsFile("container:web", "fe80::9 db", "172.17.0.2 db")
                .build();
        isMet(db("172.17.0.2").judge(families));
    }

    @Test
    void a_line_that_means_nothing_is_shown_as_it_stands() {
        Facts facts = facts().container("web", c -> {})
                .hostsFile("container:web", "127.0.0.1 localhost", "db  172.17.0.2")
                .build();
        assertThat(evidence(db("172.17.0.2").judge(facts)))
                .isEqualTo("""
                $ docker exec web cat /etc/hosts
                db  172.17.0.2""");
    }

    @Test
    void a_hosts_file_of_another_container_does_not_count() {
        Facts facts = facts().container("web", c -> {})
                .container("web2", c -> {})
                .hostsFile("container:web", "127.0.0.1 localhost")
                .hostsFile("container:web2", "172.17.0.2 db")
                .build();
        assertThat(db().judge(facts).isNotMet()).isTrue();
    }

    @Test
    void a_hosts_file_that_was_not_read_leaves_it_open() {
        Facts facts = facts().container("web", c -> {}).build();
        assertThat(reason(db().judge(facts))).isEqualTo("the hosts file of container:web was not read");
    }
}
