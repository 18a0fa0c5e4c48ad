package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.Locale;
import java.util.Optional;

/** A wrong answer of a known kind. Its sentence is about what was typed, and never contains the right answer. */
sealed interface AnswerMistake {
    /**
     * The sentence for the learner.
     *
     * @param typed as it was typed
     */
    Message said(String typed);

    /** The right address of a subnet without its mask. */
    record MaskForgotten() implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.mask-forgotten", "typed", typed);
        }
    }

    /** The right address of a subnet with another prefix length. */
    record OtherMask(int length) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.other-mask", "typed", typed, "length", length);
        }
    }

    /** An address within the subnet that is asked for. {@code owner} is empty where no interface has the address. */
    record HostOfSubnet(IpAddress address, Optional<InterfacePlace> owner) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.host-of-subnet")
                    .with("typed", typed)
                    .with("address", address)
                    .with("interface", owner.map(one -> one.link().name()))
                    .with("place", owner.map(InterfacePlace::in));
        }
    }

    /** The subnet where one of its addresses is asked for. */
    record SubnetForAddress(Cidr subnet) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.subnet-for-address", "typed", typed);
        }
    }

    /** The address of another interface. */
    record AddressOf(InterfacePlace owner) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.address-of")
                    .with("typed", typed)
                    .with("interface", owner.link().name())
                    .with("place", owner.in())
                    .with("bridge", owner.link().kind().equals("bridge"))
                    .with("loopback", owner.link().name().equals("lo"));
        }
    }

    /** The gateway that a Docker network names. */
    record GatewayOf(DockerNetwork network) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.gateway-of", "typed", typed, "network", network.name());
        }
    }

    /** The MAC address of another interface. */
    record MacOf(InterfacePlace owner) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.mac-of")
                    .with("typed", typed)
                    .with("interface", owner.link().name())
                    .with("place", owner.in());
        }
    }

    /**
     * The right address with no port, or with another port.
     *
     * @param port the one that was typed
     * @param published whether a container has published that port
     */
    record PortOf(Optional<Integer> port, boolean published) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.port")
                    .with("typed", typed)
                    .with("port", port.map(String::valueOf))
                    .with("published", published);
        }
    }

    /**
     * The port of the lab host in place of the container's, or the other way round.
     *
     * @param outside whether the port of the lab host was typed
     */
    record OtherPort(boolean outside, String container) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.other-port")
                    .with("typed", typed)
                    .with("outside", outside)
                    .with("container", container);
        }
    }

    /** The PID that a process has in its own PID namespace, where that of the lab host is asked for. */
    record PidInside() implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.pid-inside", "typed", typed);
        }
    }

    /**
     * The pid of another process.
     *
     * @param asked whether the question asks for a pid
     */
    record PidOf(String program, boolean asked) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.pid-of", "typed", typed, "program", program, "asked", asked);
        }
    }

    /** The inode of another network namespace. */
    record InodeOf(Scope namespace) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.inode-of", "typed", typed, "namespace", namespace);
        }
    }

    /** The number of an interface where its name is asked for. */
    record IndexForName() implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.index-for-name", "typed", typed);
        }
    }

    /** The MTU of another interface. */
    record MtuOf(InterfacePlace owner) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.mtu-of")
                    .with("typed", typed)
                    .with("interface", owner.link().name())
                    .with("place", owner.in());
        }
    }

    /** One too many: {@code lo} was counted. */
    record CountedLoopback() implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.counted-loopback", "typed", typed);
        }
    }

    /** The name of the veth end in a container, where the name of the end on the lab host is asked for. */
    record NameInside(InterfacePlace end) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.name-inside", "typed", typed, "place", end.in());
        }
    }

    /**
     * The name of another interface.
     *
     * @param other the peer of that interface; empty where it has none
     */
    record OtherInterface(InterfacePlace one, Optional<InterfacePlace> other) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            Link link = one.link();
            return say("answer.mistake.other-interface")
                    .with("typed", typed)
                    .with("place", one.in())
                    .with("bridge", link.kind().equals("bridge"))
                    .with("loopback", link.name().equals("lo"))
                    .with("peer", other.map(far -> far.link().name()))
                    .with("far", other.map(InterfacePlace::in))
                    .with("kind", link.kind());
        }
    }

    /** The name of something else. */
    record NameOf(Named what) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say(
                    "answer.mistake.name-of."
                            + what.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    "typed",
                    typed);
        }
    }

    /**
     * The name of a program where the pid of a process is asked for.
     *
     * @param asked whether it is the program of that process
     */
    record ProgramForPid(boolean asked) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.program-for-pid", "typed", typed, "asked", asked);
        }
    }

    /** What a word may be the name of. */
    enum Named {
        IMAGE,
        CONTAINER,
        CONTAINER_ID,
        NETWORK,
        NAMESPACE,
        PROGRAM,
        /** {@code docker}: the command, which is not the daemon. */
        CLIENT,
        CHAIN,
        TARGET,
        DRIVER
    }

    /** An answer of another kind than the question asks for, for example a name where an address is asked for. */
    record OtherKind(AnswerKind given, AnswerKind wanted) implements AnswerMistake {
        @Override
        public Message said(String typed) {
            return say("answer.mistake.other-kind", "typed", typed, "given", given.said(), "wanted", wanted.said());
        }
    }

    /**
     * An interface and its place.
     *
     * @param in the place as it is shown; with the host's name where the world has several hosts
     */
    record InterfacePlace(HostFacts host, Namespace namespace, Link link, Scope in) {}
}
