package dev.drydock.shell;

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

    // --- ⏎ parts the lines of one breaking ---

    private static final String ANSWERS =
            """
            exec 2>/dev/null
            exec 2>&-
            exec 2>/root/errors
            exec 2>/root/errors⏎ls /nonexistent⏎ls /nonexistent
            shopt -u promptvars
            shopt -u promptvars⏎shopt -u promptvars
            kill -STOP $$
            kill -TSTP $$
            kill -STOP $$; echo went on
            (sleep 0.3; kill -STOP $$) & sleep 1
            kill -9 $$
            kill -TERM $$
            kill -HUP $$
            kill -INT $$
            kill -QUIT $$
            kill -PIPE $$
            kill -SEGV $$
            kill -ABRT $$
            kill -USR1 $$
            kill -WINCH $$
            kill -ALRM $$
            kill -9 -1
            trap 'kill -9 $$' USR1; kill -USR1 $$
            exec false
            exec true
            exec sleep 0.1
            exec nosuchprogram
            exec bash
            exec bash --norc
            exec bash --posix
            exec sh
            exec cat
            exec bash -c 'sleep 0.1; exit 9'
            exec env -i bash
            exec setsid true
            exec setsid bash -c 'exit 4'
            exec nsenter --net=/proc/1/ns/net true
            bash -c 'exit 5'
            return 5
            suspend -f
            set -v
            set -v⏎true⏎set +v
            set -x
            set -xv
            set -u
            set -e; false
            set -e; nosuchcommand
            set -n
            set -t
            set -f
            set -k
            set -C
            set -m
            set +m
            set +m; sleep 0.2
            set -o posix
            set -o vi
            set -o emacs
            set -o ignoreeof
            set -o functrace; trap 'true' DEBUG
            set -T; trap 'echo debug' DEBUG
            set -r
            set -- a b c; set --
            set -p
            set -B; set +B; set +h; set -H
            shopt -s extdebug
            shopt -s expand_aliases; alias echo='printf "%s\\n"'; alias ls=nosuch
            shopt -s lastpipe; set +m; echo x | read y
            shopt -s checkjobs; sleep 1 &
            shopt -s nullglob failglob; echo nosuch*
            shopt -s xpg_echo localvar_unset compat43
            trap 'echo exiting' EXIT
            trap '' INT TERM HUP QUIT TSTP
            trap 'sleep 0.2' DEBUG
            trap 'false' DEBUG
            trap 'read x' DEBUG
            trap 'echo err' ERR; false
            trap 'return 1' RETURN
            trap 'exit 3' DEBUG
            trap 'exec 2>/dev/null' DEBUG
            unset PROMPT_COMMAND
            PROMPT_COMMAND=
            PROMPT_COMMAND=false
            PROMPT_COMMAND='exit 3'
            PROMPT_COMMAND='sleep 0.3'
            PROMPT_COMMAND='exec 2>/dev/null'
            PROMPT_COMMAND='read x'
            PROMPT_COMMAND='((('
            PROMPT_COMMAND='unset PROMPT_COMMAND'
            PROMPT_COMMAND[9]='sleep 0.2'
            PROMPT_COMMAND[20]='echo late'
            unset PROMPT_COMMAND; readonly PROMPT_COMMAND=true
            unset PROMPT_COMMAND; exec 2>/dev/null
            unset PROMPT_COMMAND; shopt -u promptvars
            readonly PROMPT_COMMAND
            unset PS1 PS0 PS2
            PS1='$ '
            PS0=x PS2=y PS4='$(exit 1)'
            PS4='+ $(sleep 0.1) '; set -x; true
            declare +r PS1
            env -u PS1 true
            eval 'PS1=x'
            local PS1=x
            f() { local PS1=x; }; f
            echo "${PS1@P}"
            echo "${PS1@P}"; sleep 0.2; echo late
            echo "${PS1@P}${PS0@P}${PS2@P}"
            printf '%s' "${PS1@P}"; sleep 1.2; echo later
            __drydock_end
            __drydock_end; sleep 0.2
            __drydock 'echo x'
            __drydock_mend
            unset -f __drydock __drydock_end __drydock_mend __drydock_take
            unset __drydock_ahead __drydock_sign __drydock_nonce
            readonly __drydock_ahead=zzz
            __drydock_ahead=$'rm -rf /\\n'
            __drydock() { sleep 9; }
            printf() { :; }
            builtin() { :; }
            read() { :; }
            eval() { :; }
            set() { :; }
            local() { :; }
            return() { :; }
            exec() { :; }
            exit() { :; }
            command_not_found_handle() { sleep 0.2; return 1; }
            command_not_found_handle() { exec 2>/dev/null; }; nosuch
            echo() { builtin echo "mine $*"; }
            cd() { builtin cd / && false; }; cd
            type() { sleep 60; }
            ip() { sleep 0.1; }
            enable -n printf
            enable -n read
            enable -n builtin
            enable -n echo cd test [ exec
            enable -n eval set local return
            alias printf=false read=false builtin=false
            unset PATH
            PATH=
            PATH=/nonexistent
            export PATH=/nonexistent; hash -r
            unset HOME PWD OLDPWD IFS
            IFS=abcdefghijklmnopqrstuvwxyz
            readonly IFS=x PATH HOME
            unset BASH_VERSION SHELL TERM
            TERM=nosuch
            TERM=; export TERM
            LANG=xx_XX.nosuch LC_ALL=nosuch
            export LC_ALL=ko_KR.EUC-KR
            TMOUT=1
            TMOUT=1; read x
            HISTFILE=/root/h; history -a
            HISTCONTROL=; history
            IGNOREEOF=0
            unset IGNOREEOF
            BASH_ENV=/nonexistent; export BASH_ENV
            ENV=/nonexistent POSIXLY_CORRECT=1
            BASH_XTRACEFD=9; set -x
            exec 9>/root/trace; BASH_XTRACEFD=9; set -x
            POSIXLY_CORRECT=1
            stty -echo
            stty echo
            stty raw
            stty raw -echo
            stty -icanon
            stty cbreak
            stty sane
            stty -isig
            stty -icrnl
            stty inlcr
            stty igncr
            stty -onlcr
            stty -opost
            stty intr x
            stty eof ^A
            stty min 0 time 1
            stty cols 1 rows 1
            stty cols 0 rows 0
            stty tostop; (sleep 0.1; echo x) &
            stty -ixon; stty ixon
            stty -iexten
            reset
            tput reset
            clear
            printf '\\ec'
            printf '\\e[?1049h'
            printf '\\e[?25l\\e[31m'
            printf '\\e(0'
            printf '\\e[8;1;1t\\e[2J\\e[999;999H'
            printf '\\e]0;title'
            printf '\\e]133;D;0;x;/\\a'
            printf '\\eP'
            printf '\\e[6n'
            printf '\\005'
            printf '\\023'
            printf '\\000\\001\\002'
            head -c 100000 /dev/urandom
            head -c 3000000 /dev/zero
            head -c 200000 /dev/zero | tr '\\0' x
            seq 100000
            printf '\\xff\\xfe\\xc3'
            printf '\\xed\\xa0\\x80'
            printf 'no newline'
            yes | head -c 1000000
            echo $'\\x00abc'
            exec <&-
            exec </dev/null
            exec 0</dev/null 2>/dev/null
            exec 255>&-
            exec 3>&1 4>&2 5<&0; exec 3>&- 4>&- 5<&-
            exec 255>/dev/null
            exec >&- 2>&-; exec >/dev/tty 2>&1
            for i in {3..200}; do eval "exec $i>/dev/null"; done
            ulimit -n 3
            ulimit -n 5
            ulimit -n 0
            ulimit -f 0
            ulimit -c unlimited; kill -SEGV $$
            ulimit -s 100
            ulimit -v 1000
            ulimit -v 20000; ls
            ulimit -t 1; while :; do :; done
            ulimit -l 0 -q 0 -i 0
            while :; do kill -9 $$; done
            f() { f; }; f
            x=$(head -c 300000 /dev/zero | tr '\\0' y); export x; ls
            : {1..300000}
            mkdir -p /root/gone && cd /root/gone && rmdir /root/gone
            mkdir -p "/root/$(printf 'a\\ab')" && cd "/root/$(printf 'a\\ab')"
            mkdir -p "/root/$(printf 'a\\nb')" && cd "/root/$(printf 'a\\nb')"
            mkdir -p "/root/$(printf 'a\\eb;c')" && cd "/root/$(printf 'a\\eb;c')"
            mkdir -p /root/$'\\xff\\xfe' && cd /root/$'\\xff\\xfe'
            mkdir -p '/root/한국어' && cd '/root/한국어'
            d=/root; for i in {1..60}; do d=$d/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done; mkdir -p $d; cd $d
            cd /proc/$$/fd
            cd /proc/self; cd /sys
            bash
            bash -i
            bash --rcfile /nonexistent -i
            sh
            sh -i
            dash
            script -qc 'echo scripted' /dev/null
            unshare -n
            unshare -n bash
            unshare -m bash -c 'umount -a'
            unshare -Urn true
            setsid bash
            su -
            su -c true
            sudo -i
            python3
            python3 -c 'input()'
            perl -e '<STDIN>'
            less /etc/passwd
            more /etc/passwd
            man bash
            vi /root/x
            vi
            nano /root/x
            top -n 1
            cat
            cat; cat; cat
            cat | cat
            cat /dev/tty
            read x; read y; read z
            read -n 1 k
            read -s k
            read -e k
            read -t 1 k </dev/tty
            select x in a b; do break; done
            bash -c 'read a; read b; read c'
            head -c 1 /dev/tty
            dd of=/dev/null
            stty raw; cat; stty sane
            sort
            tail
            grep x
            ip -batch -
            nft -i
            ssh nobody@127.0.0.1
            passwd
            tmux
            screen
            kill %1
            fg
            bg; fg; wait
            sleep 1 & sleep 0.1; kill %1; wait
            sleep 100 &⏎disown -a
            for i in {1..50}; do sleep 1 & done
            coproc cat
            coproc { cat; }; kill $COPROC_PID
            (exit 3) | (exit 4)
            ! true
            if then⏎fi
            echo 'a⏎'
            done
            }
            )
            echo ${x⏎}
            echo $((1/0))
            echo ${#⏎}
            ${x?no}
            ${x:?no such variable}
            readonly r=1; r=2
            declare -r r2=1; unset r2
            eval "$(printf '\\001')"
            cat <<X⏎a⏎X
            "⏎"
            \\
            :(){ :; }
            . /nonexistent
            source /dev/null
            history -c; history -d 1; fc -l
            fc
            bind -x '"a": true'
            complete -F nosuch ls
            hash -p /nonexistent ls; ls
            test $'\\001' = x
            lab
            lab nosuch
            lab topo
            lab why a b
            hint
            next
            check
            on nowhere
            topo | cat
            changes
            trace nowhere 1.2.3.4
            """;

    private static final String ELSEWHERE =
            """
            exec >/dev/null
            exec >/root/file
            exec >/root/file 2>&1
            exec &>/root/file
            exec >&-
            exec >&- 2>&-
            exec > >(cat >/dev/null) 2>&1
            exec 1>&2 2>/dev/null
            exec >/dev/full 2>&1
            exec >/dev/null 2>&1; unset PROMPT_COMMAND
            exec </dev/null >/dev/null 2>&1
            """;

    private static final String HOST_BROKEN =
            """
            umount -l /proc
            umount -l /dev/pts
            umount -l /dev
            umount -l /sys
            umount -l /run; umount -l /tmp
            rm -rf /root; cd
            rm -f /dev/tty /dev/null
            rm -rf /dev/* 2>&1
            rm -rf /tmp /run/*
            chmod 000 /dev/null
            mount -t tmpfs tmpfs /dev
            mount -t tmpfs tmpfs /proc
            mount -t tmpfs tmpfs /root; mount -t tmpfs tmpfs /tmp
            mount -t tmpfs tmpfs /usr
            mount -o remount,ro /
            mount -t tmpfs -o size=16k tmpfs /tmp; cat /dev/zero >/tmp/full
            mount -t tmpfs -o size=16k tmpfs /run; cat /dev/zero >/run/full
            mount -o remount,size=1M /; cat /dev/zero >/root/full; cat /dev/zero >/tmp/full
            rm -f /bin /lib /lib64 /sbin
            rm -rf /etc
            echo > /etc/passwd; echo > /etc/group
            mkdir -p /root/j/bin; cp /bin/busybox /root/j/bin/sh; exec chroot /root/j /bin/sh
            chroot /nonexistent
            hostname $(head -c 60 /dev/zero | tr '\\0' h)
            hostname ''
            ip link del eth0; ip link set lo down
            ip netns add $'a\\tb'⏎topo⏎changes⏎why $'a\\tb' host
            ip netns add $'a\\033[31mb'
            ip netns add ' '
            ip netns add $'x\\x01y\\nz '; ip netns add $'\\xff'; ip netns add $'\\xfe'⏎topo⏎lab list
            ip link add 'a;id>b' type bridge
            ip link add $'a\\x1bb' type bridge
            ip link add '$(id)' type bridge; ip link add "a'b" type bridge; ip link add 'a"b' type bridge⏎topo⏎changes⏎changes --as-commands
            touch '/run/netns/x'; mkdir -p /run/netns; touch '/run/netns/fake one'
            mkdir -p /run/netns; ln -s /nonexistent /run/netns/dangling
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
            busybox reboot -f
            busybox halt -f
            exec busybox poweroff -f
            (sleep 0.5; busybox poweroff -f) & sleep 3
            sleep 0.2; busybox poweroff -f; echo never
            """;
}
