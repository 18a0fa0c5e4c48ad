package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.Lab;
import dev.drydock.shell.screen.DoctorText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class DoctorVerb extends LabVerb {
    @Option(names = "--json")
    private boolean json;

    @Option(names = "--fix")
    private boolean fix;

    @Option(names = "--all")
    private boolean all;

    @Mixin
    private final PlaceOption place = new PlaceOption();

    @Override
    List<String> examples() {
        return List.of("lab doctor", "lab doctor --place vagrant", "lab doctor --fix | sudo sh");
    }

    @Override
    Exit run() throws IOException {
        Worlds worlds = place.of(parts().worlds());
        worlds.reach();
        sign().begin(screen().look(), say("doctor.trying"));
        List<Capability> capabilities = worlds.capabilitiesNow();
        sign().end();
        if (json) {
            json(new JsonForm().with("capabilities", capabilities, DoctorVerb::form));
        } else if (fix) {
            Set<String> remedies = new LinkedHashSet<>();
            capabilities.stream()
                    .filter(capability -> !capability.present())
                    .forEach(capability -> capability.remedy().ifPresent(remedies::add));
            remedies.forEach(remedy -> screen().raw(remedy + "\n"));
        } else {
            write(DoctorText.of(worlds.called(), capabilities, needs(), all, screen().look()));
            screen().note(worlds.machineUnfit()
                    .map(why -> say("doctor.machine-unfit", "reason", why))
                    .orElseGet(() -> say("doctor.machine-fit")));
            screen().note(say("doctor.report"));
        }
        Map<String, List<String>> needs = needs();
        boolean stops = capabilities.stream()
                .anyMatch(capability ->
                        !capability.present() && (capability.ofEveryWorld() || needs.containsKey(capability.name())));
        return stops ? Exit.CANNOT_TELL : Exit.MET;
    }

    private static JsonForm form(Capability capability) {
        return new JsonForm()
                .with("name", capability.name())
                .with("present", capability.present())
                .with("detail", capability.detail())
                .with("remedy", capability.remedy());
    }

    private Map<String, List<String>> needs() {
        Map<String, List<String>> labs = new TreeMap<>();
        for (Lab lab : library().all().labs()) {
            for (String need : lab.needs()) {
                labs.computeIfAbsent(need, name -> new ArrayList<>()).add(lab.id());
            }
        }
        return labs;
    }
}
