package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.danelaw.queue.Lane;
import org.junit.jupiter.api.Test;

/// Which destinations are looked at again, and when.
class WatchListTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Lane LANE = lane("two.example");

    private final WatchList list = new WatchList();

    @Test
    void aDestinationIsLookedAtAtOnceAndAgainWhenWhatWasSeenIsOver() {
        list.add(LANE, START);
        assertThat(list.pollDue(START)).contains(LANE);
        assertThat(list.pollDue(START)).as("its look is under way").isEmpty();
        assertThat(list.seen(LANE, sight("a", 600), START)).isFalse();
        assertThat(list.next()).contains(START.plusSeconds(600));
        assertThat(list.pollDue(START.plusSeconds(599))).isEmpty();
        assertThat(list.pollDue(START.plusSeconds(600))).contains(LANE);
    }

    @Test
    void mailIsBroughtForwardWhenSomethingElseIsSeenAndNotBefore() {
        look(START, sight("a", 600));
        assertThat(lookAgain(START.plusSeconds(600), sight("a", 300))).isFalse();
        assertThat(lookAgain(START.plusSeconds(900), sight("b", 300))).isTrue();
        assertThat(list.next()).as("it is not watched any more").isEmpty();
    }

    @Test
    void aSightThatLastsShortlyOrLongIsLookedAtNeitherAtOnceNorNever() {
        look(START, sight("a", 0));
        assertThat(list.next()).contains(START.plus(WatchList.SOONEST));
        assertThat(lookAgain(START.plusSeconds(60), sight("a", 604_800))).isFalse();
        assertThat(list.next()).contains(START.plusSeconds(60).plus(WatchList.LONGEST));
    }

    @Test
    void whatFailsIsLookedAtInWaitsThatGrow() {
        var now = START;
        list.add(LANE, now);
        for (var minutes : List.of(1, 2, 4, 8, 15, 15)) {
            assertThat(list.pollDue(now)).contains(LANE);
            assertThat(list.seen(LANE, failed(), now)).isFalse();
            now = now.plus(Duration.ofMinutes(minutes));
            assertThat(list.next()).contains(now);
        }
    }

    @Test
    void aZoneThatChangesAllTheTimeDoesNotUseUpTheRetries() {
        look(START, sight("a", 60));
        assertThat(lookAgain(START.plusSeconds(60), sight("b", 60))).isTrue();
        var woken = START.plusSeconds(60);
        list.add(LANE, woken.plusSeconds(5));
        assertThat(list.next()).isEmpty();
        list.add(LANE, woken.plus(WatchList.BETWEEN_WAKES));
        assertThat(list.next()).contains(woken.plus(WatchList.BETWEEN_WAKES));
    }

    @Test
    void aDestinationWhoseMailIsGoneIsNotLookedAt() {
        look(START, sight("a", 60));
        list.drop(LANE);
        assertThat(list.next()).isEmpty();
        assertThat(list.seen(LANE, sight("b", 60), START))
                .as("a look that was under way")
                .isFalse();
    }

    @Test
    void moreThanItsMostAreLeftToTheirRetries() {
        for (var i = 0; i <= WatchList.MOST; i++) {
            list.add(lane("d" + i + ".example"), START);
        }
        var looks = 0;
        while (list.pollDue(START).isPresent()) {
            looks++;
        }
        assertThat(looks).isEqualTo(WatchList.MOST);
    }

    private void look(Instant at, Sight sight) {
        list.add(LANE, at);
        assertThat(lookAgain(at, sight))
                .as("the first look has nothing to compare with")
                .isFalse();
    }

    private boolean lookAgain(Instant at, Sight sight) {
        assertThat(list.pollDue(at)).contains(LANE);
        return list.seen(LANE, sight, at);
    }

    private static Sight sight(String fact, long seconds) {
        return new Sight(List.of(fact), Optional.of(Duration.ofSeconds(seconds)));
    }

    private static Sight failed() {
        return new Sight(List.of("failed"), Optional.empty());
    }

    private static Lane lane(String domain) {
        return new Lane(domain, "out", true);
    }
}
