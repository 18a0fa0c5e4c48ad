package dev.drydock.shell.cli;

import com.google.gson.stream.JsonWriter;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.topology.Fault;
import dev.drydock.verify.topology.HostNetwork;
import dev.drydock.verify.topology.InterfaceId;
import dev.drydock.verify.topology.NamespaceBox;
import dev.drydock.verify.topology.NetworkInterface;
import dev.drydock.verify.topology.Topology;
import dev.drydock.verify.topology.TranslationMark;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** The network of a world for programs. Keys may be added, never renamed. */
final class TopologyJson {
    private TopologyJson() {}

    static void write(Topology topology, Writer out) throws IOException {
        JsonWriter json = JsonOutput.to(out);
        json.beginObject().name("hosts").beginArray();
        for (HostNetwork host : topology.hosts()) {
            json.beginObject().name("name").value(host.name());
            json.name("namespaces").beginArray();
            for (NamespaceBox box : host.boxes()) {
                box(json, box);
            }
            json.endArray().name("not_running").beginArray();
            for (HostNetwork.Stopped stopped : host.stopped()) {
                json.beginObject().name("container").value(stopped.container());
                json.name("status").value(stopped.status()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().name("faults").beginArray();
        for (Fault fault : topology.faults()) {
            json.beginObject().name("kind").value(word(fault.kind()));
            json.name("says").value(fault.words());
            json.name("where").beginArray();
            for (InterfaceId end : fault.where()) {
                end(json, end);
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
        JsonOutput.end(json, out);
    }

    private static void box(JsonWriter json, NamespaceBox box) throws IOException {
        json.beginObject();
        json.name("id").value(box.id());
        json.name("host").value(box.host());
        JsonOutput.strings(json, "names", box.names());
        JsonOutput.strings(json, "containers", box.containers());
        json.name("process").value(box.pid().orElse(null));
        json.name("unread").value(box.unread().orElse(null));
        json.name("loopback_up").value(box.loopbackUp());
        json.name("ip_forward");
        if (box.forwards().isPresent()) {
            json.value(box.forwards().get());
        } else {
            json.nullValue();
        }
        json.name("forward_policy").value(box.forwardPolicy().orElse(null));
        json.name("interfaces").beginArray();
        for (NetworkInterface one : box.interfaces()) {
            networkInterface(json, one);
        }
        json.endArray();
        JsonOutput.strings(
                json,
                "default_routes",
                box.defaultRoutes().stream().map(Route::shown).toList());
        JsonOutput.strings(
                json,
                "published",
                box.published().stream().map(PortMapping::shown).toList());
        json.name("translations").beginArray();
        for (TranslationMark rule : box.translations()) {
            json.beginObject().name("target").value(rule.target());
            json.name("match").value(rule.match());
            json.name("to").value(rule.to().orElse(null)).endObject();
        }
        json.endArray().endObject();
    }

    private static void networkInterface(JsonWriter json, NetworkInterface one) throws IOException {
        json.beginObject();
        json.name("name").value(one.name());
        json.name("kind").value(one.kind());
        json.name("mac").value(one.mac().map(Object::toString).orElse(null));
        JsonOutput.strings(
                json,
                "addresses",
                one.addresses().stream().map(Object::toString).toList());
        json.name("state").value(word(one.state()));
        json.name("master").value(one.master().orElse(null));
        json.name("network").value(one.network().orElse(null));
        json.name("vxlan").value(one.vxlan().map(vxlan -> vxlan.shown()).orElse(null));
        json.name("leads").value(word(one.wire().kind()));
        json.name("to");
        if (one.wire().end().isPresent()) {
            end(json, one.wire().end().get());
        } else {
            json.nullValue();
        }
        json.name("words").value(one.wire().words());
        json.endObject();
    }

    private static void end(JsonWriter json, InterfaceId end) throws IOException {
        json.beginObject().name("namespace").value(end.box());
        json.name("interface").value(end.name()).endObject();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
