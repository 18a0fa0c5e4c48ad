package dev.drydock.verify.words;

/**
 * A typed argument of a {@link Message} that has words of its own in each language, such as a place. The entry that speaks of it chooses
 * the form: <code>{place}</code>, <code>{place:at}</code>.
 */
public interface Term {
    /**
     * The words in that form.
     *
     * @param form the empty text for the name alone
     * @throws IllegalArgumentException when it has no such form
     */
    Message inForm(String form);
}
