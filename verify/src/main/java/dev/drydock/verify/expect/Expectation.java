package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.Optional;
import java.util.Set;

/** What a step declares about the state; one record per kind. */
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
    /** One line for a list of goals, stating the wanted state: {@code busybox2 reaches 172.17.0.2}. */
    Message statement();

    /** What must be tried, beyond the sweep, before this can be judged. */
    default Set<ActiveProbe> probes() {
        return Set.of();
    }

    /** Kernel settings, in dotted form, that the sweep must read in every namespace before this can be judged. */
    default Set<String> sysctls() {
        return Set.of();
    }

    /**
     * The namespaces in which this looks. A statement about a place supposes the place: where one of these is known to be absent,
     * neither the statement nor its negation is met.
     */
    default Set<Scope> places() {
        return Set.of();
    }

    /** Judges without I/O and without a clock. */
    Verdict judge(Facts facts);

    /** One line stating that this does not hold. */
    default Message denial() {
        return say("goal.not-so", "statement", statement());
    }

    /** Judges that this does not hold, given that its places are there. What could not be told stays so. */
    default Verdict judgeOpposite(Facts facts) {
        return judge(facts)
                .fold(
                        met -> new Verdict.NotMet(denial(), statement(), met.evidence(), Optional.empty()),
                        notMet -> new Verdict.Met(notMet.evidence()),
                        cannotTell -> cannotTell);
    }
}
