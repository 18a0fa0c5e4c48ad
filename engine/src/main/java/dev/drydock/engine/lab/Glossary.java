package dev.drydock.engine.lab;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The terms that the labs use, in the order of the file. */
public record Glossary(List<Term> terms) {
    /**
     * @param also synonyms and short forms
     * @param text one paragraph of Markdown
     * @param lab the id of the lab that teaches the term
     * @param step the id of the step, within that lab
     */
    public record Term(String name, List<String> also, String text, String lab, String step) {
        public Term {
            also = List.copyOf(also);
        }

        private boolean called(String plain) {
            return plain(name).equals(plain)
                    || also.stream().anyMatch(word -> plain(word).equals(plain));
        }
    }

    public Glossary {
        terms = List.copyOf(terms);
    }

    /** The term with this name or synonym; empty when there is none. Ignores case, spaces, hyphens, underscores and a plural s. */
    public Optional<Term> find(String typed) {
        String plain = plain(typed);
        return called(plain)
                .or(() -> plain.endsWith("s") ? called(plain.substring(0, plain.length() - 1)) : Optional.empty());
    }

    private Optional<Term> called(String plain) {
        return terms.stream().filter(term -> term.called(plain)).findFirst();
    }

    public List<String> names() {
        return terms.stream().map(Term::name).toList();
    }

    /**
     * The names of terms that were possibly meant: those that contain the typed text or are contained in it, else the one with nearly the same
     * spelling.
     */
    public List<String> near(String typed) {
        String plain = plain(typed);
        List<String> holding = terms.stream()
                .filter(term -> plain.length() > 1
                        && (plain(term.name()).contains(plain) || plain.contains(plain(term.name()))))
                .map(Term::name)
                .toList();
        return holding.isEmpty() ? Suggestion.misspelt(typed, names()).stream().toList() : holding;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    }
}
