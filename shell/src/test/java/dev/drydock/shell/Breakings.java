package dev.drydock.shell;

import dev.drydock.engine.TimeLimit;
import java.util.ArrayList;
import java.util.List;

/** What students did to their bash, their terminal and their lab host. */
final class Breakings {
    private Breakings() {}

    /** What may come of it; in each case the shell has to answer afterwards. */
    enum Kind {
        /** The same bash answers, or one in its place. */
        ANSWERS,
        /** Output goes elsewhere, as it was told to: {@code exec >/dev/tty} brings it back. */
        ELSEWHERE,
        /** The host is too broken to be used further; a fresh one is asked for afterwards. */
        HOST_BROKEN,
        /** The host is gone: the shell says so. */
        HOST_GONE
    }

    /** @param lines as typed, ending in no line feed */
    record Breaking(Kind kind, String lines) {
        @Override
        public String toString() {
            String shown = lines.replace("\n", "⏎").replaceAll("\\p{Cntrl}", "?");
            return shown.length() < 90 ? shown : shown.substring(0, 90) + "…";
        }
    }

    static List<Breaking> all() {
        List<Breaking> all = new ArrayList<>();
        for (String lines : ANSWERS.strip().split("\n")) {
            all.add(new Breaking(Kind.ANSWERS, lines.replace("⏎", "\n")));
        }
        for (String lines : ELSEWHERE.strip().split("\n")) {
            all.add(new Breaking(Kind.ELSEWHERE, lines.replace("⏎", "\n")));
        }
        for (String lines : HOST_BROKEN.strip().split("\n")) {
            all.add(new Breaking(Kind.HOST_BROKEN, lines.replace("⏎", "\n")));
        }
        for (String lines : HOST_GONE.strip().split("\n")) {
            all.add(new Breaking(Kind.HOST_GONE, lines.replace("⏎", "\n")));
        }
        all.add(new Breaking(Kind.ANSWERS, "echo " + "a".repeat(1_000_000) + " | wc -c"));
        all.add(new Breaking(Kind.ANSWERS, ": '" + "x\n".repeat(3000) + "'"));
        all.add(new Breaking(Kind.ANSWERS, "echo '\u0001\u0003\u0004\u0007\u001b[31m\u007f'"));
        all.add(new Breaking(Kind.ANSWERS, "echo '한국어 😀 e\u0301 \u202e'"));
        return all;
    }

    /** One of each way, cheap, with all that depends on whose the terminal is. */
    static List<Breaking> some() {
        List<String> wanted = SOME.strip().lines().toList();
        List<Breaking> some = all().stream()
                .filter(one -> wanted.contains(one.lines().replace("\n", "⏎")))
                .toList();
        if (some.size() != wanted.size()) {
            throw new IllegalStateException("not all of these are in the table: " + wanted);
        }
        return some;
    }

    /** All of them; where the tests have a {@link TimeLimit}, those of {@link #some}. */
    static List<Breaking> inTime() {
        List<Breaking> all = all();
        if (TimeLimit.whole().isEmpty()) {
            return all;
        }
        List<Breaking> some = some();
        TimeLimit.leftOut(all.size() - some.size() + " of " + all.size() + " ways to break a shell");
        return some;
    }

    // --- ⏎ parts the lines of one breaking ---

