package dev.drydock.shell.cli;

import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.topology.Fault;
import dev.drydock.verify.topology.HostNetwork;
import dev.drydock.verify.topology.InterfaceId;
import dev.drydock.verify.topology.NamespaceBox;
import dev.drydock.verify.topology.NetworkInterface;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.topology.TranslationMark;

/** The network of a world as JSON. */
final class TopologyJson {
    private TopologyJson() {}

    static JsonForm of(Topology topology) {
        return new JsonForm()
                .with("hosts", topology.hosts(), TopologyJson::host)
                .with("faults", topology.faults(), TopologyJson::fault);
    }

    private static JsonForm host(HostNetwork host) {
        return new JsonForm()
                .with("name", host.name())
                .with("namespaces", host.boxes(), TopologyJson::box)
                .with("not_running", host.stopped(), one -> new JsonForm()
                        .with("container", one.container())
                        .with("status", one.status()));
    }

    private static JsonForm fault(Fault fault) {
        return new JsonForm()
                .with("kind", fault.kind())
                .with("says", fault.words())
                .with("where", fault.where(), TopologyJson::end);
    }

    private static JsonForm box(NamespaceBox box) {
        return new JsonForm()
                .with("id", box.id())
                .with("host", box.host())
                .with("names", box.names())
                .with("containers", box.containers())
                .with("process", box.pid())
                .with("unread", box.unread())
                .with("loopback_up", box.loopbackUp())
                .with("ip_forward", box.forwards())
                .with("forward_policy", box.forwardPolicy())
                .with("interfaces", box.interfaces(), TopologyJson::networkInterface)
                .with("default_routes", box.defaultRoutes(), Route::shown)
                .with("published", box.published(), PortMapping::shown)
                .with("translations", box.translations(), TopologyJson::translation);
    }

    private static JsonForm translation(TranslationMark rule) {
        return new JsonForm()
                .with("target", rule.target())
                .with("match", rule.match())
                .with("to", rule.to());
    }

    private static JsonForm networkInterface(NetworkInterface one) {
        return new JsonForm()
                .with("name", one.name())
                .with("kind", one.kind())
                .with("mac", one.mac().map(Object::toString))
                .with("addresses", one.addresses(), Object::toString)
                .with("state", one.state())
                .with("master", one.master())
                .with("network", one.network())
                .with("internal", one.internal())
                .with("vxlan", one.vxlan().map(Vxlan::shown))
                .with("leads", one.wire().kind())
                .with("to", one.wire().end().map(TopologyJson::end))
                .with("words", one.wire().words());
    }

    private static JsonForm end(InterfaceId end) {
        return new JsonForm().with("namespace", end.box()).with("interface", end.name());
    }
}
