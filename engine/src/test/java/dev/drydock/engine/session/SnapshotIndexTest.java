package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.session.SnapshotIndex.Kept;
import dev.drydock.engine.session.SnapshotIndex.Typed;
import org.junit.jupiter.api.Test;

/** Which snapshot stands for what was before; each is named by its times. */
class SnapshotIndexTest {
    private final SnapshotIndex index = SnapshotIndex.of("world", "first");

    private static Kept kept(long began, long read) {
        return new Kept(began + "-" + read, began, read);
    }

    private boolean took(long began, long read) {
        return index.took(kept(began, read));
    }

    @Test
    void the_first_is_that_of_the_start_and_of_the_step() {
        assertThat(took(1, 2)).isTrue();
        assertThat(index.start).isEqualTo(kept(1, 2));
        assertThat(index.entered).isEqualTo(kept(1, 2));
        assertThat(index.before).isEqualTo(kept(1, 2));
    }

    @Test
    void a_command_has_before_it_what_was_read_between_it_and_the_one_before() {
        took(1, 2);
        index.begins("one", 10);
        index.ended(20);
        took(21, 22);
        index.begins("two", 30);

        assertThat(index.before).isEqualTo(kept(21, 22));
        assertThat(index.lines).extracting(Typed::line).containsExactly("two");
        assertThat(index.effect.before()).isEqualTo(kept(1, 2));
        assertThat(index.effect.after()).isEqualTo(kept(21, 22));
        assertThat(index.effect.lines()).containsExactly("one");
    }

    @Test
    void what_was_read_while_a_command_ran_is_of_no_use() {
        took(1, 2);
        index.begins("one", 10);

        assertThat(took(11, 12)).isFalse();
        assertThat(took(5, 12)).isFalse();
        index.ended(20);
        assertThat(took(15, 25)).isFalse();
        assertThat(index.before).isEqualTo(kept(1, 2));
        assertThat(took(20, 25)).isTrue();
        assertThat(index.latest).isEqualTo(kept(20, 25));
    }

    @Test
    void a_reading_whose_probes_went_on_into_the_next_command_still_parts_the_two() {
        took(1, 2);
        index.begins("one", 10);
        index.ended(20);
        index.begins("two", 30);
        assertThat(index.lines).extracting(Typed::line).containsExactly("one", "two");

        assertThat(took(21, 29)).isTrue();

        assertThat(index.lines).extracting(Typed::line).containsExactly("two");
        assertThat(index.before).isEqualTo(kept(21, 29));
        assertThat(index.effect.lines()).containsExactly("one");
    }

    @Test
    void a_command_that_was_cut_off_is_over_when_the_next_begins() {
        took(1, 2);
        index.begins("killed", 10);
        index.begins("next", 30);
        index.ended(40);

        assertThat(took(41, 42)).isTrue();
        assertThat(index.lines).extracting(Typed::line).containsExactly("killed", "next");
    }

    @Test
    void another_step_begins_with_what_was_read_last_or_is_read_next() {
        took(1, 2);
        index.begins("one", 10);
        index.ended(20);
        took(21, 22);
        index.entered("second");
        assertThat(index.entered).isEqualTo(kept(21, 22));
        index.begins("two", 30);
        index.entered("third");
        assertThat(index.entered).isNull();
        index.ended(40);
        took(41, 42);
        assertThat(index.entered).isEqualTo(kept(41, 42));
        assertThat(index.start).isEqualTo(kept(1, 2));
    }

    @Test
    void an_older_one_that_comes_late_changes_nothing() {
        took(5, 6);
        assertThat(took(1, 2)).isFalse();
        assertThat(index.latest).isEqualTo(kept(5, 6));
    }

    @Test
    void only_files_that_are_spoken_of_are_kept() {
        took(1, 2);
        index.begins("one", 10);
        index.ended(20);
        took(21, 22);
        took(23, 24);
        assertThat(index.files()).containsExactlyInAnyOrder("1-2", "23-24");
    }
}
