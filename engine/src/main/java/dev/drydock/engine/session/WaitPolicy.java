package dev.drydock.engine.session;

/** Whether a check waits for goals that may take a while ({@code eventually}). */
public enum WaitPolicy {
    /** One look. */
    NOW,
    /** Looks again until they are met or their time is over. */
    EVENTUALLY
}