    private static final String ANSWERS =
            """
            exec 2>/dev/null
            exec 2>&-
            exec 2>/root/errors⏎ls /nonexistent⏎ls /nonexistent
            shopt -u promptvars
            kill -STOP $$
            kill -TSTP $$
            kill -STOP $$; echo went on
            (sleep 0.3; kill -STOP $$) & sleep 1
            kill -9 $$
            kill -TERM $$
            kill -HUP $$
            kill -INT $$
            kill -SEGV $$
            kill -WINCH $$
            kill -9 -1
            trap 'kill -9 $$' USR1; kill -USR1 $$
            exec false
            exec sleep 0.1
            exec nosuchprogram
            exec bash
            exec bash --posix
            exec cat
            exec bash -c 'sleep 0.1; exit 9'
            exec env -i bash
            exec setsid bash -c 'exit 4'
            exec nsenter --net=/proc/1/ns/net true
            bash -c 'exit 5'
            return 5
            suspend -f
            set -v⏎true⏎set +v
            set -xv
            set -u
            set -e; false
            set -n
            set -t
            set +m; sleep 0.2
            set -o posix
            set -o ignoreeof
            set -T; trap 'echo debug' DEBUG
            set -r
            shopt -s extdebug
            shopt -s expand_aliases; alias echo='printf "%s\\n"'; alias ls=nosuch
            shopt -s lastpipe; set +m; echo x | read y
            shopt -s checkjobs; sleep 1 &
            shopt -s nullglob failglob; echo nosuch*
            trap 'echo exiting' EXIT
            trap '' INT TERM HUP QUIT TSTP
            trap 'sleep 0.2' DEBUG
            trap 'read x' DEBUG
            trap 'return 1' RETURN
            trap 'exit 3' DEBUG
            trap 'exec 2>/dev/null' DEBUG
            unset PROMPT_COMMAND
            PROMPT_COMMAND='exit 3'
            PROMPT_COMMAND='sleep 0.3'
            PROMPT_COMMAND='exec 2>/dev/null'
            PROMPT_COMMAND='read x'
            PROMPT_COMMAND='unset PROMPT_COMMAND'
            PROMPT_COMMAND[9]='sleep 0.2'
            unset PROMPT_COMMAND; readonly PROMPT_COMMAND=true
            unset PROMPT_COMMAND; exec 2>/dev/null
            unset PROMPT_COMMAND; shopt -u promptvars
            unset PS1 PS0 PS2
            PS0=x PS2=y PS4='$(exit 1)'
            PS4='+ $(sleep 0.1) '; set -x; true
            eval 'PS1=x'
            echo "${PS1@P}"; sleep 0.2; echo late
            echo "${PS1@P}${PS0@P}${PS2@P}"
            printf '%s' "${PS1@P}"; sleep 1.2; echo later
            __drydock_end
            __drydock 'echo x'
            __drydock_mend
            unset -f __drydock __drydock_end __drydock_mend __drydock_take
            readonly __drydock_ahead=zzz
            __drydock_ahead=$'rm -rf /\\n'
            __drydock() { sleep 9; }
            printf() { :; }
            read() { :; }
            command_not_found_handle() { sleep 0.2; return 1; }
            command_not_found_handle() { exec 2>/dev/null; }; nosuch
            cd() { builtin cd / && false; }; cd
            type() { sleep 60; }
            enable -n read
            enable -n echo cd test [ exec
            enable -n eval set local return
            alias printf=false read=false builtin=false
            PATH=/nonexistent
            unset HOME PWD OLDPWD IFS
            readonly IFS=x PATH HOME
            unset BASH_VERSION SHELL TERM
            export LC_ALL=ko_KR.EUC-KR
            TMOUT=1
            TMOUT=1; read x
            unset IGNOREEOF
            exec 9>/root/trace; BASH_XTRACEFD=9; set -x
            stty -echo
            stty raw -echo
            stty -icanon
            stty -isig
            stty -icrnl
            stty igncr
            stty -opost
            stty intr x
            stty eof ^A
            stty min 0 time 1
            stty cols 1 rows 1
            stty tostop; (sleep 0.1; echo x) &
            command reset
            printf '\\ec'
            printf '\\e[?1049h'
            printf '\\e(0'
            printf '\\e[8;1;1t\\e[2J\\e[999;999H'
            printf '\\e]133;D;0;x;/\\a'
            printf '\\eP'
            printf '\\e[6n'
            printf '\\023'
            head -c 100000 /dev/urandom
            head -c 200000 /dev/zero | tr '\\0' x
            seq 100000
            printf '\\xff\\xfe\\xc3'
            exec <&-
            exec </dev/null
            exec 0</dev/null 2>/dev/null
            exec 255>/dev/null
            exec >&- 2>&-; exec >/dev/tty 2>&1
            for i in {3..200}; do eval "exec $i>/dev/null"; done
            ulimit -n 3
            ulimit -f 0
            ulimit -s 100
            ulimit -v 20000; ls
            ulimit -t 1; while :; do :; done
            f() { f; }; f
            : {1..300000}
            mkdir -p /root/gone && cd /root/gone && rmdir /root/gone
            mkdir -p "/root/$(printf 'a\\nb')" && cd "/root/$(printf 'a\\nb')"
            mkdir -p "/root/$(printf 'a\\eb;c')" && cd "/root/$(printf 'a\\eb;c')"
            mkdir -p /root/$'\\xff\\xfe' && cd /root/$'\\xff\\xfe'
            d=/root; for i in {1..60}; do d=$d/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done; mkdir -p $d; cd $d
            cd /proc/$$/fd
            bash
            sh
            script -qc 'echo scripted' /dev/null
            unshare -n bash
            unshare -m bash -c 'umount -a'
            setsid bash
            su -
            sudo -i
            python3
            python3 -c 'input()'
            perl -e '<STDIN>'
            less /etc/passwd
            vi /root/x
            top -n 1
            cat
            cat /dev/tty
            read x; read y; read z
            read -s k
            read -t 1 k </dev/tty
            select x in a b; do break; done
            bash -c 'read a; read b; read c'
            stty raw; cat; stty sane
            ip -batch -
            passwd
            tmux
            bg; fg; wait
            sleep 1 & sleep 0.1; kill %1; wait
            for i in {1..50}; do sleep 1 & done
            coproc cat
            if then⏎fi
            echo 'a⏎'
            echo ${x⏎}
            echo ${#⏎}
            ${x:?no such variable}
            readonly r=1; r=2
            "⏎"
            \\
            history -c; history -d 1; fc -l
            bind -x '"a": true'
            complete -F nosuch ls
            cat <<X⏎a
            lab
            lab topo
            lab why a b
            check
            on nowhere
            topo | cat
            changes
            trace nowhere 1.2.3.4
            """;

