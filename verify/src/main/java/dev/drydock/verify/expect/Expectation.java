package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.Optional;
import java.util.Set;

/** One statement about the state of the lab, as a step of an exercise declares it. One record for each kind; immutable. */
public sealed interface Expectation
        permits BridgeState,
                ChainState,
                ContainerState,
                DnsAnswer,
                DnsSpread,
                ForwardVerdict,
                ForwardingEntry,
                HostsName,
                HttpAnswer,
                InterfaceState,
                Interfaces,
                Listening,
                MountPoint,
                NatResult,
                NeighbourState,
                NetnsDiffers,
                NetnsExists,
                NetnsSame,
                NetworkState,
                Not,
                OutputMatch,
                PingReach,
                ProcessState,
                PublishedPort,
                RouteExists,
                SysctlValue,
                TcpResult,
                VethPair {
    /** One line for the list of goals that states the wanted state: {@code busybox2 reaches 172.17.0.2}. */
    Message statement();

    /** The active probes that must run before this can be judged. */
    default Set<ActiveProbe> probes() {
        return Set.of();
    }

    /** The sysctls, in dotted form, that the sweep must read in every namespace before this can be judged. */
    default Set<String> sysctls() {
        return Set.of();
    }

    /** The namespaces that this is about. They must exist: where one is known to be absent, neither the expectation nor its negation is met. */
    default Set<Scope> places() {
        return Set.of();
    }

    /**
     * Judges the facts. Pure: no I/O, no clock. Facts that could not be read, or a probe that did not run, give "cannot tell", never an exception.
     */
    Verdict judge(Facts facts);

    /** One line that states the opposite. */
    default Message denial() {
        return say("goal.not-so", "statement", statement());
    }

    /** Judges the opposite, given that the namespaces exist. "Cannot tell" stays "cannot tell". */
    default Verdict judgeOpposite(Facts facts) {
        return judge(facts)
                .fold(
                        met -> new Verdict.NotMet(denial(), statement(), met.evidence(), Optional.empty()),
                        notMet -> new Verdict.Met(notMet.evidence()),
                        cannotTell -> cannotTell);
    }
}
