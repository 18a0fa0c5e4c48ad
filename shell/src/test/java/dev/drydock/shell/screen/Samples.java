package dev.drydock.shell.screen;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Question;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Check;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.expect.NetnsExists;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A lab, its steps and verdicts to draw. */
public final class Samples {
    static final Verdict MET = new Verdict.Met(List.of(new Evidence("sysctl net.ipv4.ip_forward", "1")));
    static final Verdict WRONG_MODE = new Verdict.NotMet(
            Message.verbatim("network mode bridge"),
            Message.verbatim("network mode host"),
            List.of(new Evidence("docker inspect busybox1", "")),
            Optional.of(Message.verbatim("it was started with --net host, so it has no eth0 of its own")));
    static final Verdict NOT_TRANSLATED = new Verdict.NotMet(
            Message.verbatim("web's packets to 8.8.8.8 leave eth0 with source 10.0.2.15"),
            Message.verbatim("they leave with source 172.17.0.2"),
            List.of(
                    new Evidence(
                            "iptables -t nat -S POSTROUTING",
                            "-A POSTROUTING -s 172.17.0.0/16 -o docker0 -j MASQUERADE -m comment --comment \"this rule is longer than any screen\""),
                    new Evidence(
                            "ip route get 8.8.8.8", "8.8.8.8 via 10.0.2.2 dev eth0 src 10.0.2.15 uid 0\n    cache")),
            Optional.of(
                    Message.verbatim(
                            "the rule matches packets that leave by docker0; these leave by eth0, which is another interface altogether")));
    static final Verdict UNKNOWN = new Verdict.CannotTell(
            Message.verbatim("docker did not answer within 5 s"),
            List.of(new Evidence("docker ps", "Cannot connect to the Docker daemon")));

    private Samples() {}

    static Goal goal(String line) {
        return new Goal(
                new NetnsExists(Optional.empty(), "red", true),
                Optional.of(line),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                false);
    }

    static Step step(String id, String title, String say, Optional<Question> question, Goal... goals) {
        return new Step(
                id,
                title,
                Optional.of(say),
                goals.length == 0 && question.isEmpty(),
                Optional.of("true"),
                Arrays.asList(goals),
                question,
                List.of("Look at `iptables -t nat -S`."),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    static final Step RULE = step(
            "the-rule",
            "The rule that lends you an address",
            """
            172.17.0.2 means nothing beyond this host: an answer sent to it would *never* find
            its way back. So the host rewrites the source of whatever leaves `docker0`'s
            subnet by another interface. **Look at the rule**, then remove it and see what
            the Internet answers.

            ```
            iptables -t nat -S POSTROUTING
            docker exec web wget -qO- http://8.8.8.8/
            ```
            """,
            Optional.empty(),
            goal("web cannot reach 8.8.8.8"),
            goal("`ip_forward` is still on"));

    static final Step QUESTION = step(
            "which-veth",
            "Which end is whose",
            "Every veth has two ends.",
            Optional.of(new Question(
                    "Which interface of the lab host is the other end of busybox1's `eth0`?",
                    new Question.Answer.Text("veth1"))));

    static final Step READ = step("reading", "What you saw", "Nothing to do here.", Optional.empty());

    static Lab lab(String id, String title, Step... steps) {
        return new Lab(
                id,
                title,
                "docker",
                Lab.Level.BEGINNER,
                15,
                List.of("See the veth pair that joins a container to `docker0`", "Know which rule lends an address"),
                Set.of("docker"),
                List.of("busybox"),
                List.of("labhost"),
                Optional.empty(),
                List.of(steps),
                Path.of("/labs", id));
    }

    static Lab outsideWorld() {
        return lab("outside-world", "The way out to 8.8.8.8", READ, RULE, QUESTION);
    }

    static Check check(Step step, Verdict... verdicts) {
        List<Check.Judged> judged = new java.util.ArrayList<>();
        for (int i = 0; i < verdicts.length; i++) {
            Goal goal = i < step.goals().size() ? step.goals().get(i) : goal("one more goal, number " + (i + 1));
            judged.add(new Check.Judged(goal, verdicts[i], i % 2 == 0));
        }
        return new Check(step, new Facts("labhost", new TreeMap<>()), judged, Duration.ofMillis(24), 1);
    }
}
