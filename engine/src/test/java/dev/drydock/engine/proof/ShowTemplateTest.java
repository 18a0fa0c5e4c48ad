package dev.drydock.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShowTemplateTest {
    private final ShowTemplate template = new ShowTemplate();

    @Test
    void white_space_and_empty_lines_do_not_count() {
        assertThat(
                        template.compare(
                                """
                        bridge name     bridge id               STP enabled     interfaces
                        docker0         8000.<hex>              no              veth<hex>
                                                                                veth<hex>
                        """,
                                """
                        bridge name\tbridge id\t\tSTP enabled\tinterfaces

                        docker0\t\t8000.0242ac110002\tno\t\tveth1a2b3c4
                        \t\t\t\t\t\t\tveth99ff00a
                        """))
                .isEmpty();
    }

    @Test
    void shows_the_first_line_that_differs() {
        assertThat(template.compare("one\n<n> packets\nthree", "one\nno packets\nfour"))
                .contains(new ShowTemplate.Difference(2, "<n> packets", "no packets"));
    }

    @Test
    void a_missing_and_a_surplus_line_differ() {
        assertThat(template.compare("one\ntwo", "one")).contains(new ShowTemplate.Difference(2, "two", ""));
        assertThat(template.compare("one", "one\ntwo")).contains(new ShowTemplate.Difference(2, "", "two"));
    }

    @Test
    void each_type_takes_its_own_values_alone() {
        assertThat(template.compare("<mac>", "02:42:ac:11:00:02")).isEmpty();
        assertThat(template.compare("<mac>", "02:42:ac:11:00")).isPresent();
        assertThat(template.compare("<ip>/16", "172.17.0.2/16")).isEmpty();
        assertThat(template.compare("<ip>", "fe80::42:acff:fe11:2")).isEmpty();
        assertThat(template.compare("<ip>", "eth0")).isPresent();
        assertThat(template.compare("<id>", "0123456789ab")).isEmpty();
        assertThat(template.compare("<id>", "0123")).isPresent();
        assertThat(template.compare("<n>", "12a")).isPresent();
        assertThat(template.compare("x <any>", "x y z")).isEmpty();
    }

    @Test
    void a_captured_value_counts_later_and_in_the_next_output() {
        assertThat(template.compare("inet <web:ip>/16\nagain <web>", "inet 172.17.0.2/16\nagain 172.17.0.2"))
                .isEmpty();
        assertThat(template.compare("ping <web>", "ping 172.17.0.2")).isEmpty();
        assertThat(template.compare("ping <web:ip>", "ping 172.17.0.3")).isPresent();
    }

    @Test
    void a_value_captured_in_a_line_counts_within_it() {
        assertThat(template.compare("<a:n> and <a>", "7 and 7")).isEmpty();
        assertThat(new ShowTemplate().compare("<a:n> and <a>", "7 and 8")).isPresent();
    }

    @Test
    void other_angle_brackets_and_regular_expressions_are_text() {
        assertThat(template.compare(
                        "2: eth0: <BROADCAST,UP> mtu (1500) [x]* <none>",
                        "2: eth0: <BROADCAST,UP> mtu (1500) [x]* <none>"))
                .isEmpty();
        assertThat(template.compare("a.c", "abc")).isPresent();
    }
}
