package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.danelaw.lab.fuzz.Damaged;
import org.danelaw.lab.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/// Clients that say anything, in pieces of any size: the session ends, each transaction is closed, and what was taken
/// has nothing in it that ends elsewhere than its own end.
class HostileClientTest {
    /// A session's buffers, and a message of the largest size that is taken, some times over.
    private static final long MOST_OCTETS = 16L << 20;

    private static final List<String> DIALOGUES = List.of("""
            EHLO client.example
            MAIL FROM:<alice@org.example> SIZE=100 BODY=8BITMIME SMTPUTF8
            RCPT TO:<bob@dest.example>
            RCPT TO:<nobody@dest.example>
            DATA
            Received: from a by b
            Subject: first

            text
            ..dot
            .
            RSET
            MAIL FROM:<>
            RCPT TO:<"b \\" b"@[192.0.2.1]>
            RCPT TO:<@a.example,@b.example:c@[IPv6:2001:db8::1]>
            DATA
            .
            QUIT
            """, """
            EHLO [192.0.2.7]
            NOOP anything
            VRFY bob
            HELP
            EXPN list
            AUTH PLAIN AGFsaWNlAHNlY3JldA==
            MAIL FROM:<refused@org.example>
            MAIL FROM:<b\u00c3\u00bccher@b\u00c3\u00bccher.example> SMTPUTF8
            RCPT TO:<full-later@dest.example>
            DATA
            Message-ID: <1@org.example>
             folded
            Date: today

            \u00c3\u00a4
            .
            STARTTLS
            QUIT
            """, """
            HELO client.example
            MAIL FROM:<alice@org.example> RET=HDRS ENVID=a+2Bb
            RCPT TO:<bob@dest.example> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob+40dest.example
            MAIL FROM:<alice@org.example>
            RCPT TO:<full-at-once@dest.example>
            DATA
            RCPT TO:<full-at-last@dest.example>
            BDAT 5 LAST
            hello
            DATA
            .
            QUIT
            """, """
            EHLO client.example
            MAIL FROM:<alice@org.example>
            RCPT TO:<bob@dest.example>
            BDAT 14
            Subject: one

            BDAT 2

            BDAT 8 LAST
            body
            .
            MAIL FROM:<>
            RCPT TO:<carol@dest.example>
            BDAT 100001
            BDAT 0 LAST
            MAIL FROM:<>
            RCPT TO:<full-later@dest.example>
            BDAT 0
            RSET
            QUIT
            """);

    private static final List<String> FRAGMENTS = List.of(
            "\r",
            "\n",
            "\r\n",
            "\r\n.\r\n",
            "\n.\n",
            "\0",
            "<",
            ">",
            "@",
            ":",
            "\"",
            "\\",
            "[",
            "]",
            "IPv6:",
            "=",
            "+",
            "+0",
            " ",
            ".",
            "..",
            "\t",
            "\u00ff",
            "\u00c3\u00a9",
            "xn--",
            "DATA\r\n",
            "BDAT 3\r\n",
            "BDAT 20 LAST\r\n",
            "BDAT 0 LAST\r\n",
            "RSET\r\n",
            "QUIT\r\n",
            "SIZE=99999999999999999999",
            "NOTIFY=NEVER",
            "a".repeat(600),
            "b".repeat(1100),
            "RCPT TO:<c@d.example>\r\n");

    @Test
    void noClientBreaksItsSession() throws InterruptedException {
        new Fuzz("fuzz-smtp-commands", MOST_OCTETS).run(HostileClientTest::tried, "took 0", "took 1", "took 2");
    }

    private static String tried(RandomGenerator random) throws Exception {
        var reception = new MemoryReception();
        var socket = new MemorySocket(Pieces.of(said(random), random));
        new SmtpServer(socket, reception, ServerTimeouts.DEFAULT).run();

        assertThat(socket.isClosed()).as("the session is over").isTrue();
        assertThat(reception.closed).as("transactions that were closed").hasSameSizeAs(reception.begun);
        assertThat(reception.taken.size() + reception.aborted.size())
                .as("transactions with an end, of %s", reception.begun)
                .isLessThanOrEqualTo(reception.begun.size());
        reception.taken.forEach(taken -> assertThat(taken.content())
                .as("no line end of another kind, no NUL")
                .doesNotContainPattern("\r(?!\n)|(?<!\r)\n|\0"));
        assertThat(new String(socket.told(), StandardCharsets.UTF_8).lines())
                .as("all that is said is replies")
                .allMatch(line -> line.matches("[2-5][0-9][0-9][ -].{0,506}"));
        return "took " + Math.min(2, reception.taken.size());
    }

    private static String said(RandomGenerator random) {
        String dialogue = DIALOGUES.get(random.nextInt(DIALOGUES.size())).replace("\n", "\r\n");
        return random.nextInt(16) == 0 ? dialogue : Damaged.text(dialogue, FRAGMENTS, random);
    }
}