    private static final String ELSEWHERE =
            """
            exec >/dev/null
            exec >/root/file 2>&1
            exec >&- 2>&-
            exec > >(cat >/dev/null) 2>&1
            exec 1>&2 2>/dev/null
            exec >/dev/null 2>&1; unset PROMPT_COMMAND
            exec </dev/null >/dev/null 2>&1
            """;

    private static final String HOST_BROKEN =
            """
            umount -l /proc
            umount -l /dev/pts
            umount -l /dev
            rm -rf /root; cd
            rm -f /dev/tty /dev/null
            rm -rf /dev/* 2>&1
            chmod 000 /dev/null
            mount -t tmpfs tmpfs /dev
            mount -t tmpfs tmpfs /usr
            mount -o remount,ro /
            mount -t tmpfs -o size=16k tmpfs /tmp; cat /dev/zero >/tmp/full
            mount -o remount,size=1M /; cat /dev/zero >/root/full; cat /dev/zero >/tmp/full
            rm -rf /etc
            mkdir -p /root/j/bin; cp /bin/busybox /root/j/bin/sh; exec chroot /root/j /bin/sh
            hostname $(head -c 60 /dev/zero | tr '\\0' h)
            ip link del eth0; ip link set lo down
            ip netns add $'a\\tb'⏎topo⏎changes⏎why $'a\\tb' host
            ip netns add $'x\\x01y\\nz '; ip netns add $'\\xff'; ip netns add $'\\xfe'⏎topo⏎lab list
            ip link add '$(id)' type bridge; ip link add "a'b" type bridge; ip link add 'a"b' type bridge⏎topo⏎changes⏎changes --as-commands
            touch '/run/netns/x'; mkdir -p /run/netns; touch '/run/netns/fake one'
            iptables -P INPUT DROP; iptables -P OUTPUT DROP; iptables -A INPUT -j DROP
            sysctl -w kernel.pid_max=400
            for i in {1..300}; do sleep 3 & done
            killall5 -9
            exec unshare -m bash
            exec unshare -p -f bash -c 'exit 3'
            """;

    private static final String HOST_GONE =
            """
            busybox poweroff -f
            exec busybox poweroff -f
            (sleep 0.5; busybox poweroff -f) & sleep 3
            """;

    private static final String SOME =
            """
            exec 2>/dev/null
            shopt -u promptvars
            kill -STOP $$
            kill -9 $$
            kill -9 -1
            exec false
            exec bash
            exec bash --posix
            exec env -i bash
            set -v⏎true⏎set +v
            trap 'read x' DEBUG
            unset PROMPT_COMMAND
            PROMPT_COMMAND='exec 2>/dev/null'
            echo "${PS1@P}"; sleep 0.2; echo late
            read() { :; }
            stty -echo
            stty raw -echo
            exec <&-
            exec </dev/null
            exec >&- 2>&-; exec >/dev/tty 2>&1
            ulimit -n 3
            bash
            unshare -n bash
            su -
            python3
            less /etc/passwd
            vi /root/x
            cat
            read x; read y; read z
            read -s k
            stty raw; cat; stty sane
            tmux
            bg; fg; wait
            lab topo
            exec >/dev/null
            umount -l /dev
            rm -rf /dev/* 2>&1
            mkdir -p /root/j/bin; cp /bin/busybox /root/j/bin/sh; exec chroot /root/j /bin/sh
            exec unshare -m bash
            busybox poweroff -f
            """;
}
