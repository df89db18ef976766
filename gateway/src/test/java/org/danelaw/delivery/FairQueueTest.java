package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Mail;
import org.danelaw.queue.Next;
import org.danelaw.queue.Waiting;
import org.junit.jupiter.api.Test;

/// Who comes out next.
final class FairQueueTest {
    private final FairQueue queue = new FairQueue();
    private long mid;

    private Waiting from(String sender) {
        return new Waiting(
                ++mid,
                new Lane("one.example", "RELAYED", true),
                sender,
                List.of(0),
                Instant.EPOCH,
                "default",
                0,
                false,
                new Next.Attempt(Instant.EPOCH));
    }

    @Test
    void aSingleMessageBehindTenThousandOfAnotherSenderIsTheSecondToGo() {
        for (var i = 0; i < 10_000; i++) {
            queue.add(from("bulk@one.example"));
        }
        var single = from("single@one.example");
        queue.add(single);

        queue.poll();
        assertThat(queue.first()).isEqualTo(single);
        assertThat(queue.poll()).isEqualTo(single);
        assertThat(queue.size()).isEqualTo(9_999);
    }

    @Test
    void eachSendersMailKeepsItsOrder() {
        for (var i = 0; i < 3; i++) {
            queue.add(from("a"));
            queue.add(from("b"));
        }
        queue.add(from("c"));

        var mids = new ArrayList<Long>();
        while (!queue.isEmpty()) {
            mids.add(queue.poll().mid());
        }
        assertThat(mids).containsExactly(1L, 2L, 7L, 3L, 4L, 5L, 6L);
    }

    @Test
    void whatIsPutBackComesOutNext() {
        queue.add(from("a"));
        queue.add(from("a"));
        queue.add(from("b"));
        var first = queue.poll();
        queue.addFirst(first);

        assertThat(queue.size()).isEqualTo(3);
        assertThat(queue.poll()).isEqualTo(first);
        assertThat(queue.poll().mid()).isEqualTo(3);
    }

    @Test
    void whatIsDrainedIsAllThereIs() {
        queue.add(from("a"));
        queue.add(from("b"));
        queue.add(from("a"));

        assertThat(queue.drain()).extracting(Waiting::mid).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whatStandsBehindAPlusMakesNoOtherSender() {
        assertThat(Waiting.sender(Optional.of(Mail.address("list+one=two.example@example.org"))))
                .isEqualTo("list@example.org");
        assertThat(Waiting.sender(Optional.of(Mail.address("list@example.org"))))
                .isEqualTo("list@example.org");
        assertThat(Waiting.sender(Optional.of(Mail.address("+one@example.org"))))
                .isEqualTo("+one@example.org");
        assertThat(Waiting.sender(Optional.empty())).isEmpty();
    }
}
