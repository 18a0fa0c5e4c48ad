package dev.drydock.verify.words;

/**
 * A typed argument of a {@link Message} with its own words in each language, such as a namespace. The entry selects the form: <code>{place}</code>,
 * <code>{place:at}</code>.
 */
public interface Term {
    /**
     * The words in a form.
     *
     * @param form an empty text for the name alone
     * @throws IllegalArgumentException when the term has no such form
     */
    Message inForm(String form);
}
