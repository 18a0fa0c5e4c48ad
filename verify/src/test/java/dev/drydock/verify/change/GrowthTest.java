package dev.drydock.verify.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Comparisons of large worlds come to an end, and tell what they tell of small ones. The limit only stops what would take hours. */
@Timeout(120)
class GrowthTest {
    private static final int MANY = 20_000;
    private static final Evidence READ = new Evidence("a command", "");

    private static <T> Reading<T> known(T value) {
        return new Reading.Known<>(value, READ);
    }

    private static Namespace namespace(
            long inode, Scope name, List<Link> links, List<Route> routes, List<String> rules) {
        return new Namespace(
                inode,
                Set.of(name),
                known(links),
                known(routes),
                known(RoutingRule.USUAL),
                known(List.of()),
                known(List.of()),
                known(List.of(new Chain("nft", false, "filter", "FORWARD", Optional.of("ACCEPT"), rules))),
                known(Map.of()),
                known(List.of()),
                known(Map.of()));
    }

    private static Facts facts(List<Namespace> namespaces) {
        return new Facts(
                "labhost",
                new TreeMap<>(Map.of(
                        "labhost",
                        new HostFacts(
                                "labhost",
                                known(namespaces),
                                known(List.of()),
                                known(List.of()),
                                Map.of(),
                                known(List.of()),
                                Map.of()))));
    }

    private static Facts host(List<Route> routes, List<String> rules) {
        return facts(List.of(namespace(1, Scope.LAB_HOST, List.of(), routes, rules)));
    }

    private static List<Route> routes(String second, IntFunction<Integer> metric) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> new Route(
                        false,
                        "unicast",
                        Cidr.parse("10." + second + "." + i / 256 + "." + i % 256 + "/32"),
                        Optional.empty(),
                        Optional.of("eth0"),
                        Optional.empty(),
                        metric.apply(i),
                        "main"))
                .toList();
    }

    private static List<String> rules(int from) {
        return IntStream.range(from, from + MANY)
                .mapToObj(i -> "-A FORWARD -s 10.0." + i / 256 + "." + i % 256 + "/32 -j DROP")
                .toList();
    }

    private static List<String> told(Facts before, Facts after) {
        return Changes.between(before, after)
                .all()
                .map(change -> change.sign().mark() + " " + Words.text(change.words()))
                .toList();
    }

    @Test
    void of_many_routes_that_all_went_and_others_came() {
        List<String> told = told(host(routes("1", i -> 0), List.of()), host(routes("2", i -> 0), List.of()));
        assertThat(told).hasSize(2 * MANY).startsWith("+ 10.2.0.0 dev eth0").endsWith("- 10.1.78.31 dev eth0");
        assertThat(told(host(routes("1", i -> 0), List.of()), host(routes("1", i -> 5), List.of())))
                .hasSize(2 * MANY);
        List<Route> shuffled = new ArrayList<>(routes("1", i -> 0));
        Collections.shuffle(shuffled, new Random(1));
        assertThat(told(host(routes("1", i -> 0), List.of()), host(shuffled, List.of())))
                .isEmpty();
    }

    @Test
    void of_many_rules_before_which_one_is_put_or_that_are_all_others() {
        List<String> longer = new ArrayList<>(rules(0));
        longer.add(5, "-A FORWARD -j ACCEPT");
        assertThat(told(host(List.of(), rules(0)), host(List.of(), longer)))
                .singleElement()
                .asString()
                .contains("rule 6 of " + (MANY + 1));
        assertThat(told(host(List.of(), rules(0)), host(List.of(), rules(MANY))))
                .hasSize(2 * MANY);
        List<String> turned = new ArrayList<>(rules(0));
        Collections.reverse(turned);
        assertThat(told(host(List.of(), rules(0)), host(List.of(), turned))).hasSize(MANY - 1);
        List<String> rotated = new ArrayList<>(rules(0));
        Collections.rotate(rotated, 1);
        assertThat(told(host(List.of(), rules(0)), host(List.of(), rotated)))
                .singleElement()
                .asString()
                .contains("is rule 1 now, was " + MANY);
    }

    @Test
    void of_many_namespaces_that_came() {
        List<Namespace> all = new ArrayList<>(List.of(namespace(1, Scope.LAB_HOST, List.of(), List.of(), List.of())));
        Facts before = facts(List.copyOf(all));
        for (int i = 0; i < 2000; i++) {
            all.add(namespace(100 + i, Scope.netns("n" + i), List.of(), List.of(), List.of()));
        }
        assertThat(told(before, facts(all))).hasSize(2000);
        assertThat(told(facts(all), facts(all))).isEmpty();
        assertThat(told(facts(all), before)).hasSize(2000);
    }

    @Test
    void what_is_common_is_found_alike_by_both_ways() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<String> was = new ArrayList<>(
                    IntStream.range(0, 600).mapToObj(Integer::toString).toList());
            Collections.shuffle(was, random);
            List<String> is = new ArrayList<>(was.subList(0, 599));
            Collections.swap(is, random.nextInt(599), random.nextInt(599));
            is.add(0, "first");
            is.add("last");
            CommonRules common = CommonRules.of(was, is);
            long kept =
                    IntStream.range(0, was.size()).filter(i -> common.kept()[i]).count();
            long stayed = IntStream.range(0, is.size())
                    .filter(i -> common.stayed()[i])
                    .count();
            assertThat(kept).isEqualTo(stayed).isGreaterThanOrEqualTo(597);
            List<String> one = IntStream.range(0, was.size())
                    .filter(i -> common.kept()[i])
                    .mapToObj(was::get)
                    .toList();
            List<String> other = IntStream.range(0, is.size())
                    .filter(i -> common.stayed()[i])
                    .mapToObj(is::get)
                    .toList();
            assertThat(one).isEqualTo(other);
        }
    }
}
