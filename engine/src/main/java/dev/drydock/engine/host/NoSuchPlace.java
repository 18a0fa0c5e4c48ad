package dev.drydock.engine.host;

/** What was typed names no place, wherever one looks from. */
public final class NoSuchPlace extends HostTrouble {
    private static final long serialVersionUID = 1L;

    NoSuchPlace(String typed) {
        super(
                "There is no place called '" + typed.strip()
                        + "'. There are local (this machine), vagrant (the VM of the Vagrantfile here), ssh:user@host and ssh:user@host:port.");
    }
}
