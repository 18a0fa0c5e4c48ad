package dev.drydock.verify.way;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Way;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why one place can or cannot reach another.
 *
 * @param stages the causal chain; nothing follows a link that is broken, or that cannot be told
 * @param fate what becomes of the packet; behind Docker's proxy, of the one that the proxy makes
 * @param probe what the real probe of the same moment showed
 */
public record Reach(Question question, List<Stage> stages, Fate fate, Probe probe) {
    /** What model and probe say together. */
    public enum Verdict {
        REACHES,
        /** A link is broken, and no answer came. */
        BROKEN,
        /** The model could not follow the packet to its end, or it contradicts the probe. */
        CANNOT_TELL
    }

    public Reach {
        stages = List.copyOf(stages);
    }

    /** What must be read beyond a sweep, whatever the question: what decides the way of packets in every namespace. */
    public static Set<ActiveProbe> readings() {
        return Set.of(new ActiveProbe.PacketFilters());
    }

    /** What must be tried, once it is known what there is: the real probe, what is behind a published port, and what a name means. */
    public static Set<ActiveProbe> probes(Facts before, Question question) {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        Beyond.asked(question).ifPresent(probes::add);
        question.port().ifPresent(port -> probes.addAll(Doorway.probes(before, port)));
        probes.addAll(names(question));
        return probes;
    }

    /** What asks for the name that is to be reached, where it is one. */
    public static Set<ActiveProbe> names(Question question) {
        return isName(question) ? Set.of(Resolution.probe(question.from(), question.to())) : Set.of();
    }

    /** Why somebody was reached who should not be: the source may be in the very subnet. */
    public static Optional<String> whyReached(Facts facts, Scope from, String to) {
        Ground ground = new Ground(facts);
        Wording words = new Wording(ground, from);
        return IpAddress.tryParse(to)
                .flatMap(address -> ground.station(from).flatMap(source -> Places.inSubnet(words, source, address)));
    }

    private static boolean isName(Question question) {
        return !question.to().isEmpty()
                && !question.to().equals(Resolution.LOCALHOST)
                && IpAddress.tryParse(question.to()).isEmpty();
    }

    /** Follows the packet and its answer. */
    public static Reach of(Facts facts, Question question) {
        Ground ground = new Ground(facts);
        return of(ground, question, Probe.of(ground, question));
    }

    /** Follows the packet and its answer, and says it of this probe. */
    public static Reach of(Facts facts, Question question, Probe probe) {
        return of(new Ground(facts), question, probe);
    }

    private static Reach of(Ground ground, Question question, Probe probe) {
        Trail trail = new Trail();
        Course course = new Course(ground, question, trail, probe);
        course.run();
        if (trail.broken().isPresent()) {
            trail.add("the rest of the way", new Finding.NotReached());
        }
        return new Reach(question, trail.all(), trail.fate(), course.probe);
    }

    /** The link that is broken. */
    public Optional<Finding.Broken> broken() {
        return stages.stream()
                .flatMap(stage -> Finding.broken(stage.finding()).stream())
                .findFirst();
    }

    /** The link that keeps the packet or its answer from getting through, in words; empty where nobody can tell, or nothing does. */
    public Optional<String> why() {
        return verdict() == Verdict.BROKEN ? broken().map(Finding.Broken::found) : Optional.empty();
    }

    /** Whether the model sees the packet and its answer come through. */
    public boolean holds() {
        return !stages.isEmpty() && stages.stream().allMatch(stage -> stage.finding() instanceof Finding.Holds);
    }

    public Verdict verdict() {
        if (disagree()) {
            return Verdict.CANNOT_TELL;
        }
        if (broken().isPresent()) {
            return Verdict.BROKEN;
        }
        return holds() || probe.answered() ? Verdict.REACHES : Verdict.CANNOT_TELL;
    }

    /** Whether the model and the real probe contradict each other. */
    public boolean disagree() {
        return broken().isPresent() ? probe.contradicts(broken().get().cause(), fate) : probe.failed() && holds();
    }

    /** One question's way through the world, told to a trail. */
    private static final class Course {
        private final Ground ground;
        private final Question question;
        private final Trail trail;
        private Probe probe;

        Course(Ground ground, Question question, Trail trail, Probe probe) {
            this.ground = ground;
            this.question = question;
            this.trail = trail;
            this.probe = probe;
        }

