package dev.drydock.verify.probe;

import static dev.drydock.verify.facts.LearnerCommand.quoted;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A host that a probe names, as a command that can be typed.
 *
 * <p>A probe is a program of the lab host in the network of a container, which reads the files of that container where it is given a name. By hand
 * no program can be started so with a few words. Hence the command that is shown has the address that the name had, and prints the same. Where
 * the name has no address, the command is one of the container's own busybox, and its complaint is added to the output.
 *
 * @param host an address, or a name
 */
record OwnNames(String host) {
    /** What glibc and curl say of a name without an address. */
    private static final List<String> UNKNOWN = List.of(
            "Name or service not known",
            "Temporary failure in name resolution",
            "No address associated with hostname",
            "Resolving timed out",
            "curl: (6)");

    // ping: bad address 'db'
    private static final Pattern BAD_ADDRESS = Pattern.compile("(?m)^(?:ping|nc|wget): bad address '.*'$");

    boolean isName() {
        return IpAddress.tryParse(host).isEmpty();
    }

    /** Whether a program that enters only the network of the scope would look for the name in other files. */
    boolean differ(Scope scope) {
        return isName() && (scope.kind() == Scope.Kind.CONTAINER || scope.kind() == Scope.Kind.PID);
    }

    /**
     * The capture with the command that prints it.
     *
     * @param own the busybox program of the command for a name without an address
     * @param address where the output tells it
     * @param typed the command for an address
     */
    ProbeCapture capture(
            LearnerCommand learner,
            String own,
            Optional<IpAddress> address,
            Function<IpAddress, String> typed,
            ProbeCapture plain) {
        if (!differ(learner.scope())) {
            return plain;
        }
        if (address.isPresent()) {
            return ProbeCapture.of(typed.apply(address.get()), plain.exit(), plain.out(), plain.err());
        }
        return UNKNOWN.stream().anyMatch(plain.err()::contains)
                ? ProbeCapture.of(plain.command(), plain.exit(), plain.out(), complaint(own) + "\n" + plain.err())
                : plain;
    }

    private String complaint(String program) {
        return program + ": bad address '" + host + "'";
    }

    /** What busybox says of a name without an address, where the output has it. */
    static Optional<String> complaint(ProbeCapture capture) {
        Matcher complaint = BAD_ADDRESS.matcher(capture.err());
        return complaint.find() ? Optional.of(complaint.group()) : Optional.empty();
    }

    /** The last address that the text has where the pattern's first group, or its second, stands. */
    static Optional<IpAddress> address(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .flatMap(found -> Stream.iterate(1, group -> group + 1)
                        .limit(found.groupCount())
                        .map(found::group))
                .flatMap(word -> Optional.ofNullable(word).flatMap(IpAddress::tryParse).stream())
                .reduce((first, last) -> last);
    }

    /** {@code db:80:172.18.0.2}, for curl's {@code --resolve}. */
    String resolved(int port, IpAddress address) {
        return quoted(host + ":" + port + ":" + IpAddress.beforePort(address.text()));
    }
}
