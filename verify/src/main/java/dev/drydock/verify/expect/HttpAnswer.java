package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/** {@code http: {from: host, url: "http://127.0.0.1:8080/", status: 200, body: {contains: hello}}}. */
public record HttpAnswer(Scope from, String url, Optional<Integer> status, Optional<TextMatch> body)
        implements Expectation {
    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