        void run() {
            Wording words = new Wording(ground, question.from());
            Optional<Station> source = ground.station(question.from());
            if (source.isEmpty()) {
                trail.add(
                        question.from().name().isEmpty()
                                ? "the source"
                                : question.from().name(),
                        Places.missing(ground, question.from()));
                return;
            }
            Optional<Station> target = question.target().flatMap(ground::station);
            if (question.target().isPresent() && target.isEmpty()) {
                trail.add(
                        question.target().get().name(),
                        Places.missing(ground, question.target().get()));
                return;
            }
            if (question.to().isEmpty()) {
                trail.add(
                        "address of " + words.place(target.orElseThrow()),
                        Places.addressless(ground, words, target.get()));
                return;
            }
            Optional<IpAddress> to = IpAddress.tryParse(question.to()).or(this::resolved);
            if (to.isEmpty()) {
                return;
            }
            if (to.get().isIpv6()) {
                Doorway doorway = new Doorway(ground, words, new Gates(ground, words, question));
                new SixthVersion(ground, words, doorway, trail).follow(source.get(), to.get(), question.port());
                return;
            }
            connection(words, source.get(), to.get());
        }

        private Optional<IpAddress> resolved() {
            Resolution resolution = new Resolution(ground, question.from(), question.to());
            Optional<IpAddress> address = resolution.address();
            String title = "name " + question.to();
            if (address.isEmpty()) {
                trail.add(title, resolution.missing(probe));
            } else if (probe.failed() && resolution.isAmbiguous()) {
                trail.cannotTell(title, "it has several addresses, and which one was tried is not known");
                return Optional.empty();
            } else {
                trail.holds(title, "is " + address.get() + resolution.shown());
            }
            return address;
        }

        private void connection(Wording words, Station source, IpAddress to) {
            Optional<Router> router = ground.router(source);
            if (router.isEmpty()) {
                trail.cannotTell(
                        "route " + words.at(source), "the interfaces or routes " + words.at(source) + " were not read");
                return;
            }
            Optional<IpAddress> from = router.get().sourceFor(to);
            Gates gates = new Gates(ground, words, question);
            // a packet without a source is stopped by the lack of a route or of an address, whichever comes first
            Header header = header(from.orElse(new IpAddress("0.0.0.0")), to);
            Beyond beyond = new Beyond(ground, words, probe);
            Walk walk = new Walk(ground, words, gates, beyond, trail);
            if (from.isEmpty() && router.get().way(to).kind() == Way.Kind.ON) {
                trail.holds("route " + words.at(source), router.get().way(to).words());
                trail.add("address " + words.at(source), Places.addressless(ground, words, source));
                return;
            }
            Optional<Walk.Arrival> arrival = walk.there(source, header);
            if (arrival.isEmpty()) {
                return;
            }
            if (arrival.get().at().isEmpty()) {
                Optional<Finding.Broken> refused = beyond.refused();
                if (refused.isPresent()) {
                    trail.add("outside", refused.get());
                    return;
                }
                trail.holds(
                        "outside",
                        "what lies beyond " + words.place(arrival.get().last()) + " was not read");
            } else if (!answered(words, gates, arrival.get())) {
                return;
            }
            walk.back(source, header, arrival.get());
        }

        /** Whether somebody answers where the packet arrived, Docker's proxy and who is behind it included. */
        private boolean answered(Wording words, Gates gates, Walk.Arrival arrival) {
            Doorway doorway = new Doorway(ground, words, gates);
            Doorway.Answer answer = doorway.at(arrival, question);
            Station at = arrival.at().orElseThrow();
            String port = question.port().isPresent()
                    ? "port " + arrival.header().destinationPort().first() + " "
                    : "answer ";
            trail.add(port + words.at(at), answer.finding());
            if (!(answer.finding() instanceof Finding.Holds)) {
                return false;
            }
            if (answer.behind().isEmpty()) {
                return true;
            }
            Optional<Header> onward = doorway.proxied(at, answer.behind().get(), arrival.header());
            if (onward.isEmpty()) {
                trail.cannotTell("Docker's proxy", "where it goes on to cannot be told");
                return false;
            }
            trail.holds(
                    "Docker's proxy",
                    "goes on to " + onward.get().destination() + ":"
                            + onward.get().destinationPort());
            trail.packetIs(Fate.HELD);
            probe = probe.behindProxy(doorway.tried(at, answer.behind().get()));
            Walk second = new Walk(ground, words, gates, new Beyond(ground, words, probe), trail);
            Optional<Walk.Arrival> behind = second.there(at, onward.get());
            if (behind.isEmpty() || behind.get().at().isEmpty()) {
                return false;
            }
            Finding there = doorway.behindProxy(behind.get(), answer.behind().get());
            trail.add(
                    "port " + onward.get().destinationPort() + " "
                            + words.at(behind.get().at().get()),
                    there);
            if (there instanceof Finding.Holds) {
                second.back(at, onward.get(), behind.get());
            }
            return trail.broken().isEmpty() && !trail.unknown();
        }

        private Header header(IpAddress from, IpAddress to) {
            return new Header(
                    from,
                    to,
                    question.port().isPresent() ? Protocol.TCP : Protocol.ICMP,
                    question.port().isPresent() ? Ports.EPHEMERAL : Ports.NONE,
                    question.port().map(Ports::of).orElse(Ports.NONE));
        }
    }
}
