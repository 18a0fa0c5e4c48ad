# ADDRESS PORT SECONDS [SOURCE-PORT]: sends one datagram, with what makes the servers of some well-known ports answer, and waits for an answer.
# Prints "to ADDRESS" where it was given a name; then "answered"; "from ADDRESS PORT" where an answer came from elsewhere, of which a program that
# asked makes nothing; "send: REASON" or "recv: REASON". Where the descriptors 7 to 10 are open (snmp, snmp6, udp and udp6 in /proc/net of the
# namespace that should get it), they are looked at again and again: "arrived" says that a program there took a datagram or has one waiting,
# "unwanted" that nobody there listened for it.
use strict;
use Socket qw(:all);
my ($host, $port, $seconds, $own) = @ARGV;
$| = 1;
my $data = "lab why\n";
$data = pack('n6', 0x4457, 0x100, 1, 0, 0, 0) . "\x09localhost\0" . pack('n2', 1, 1) if $port == 53 || $port == 5353;
$data = "\x1b" . "\0" x 47 if $port == 123;
my ($error, $to) = getaddrinfo($host, $port, { socktype => SOCK_DGRAM });
if ($error) { print "name: $error\n"; exit }
my ($bad_name, $reached) = getnameinfo($to->{addr}, NI_NUMERICHOST | NI_NUMERICSERV);
print "to $reached\n" if !$bad_name && $reached ne $host && $host !~ /^[0-9.]+$|:/;
my $ipv6 = $to->{family} == AF_INET6;
socket(my $socket, $to->{family}, SOCK_DGRAM, 0) or die "socket: $!\n";
# IP_RECVERR and IPV6_RECVERR: each error is told, as connected sockets are told only some of them
setsockopt($socket, $ipv6 ? 41 : 0, $ipv6 ? 25 : 11, 1);
if ($own) {
    bind($socket, $ipv6 ? pack_sockaddr_in6($own, IN6ADDR_ANY) : pack_sockaddr_in($own, INADDR_ANY)) or do { print "bind: $!\n"; exit };
}
my @watched;
for my $descriptor (7 .. 10) { if (open(my $file, '<&=', $descriptor)) { push @watched, $file } }
# how much was taken by programs or waits for those of the port, and how much nobody wanted
sub counted {
    my ($taken, $unwanted) = (0, 0);
    my $door = sprintf '%04X', $port;
    for my $file (@watched) {
        my $text = '';
        sysseek($file, 0, 0);
        1 while sysread($file, $text, 65536, length $text);
        # Udp: InDatagrams NoPorts InErrors OutDatagrams …, and below it the numbers
        if ($text =~ /^Udp: (InDatagrams NoPorts) .*\nUdp: (\d+) (\d+) /m) { $taken += $2; $unwanted += $3 }
        $taken += $1 if $text =~ /^Udp6InDatagrams\s+(\d+)/m;
        $unwanted += $1 if $text =~ /^Udp6NoPorts\s+(\d+)/m;
        # 12: 00000000:0035 00000000:0000 07 00000000:00000300
        $taken += hex $1 while $text =~ /^ *\d+: [0-9A-F]+:$door \S+ \S+ [0-9A-F]+:([0-9A-F]+) /mg;
    }
    return ($taken, $unwanted);
}
my ($taken, $unwanted) = counted();
my $sent = send($socket, $data, 0, $to->{addr});
if (!defined $sent) { print "send: $!\n"; exit }
my ($told, $from, $grace) = ('', '', 1e9);
for (my $slice = 0; $slice < $seconds * 50 && $grace > 0; $slice++, $grace--) {
    my $ready = '';
    vec($ready, fileno($socket), 1) = 1;
    if (select($ready, undef, undef, 0.02) > 0) {
        my $peer = recv($socket, my $answer, 65536, 0);
        if (!defined $peer) { print "recv: $!\n"; exit }
        if ($peer eq $to->{addr}) { print "answered\n"; exit }
        my ($bad, $address, $door) = getnameinfo($peer, NI_NUMERICHOST | NI_NUMERICSERV);
        my ($worse, $asked, $wanted) = getnameinfo($to->{addr}, NI_NUMERICHOST | NI_NUMERICSERV);
        if ($address eq $asked && $door eq $wanted) { print "answered\n"; exit }
        $from ||= "from $address $door\n";
        $grace = 10 if $grace > 10;
    }
    if (@watched && $grace > 30) {
        my ($now, $refused) = counted();
        # who got it has 0.6 s for an answer
        if ($now > $taken) { $told = "arrived\n"; $grace = 30 }
        elsif ($refused > $unwanted) { $told = "unwanted\n"; $grace = 10 }
    }
}
print $from || $told;
