package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MountPointTest {
    private static final String TARGET = "/run/netns/web";
    private static final MountPoint WEB = namespaceOf("container:web");
    private static final MountPoint NOTHING =
            new MountPoint(Optional.empty(), TARGET, false, Optional.empty(), Optional.empty(), Optional.empty());
    // of the first namespaces that FactsBuilder makes after the lab host's own
    private static final String OF_WEB = "net:[4026532002]";
    private static final String OF_DB = "net:[4026532003]";

    private static MountPoint namespaceOf(String scope) {
        return new MountPoint(
                Optional.empty(), TARGET, true, Optional.of(Scope.parse(scope)), Optional.empty(), Optional.empty());
    }

    private static MountPoint of(String type, String source) {
        return new MountPoint(
                Optional.empty(),
                TARGET,
                true,
                Optional.empty(),
                Optional.of(type),
                source.isEmpty() ? Optional.empty() : Optional.of(source));
    }

    private static FactsBuilder twoContainers() {
        return facts().container("web", web -> web.on("bridge", "172.17.0.2"))
                .container("db", db -> db.on("bridge", "172.17.0.3"));
    }

    /** @param lines of mountinfo beyond the root: {@code net:[1] /run/netns/web - nsfs nsfs} */
    private static Facts mounted(String file, String... lines) {
        StringBuilder info = new StringBuilder("/run/netns\0" + file + "\0" + "20 1 0:1 / / rw - tmpfs labhost rw\n");
        int id = 20;
        String before = "";
        for (String line : lines) {
            String target = line.split(" ")[1];
            info.append(id + 1).append(target.equals(before) ? " " + id : " 20").append(" 0:4 ");
            info.append(line.replace(" - ", " rw - ")).append(" rw\n");
            before = target;
            id++;
        }
        return twoContainers()
                .capture(new ActiveProbe.MountedAt(Scope.LAB_HOST, TARGET), 0, info + "\0", "")
                .build();
    }

    private static Facts bound(String namespace) {
        return mounted("f", namespace + " " + TARGET + " - nsfs nsfs");
    }

    @Test
    void the_namespace_of_a_container_is_told_by_its_inode() {
        isMet(WEB.judge(bound(OF_WEB)));
        assertThat(evidence(WEB.judge(bound(OF_WEB))))
                .isEqualTo(
                        """
                $ mountedat
                /run/netns/web nsfs[net:[4026532002]] nsfs
                $ nsenter --target 4001 --net readlink /proc/self/ns/net
                net:[4026532002]""");
        assertThat(explained(NOTHING.judge(bound(OF_WEB))))
                .isEqualTo(
                        """
                expected  nothing mounted at /run/netns/web
                found     the network namespace of web mounted at /run/netns/web""");
    }

    @Test
    void another_namespace_under_the_right_name_is_not_met() {
        assertThat(explained(WEB.judge(bound(OF_DB))))
                .isEqualTo(
                        """
                expected  the network namespace of web mounted at /run/netns/web, net:[4026532002]
                found     the network namespace of db mounted at /run/netns/web, net:[4026532003]""");
        assertThat(explained(WEB.judge(bound("net:[4026532001]")))).contains("the network namespace of the lab host");
        assertThat(explained(WEB.judge(bound("net:[4026539999]"))))
                .contains("a network namespace without any other name");
        assertThat(explained(WEB.judge(bound("mnt:[4026532002]"))))
                .contains("found     a namespace of another kind (mnt:[4026532002]) mounted at /run/netns/web");
    }

    @Test
    void a_new_namespace_under_the_right_name_is_not_called_by_that_name() {
        Facts added = twoContainers()
                .netns("web")
                .capture(
                        new ActiveProbe.MountedAt(Scope.LAB_HOST, TARGET),
                        0,
                        "/run/netns\0f\0" + "20 1 0:1 / / rw - tmpfs labhost rw\n" + "21 20 0:4 net:[4026532004] "
                                + TARGET + " rw - nsfs nsfs rw\n\0",
                        "")
                .build();

        assertThat(explained(WEB.judge(added)))
                .contains("found     a network namespace without any other name mounted at /run/netns/web");
    }

    @Test
    void the_uppermost_mount_counts() {
        String right = OF_WEB + " " + TARGET + " - nsfs nsfs";
        String wrong = OF_DB + " " + TARGET + " - nsfs nsfs";
        isMet(WEB.judge(mounted("f", wrong, right)));
        assertThat(explained(WEB.judge(mounted("f", right, wrong)))).contains("the network namespace of db");
        assertThat(explained(WEB.judge(mounted("f", right, "/ /run - tmpfs none"))))
                .contains("nothing mounted at /run/netns/web");
    }

    @Test
    void stacked_mounts_are_told_where_one_of_them_is_in_the_way() {
        String right = OF_WEB + " " + TARGET + " - nsfs nsfs";
        String wrong = OF_DB + " " + TARGET + " - nsfs nsfs";
        String why =
                "why       2 mounts are stacked there: only the uppermost counts, and each umount removes only the uppermost";
        assertThat(explained(NOTHING.judge(mounted("f", right, right)))).endsWith(why);
        assertThat(evidence(NOTHING.judge(mounted("f", wrong, right))))
                .isEqualTo(
                        """
                $ mountedat
                /run/netns/web nsfs[net:[4026532003]] nsfs
                /run/netns/web nsfs[net:[4026532002]] nsfs""");
        assertThat(explained(WEB.judge(mounted("f", right, wrong)))).endsWith(why);
        assertThat(explained(WEB.judge(mounted("f", wrong)))).doesNotContain("stacked");
        isMet(WEB.judge(mounted("f", right, right)));
    }

    @Test
    void a_file_without_a_mount_says_what_it_is() {
        assertThat(explained(WEB.judge(mounted("f"))))
                .isEqualTo(
                        """
                expected  the network namespace of web mounted at /run/netns/web
                found     nothing mounted at /run/netns/web; it is a plain file
                why       ip netns lists every file there, but a file is only a name until a namespace is mounted on it""");
        assertThat(explained(WEB.judge(mounted(""))))
                .endsWith("found     nothing mounted at /run/netns/web; there is no such file");
        assertThat(explained(WEB.judge(mounted("l/proc/4001/ns/net"))))
                .endsWith(
                        """
                found     nothing mounted at /run/netns/web; it is a symbolic link to /proc/4001/ns/net
                why       a symbolic link only leads to another path and holds nothing; wanted is a plain file with the namespace mounted on it""");
        isMet(NOTHING.judge(mounted("f")));
        isMet(NOTHING.judge(mounted("")));
        isMet(new Not(WEB).judge(mounted("f")));
    }

    @Test
    void the_type_and_the_source_of_a_mount() {
        Facts tmpfs = mounted("d", "/ " + TARGET + " - tmpfs none");
        isMet(of("tmpfs", "none").judge(tmpfs));
        assertThat(explained(of("nsfs", "").judge(tmpfs)))
                .isEqualTo(
                        """
                expected  a nsfs mounted at /run/netns/web
                found     a tmpfs mounted at /run/netns/web""");
        assertThat(explained(of("tmpfs", "scratch").judge(tmpfs)))
                .isEqualTo("expected  source scratch\nfound     source none");
        isMet(of("nsfs", "nsfs[" + OF_WEB + "]").judge(bound(OF_WEB)));
        isMet(of("nsfs", "nsfs").judge(bound(OF_WEB)));
    }

    @Test
    void a_place_that_is_not_there_has_no_namespace_to_mount() {
        Facts facts = mounted("f", OF_WEB + " " + TARGET + " - nsfs nsfs");
        assertThat(explained(namespaceOf("container:we").judge(facts))).contains("no container we");
        assertThat(explained(new Not(namespaceOf("container:we")).judge(facts))).contains("no container we");
    }

    @Test
    void what_could_not_be_read_cannot_be_told() {
        assertThat(reason(WEB.judge(twoContainers().build()))).contains("was not looked for");
        Facts unread = twoContainers()
                .couldNotRun(new ActiveProbe.MountedAt(Scope.LAB_HOST, TARGET), "it was cut off")
                .build();
        assertThat(reason(NOTHING.judge(unread)))
                .isEqualTo("what is mounted at /run/netns/web could not be read: it was cut off");
        assertThat(reason(new Not(WEB).judge(unread))).contains("could not be read");
    }

    @Test
    void words_itself() {
        assertThat(Words.text(WEB.statement())).isEqualTo("the network namespace of web is mounted at /run/netns/web");
        assertThat(Words.text(new Not(WEB).statement()))
                .isEqualTo("the network namespace of web is not mounted at /run/netns/web");
        assertThat(Words.text(NOTHING.statement())).isEqualTo("nothing is mounted at /run/netns/web");
        assertThat(Words.text(new Not(NOTHING).statement())).isEqualTo("something is mounted at /run/netns/web");
        assertThat(Words.text(of("tmpfs", "none").statement()))
                .isEqualTo("a tmpfs from none is mounted at /run/netns/web");
    }

    @Test
    void a_place_without_a_host_lies_on_the_host_that_is_looked_at() {
        MountPoint there = new MountPoint(
                Optional.of("beta"),
                TARGET,
                true,
                Optional.of(Scope.container("web")),
                Optional.empty(),
                Optional.empty());
        assertThat(there.places()).containsExactly(Scope.parse("beta/container:web"));
        assertThat(Words.text(there.statement()))
                .isEqualTo("the network namespace of web on beta is mounted at /run/netns/web on beta");
    }

    @Test
    void nothing_cannot_have_a_type() {
        assertThatThrownBy(() -> new MountPoint(
                        Optional.empty(), TARGET, false, Optional.empty(), Optional.of("nsfs"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
