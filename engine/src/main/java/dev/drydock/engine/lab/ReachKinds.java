package dev.drydock.engine.lab;

import static dev.drydock.engine.lab.ExpectationKind.kind;
import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.DnsAnswer;
import dev.drydock.verify.expect.DnsSpread;
import dev.drydock.verify.expect.HostsName;
import dev.drydock.verify.expect.HttpAnswer;
import dev.drydock.verify.expect.Listening;
import dev.drydock.verify.expect.PingCauses;
import dev.drydock.verify.expect.PingReach;
import dev.drydock.verify.expect.TcpResult;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the expectations about reachability and names: {@code ping}, {@code tcp}, {@code http}, {@code dns}, {@code dns_spread}, {@code hosts_entry},
 * {@code listening}.
 */
record ReachKinds(LabPlaces places) {
    Map<String, ExpectationKind> all() {
        return Map.ofEntries(
                kind("ping: {from: netns:red, to: 10.9.0.1}", this::ping),
                kind("tcp: {from: host, to: 10.9.0.11:80, result: connected}", this::tcp),
                kind("http: {from: host, url: \"http://10.9.0.11/\", status: 200}", this::http),
                kind("dns: {in: container:web, name: db, answers: [172.20.0.2]}", this::dns),
                kind("dns_spread: {in: container:web, name: rr, queries: 30}", this::dnsSpread),
                kind("hosts_entry: {in: container:web, name: db, ip: 172.17.0.2}", this::hostsEntry),
                kind("listening: {in: host, port: 80/tcp}", this::listening));
    }

    private Optional<PingReach> ping(MapReader map) {
        var from = map.required("from", places.scope());
        var to = map.required("to", ScalarParsers.TARGET);
        var reachable = map.optional("reachable", Decoders.YES_NO, true);
        var because = map.optional("because", Decoders.distinct(Decoders.choice(PingCauses.class)), List.of());
        var control = map.optional("control", ScalarParsers.TARGET);
        if (reachable.get()) {
            map.refuse("because", say("ping.because-of-reachable"));
            map.refuse("control", say("ping.control-of-reachable"));
        }
        return map.build(
                () -> new PingReach(from.get(), to.get(), reachable.get(), Set.copyOf(because.get()), control.get()));
    }

    private Optional<TcpResult> tcp(MapReader map) {
        var from = map.required("from", places.scope());
        var to = map.required("to", ScalarParsers.HOST_AND_PORT);
        var result = map.optional("result", Decoders.choice(TcpResult.Result.class), TcpResult.Result.CONNECTED);
        var control = map.optional("control", ScalarParsers.TARGET);
        if (result.get() != TcpResult.Result.TIMEOUT) {
            map.refuse("control", say("tcp.control-without-timeout"));
        }
        return map.build(
                () -> new TcpResult(from.get(), to.get().host(), to.get().port(), result.get(), control.get()));
    }

    private Optional<HttpAnswer> http(MapReader map) {
        var from = map.required("from", places.scope());
        var url = map.required("url", ScalarParsers.URL);
        var status = map.optional("status", Decoders.number(100, 599));
        var body = map.optional("body", Decoders.TEXT_MATCH);
        return map.build(() -> new HttpAnswer(from.get(), url.get(), status.get(), body.get()));
    }

    private Optional<DnsAnswer> dns(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var name = map.required("name", ScalarParsers.HOST);
        var server = map.optional("server", ScalarParsers.IP);
        var resolves = map.optional("resolves", Decoders.YES_NO, true);
        var answers = map.optional("answers", Decoders.listMatch(ScalarParsers.IP));
        if (!resolves.get()) {
            map.refuse("answers", say("dns.answers-without-resolving"));
        }
        return map.build(() ->
                new DnsAnswer(in.get(), name.get(), server.get().map(IpAddress::text), resolves.get(), answers.get()));
    }

    private Optional<DnsSpread> dnsSpread(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var name = map.required("name", ScalarParsers.HOST);
        var server = map.optional("server", ScalarParsers.IP);
        var queries = map.optional("queries", Decoders.number(2, DnsSpread.MOST_QUERIES), 30);
        var least = map.optional("each_first_at_least", Decoders.number(1, DnsSpread.MOST_QUERIES), 1);
        var answers = map.optional("answers", Decoders.listMatch(ScalarParsers.IP));
        return map.build(() -> new DnsSpread(
                in.get(), name.get(), server.get().map(IpAddress::text), queries.get(), least.get(), answers.get()));
    }

    private Optional<HostsName> hostsEntry(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var name = map.required("name", ScalarParsers.HOST);
        var address = map.optional("ip", ScalarParsers.IP);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        return map.build(() -> new HostsName(in.get(), name.get(), address.get(), exists.get()));
    }

    private Optional<Listening> listening(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var port = map.required("port", ScalarParsers.PORT_NUMBER);
        var address = map.optional("address", ScalarParsers.IP);
        var owner = map.optional("owner", places.scope());
        var exists = map.optional("exists", Decoders.YES_NO, true);
        return map.build(() -> new Listening(
                in.get(),
                port.get().protocol(),
                port.get().number(),
                address.get().map(IpAddress::text),
                owner.get(),
                exists.get()));
    }
}
