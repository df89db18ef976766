package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.SystemEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The operator's commands over a running gateway, with mail that waits for a host whose key is not the one
/// that its TLSA record names.
@Timeout(180)
class OperatingCommandsTest {
    private static final String KEPT = "wrong-key.danelaw";

    @TempDir
    private Path folder;

    private Operation operation;

    @BeforeEach
    void letMailWait() throws Exception {
        operation = new Operation(folder);
        operation.send("b@" + KEPT, "C@" + KEPT);
        operation.await(event -> event instanceof DeliveryEvent.Delayed delayed && delayed.rid() == 1);
        // The outcome is told when it is handed to the spool, which has it a little later.
        while (!operation.cli("showmessage", "1").out().contains("server certificate not trusted")) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() throws IOException {
        operation.close();
    }

    @Test
    void statusShowsWhatWasDoneAndWhatWaits() {
        var status = operation.cli("status");
        assertThat(status.status()).isZero();
        assertThat(status.out())
                .containsPattern("Status as of: +\\w{3} \\w{3} [ 0-9]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}\n")
                .containsPattern("System status: +Online\n")
                .containsPattern("DNSSEC: +available\n")
                .containsPattern("Messages Received: +1\n")
                .containsPattern("Soft Bounced Events: +2\n")
                .containsPattern("Active Recipients: +2\n")
                .containsPattern("Hosts Down: +1\n");
        assertThat(operation.cli("status", "--json").out())
                .contains("\"state\":\"Online\"")
                .contains("\"gauges\":{\"connectionsIn\":")
                .contains("\"activeRecipients\":2")
                .hasLineCount(1);
    }

    @Test
    void hoststatusSaysWhyADestinationIsDown() {
        assertThat(operation.cli("hoststatus", "Wrong-Key.danelaw").out())
                .startsWith("Host mail status for: 'wrong-key.danelaw'\n")
                .containsPattern("Host up/down: +down\n")
                .containsPattern("Soft Bounced Events: +2\n")
                .containsPattern("Active Recipients: +2\n")
                .containsPattern("Next attempt: +\\w{3} ")
                .containsPattern("Status: +4\\.7\\.5\n")
                .containsPattern("Reason: +server certificate not trusted\n")
                .containsPattern("What must change: +\\S");
        var unknown = operation.cli("hoststatus", "nowhere.danelaw");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err())
                .isEqualTo(
                        "danelaw: hoststatus: nothing is known of nowhere.danelaw: it has no mail, and had none lately\n");
        assertThat(operation.cli("hoststatus", "no domain").status()).isEqualTo(64);
        assertThat(operation.cli("hoststatus").err())
                .isEqualTo("danelaw: hoststatus: say hoststatus [OPTION]... DOMAIN\n");
    }

    @Test
    void tophostsHasItsColumnsAndMarksAHostThatIsDown() {
        assertThat(operation.cli("tophosts").out())
                .contains("Hosts marked with '*' were down as of the last delivery attempt.\n")
                .containsPattern(" +Active +Conn\\. +Deliv\\. +Soft +Hard\n")
                .containsPattern("# +Recipient Host +Recip\\. +Out +Recip\\. +Bounced +Bounced\n")
                .containsPattern("1\\* +wrong-key\\.danelaw +2 +0 +0 +2 +0\n");
        assertThat(operation.cli("tophosts", "soft", "--json").out())
                .contains("\"hosts\":[{\"rank\":\"1*\",\"domain\":\"wrong-key.danelaw\",\"activeRecipients\":2,")
                .contains("\"state\":\"down\",\"suspended\":false}]");
        assertThat(operation.cli("tophosts", "size").status()).isEqualTo(64);
        assertThat(operation.cli("tophosts", "--limit", "0").status()).isEqualTo(64);
    }

    @Test
    void showrecipientsSaysWhyEachWaitsAndWhatWouldHaveToChange() {
        assertThat(operation.cli("showrecipients", "all").out())
                .containsPattern("MID +RID +Bytes +Atmps +Sender +Recipient +Waits since +Next attempt +Why\n")
                .containsPattern(
                        "1 +0 +\\d+ +1 +a@one\\.example +b@wrong-key\\.danelaw .* server certificate not trusted\n");
        assertThat(operation.cli("showrecipients", "domain", KEPT, "--why").out())
                .containsPattern("MID 1 RID 0 to b@wrong-key\\.danelaw: 4\\.7\\.5 \\S.*\n  \\S");
        assertThat(operation.cli("showrecipients", "all", "--limit", "1").out())
                .endsWith("1 more; --limit shows more.\n");
        assertThat(operation
                        .cli("showrecipients", "to", "c@wrong-key.danelaw", "--json")
                        .out())
                .contains("\"recipient\":\"C@wrong-key.danelaw\"")
                .contains("\"remedy\":[\"")
                .endsWith("\"total\":1}\n");
        assertThat(operation.cli("showrecipients", "from", "<>", "--json").out())
                .isEqualTo("{\"recipients\":[],\"total\":0}\n");
        assertThat(operation.cli("showrecipients", "domain").status()).isEqualTo(64);
    }

    @Test
    void showmessageShowsEnvelopeStatesAndHeader() {
        assertThat(operation.cli("showmessage", "1").out())
                .containsPattern("MID: +1\n")
                .containsPattern("Mail flow policy: +relayed\n")
                .containsPattern("Sender: +a@one\\.example\n")
                .containsPattern("Recipient: +C@wrong-key\\.danelaw\n")
                .containsPattern("Reason: +server certificate not trusted\n")
                .contains("Subject: hello\n")
                .doesNotContain("Body");
        assertThat(operation.cli("showmessage", "99").err())
                .isEqualTo("danelaw: showmessage: MID 99 is not in the queue: it is finished, or never was\n");
    }

    @Test
    void delivernowTriesAtOnce() throws Exception {
        assertThat(operation.cli("delivernow", KEPT).out())
                .startsWith("Rescheduling all messages to wrong-key.danelaw for immediate delivery: ");
        operation.await(event -> event instanceof DeliveryEvent.Delayed);
        assertThat(operation.cli("delivernow", "all", "--json").out()).startsWith("{\"rescheduled\":");
        assertThat(operation.cli("delivernow", "x y").status()).isEqualTo(64);
    }

    @Test
    void nothingIsRemovedWithoutAYes() {
        var refused = operation.cli("deleterecipients", "all");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).isEqualTo("Are you sure you want to delete all recipients in the queue? [N]> ");
        assertThat(refused.err())
                .isEqualTo("danelaw: deleterecipients: nothing was done: nobody said yes (or --yes)\n");
        assertThat(operation.answering("n\n", "bouncerecipients", "mid", "1").status())
                .isEqualTo(1);
        assertThat(operation.cli("showrecipients", "all", "--json").out()).endsWith("\"total\":2}\n");
    }

    @Test
    void recipientsAreDeletedAndBouncedAndTheLogSaysByWhom() throws Exception {
        assertThat(operation.cli("deleterecipients", "to", "c@" + KEPT, "--yes").out())
                .isEqualTo("1 recipients deleted.\n");
        var given = (SystemEvent.CommandGiven) operation.await(event -> event instanceof SystemEvent.CommandGiven);
        assertThat(given.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(given.command()).isEqualTo("deleterecipients to c@" + KEPT + " --yes");

        assertThat(operation
                        .answering("y\n", "bouncerecipients", "domain", KEPT)
                        .out())
                .endsWith("1 recipients bounced.\n");
        assertThat(operation.cli("showmessage", "1").status()).isEqualTo(1);
    }

    @Test
    void deliveryIsSuspendedAndResumed() throws Exception {
        assertThat(operation.cli("suspenddel").out()).isEqualTo("Mail delivery suspended.\n");
        assertThat(operation.cli("status").out()).containsPattern("System status: +Delivery suspended\n");
        operation.send("b@dane-ee.danelaw");
        assertThat(operation.cli("resumedel").out()).isEqualTo("Mail delivery resumed.\n");
        operation.await(event -> event instanceof DeliveryEvent.Delivered);
        assertThat(operation.cli("suspenddel", "dane-ee.danelaw", "--json").out())
                .isEqualTo("{\"said\":\"Mail delivery to dane-ee.danelaw suspended.\"}\n");
        assertThat(operation.cli("status").out()).containsPattern("Suspended destinations: +dane-ee\\.danelaw\n");
        assertThat(operation.cli("hoststatus", "dane-ee.danelaw").out()).containsPattern("Suspended: +yes\n");
        assertThat(operation.cli("resumedel", "dane-ee.danelaw").status()).isZero();
    }

    @Test
    void theDnsCacheIsShownAndEmptied() {
        assertThat(operation.cli("dnsstatus").out())
                .containsPattern("DNS Requests: +\\d")
                .containsPattern("Cache Misses: +[1-9]")
                .containsPattern("Cached Answers: +[1-9]")
                .contains("can do DNSSEC");
        assertThat(operation.cli("dnsflush").out()).isEqualTo("The DNS cache is empty.\n");
        assertThat(operation.cli("dnsstatus", "--json").out()).contains("\"cached\":0,");
    }

    @Test
    void daneverifyRunsInsideTheGatewayWithTheSameLines() {
        var port = operation.live.realm().port();
        var good = operation.cli("daneverify", "dane-ee.danelaw");
        assertThat(good.status()).isZero();
        assertThat(good.out())
                .startsWith("SECURE MX record(mx.dane-ee.danelaw) found for dane-ee.danelaw\n")
                .contains(" on port " + port + ".\n")
                .endsWith("DANE SUCCESS for dane-ee.danelaw\nDANE verification completed.\n");
        var bad = operation.answering(KEPT + "\n", "daneverify");
        assertThat(bad.status()).isEqualTo(1);
        assertThat(bad.out()).startsWith("[]> SECURE MX record(").contains("Certificate verification failed: ");
        assertThat(operation.cli("daneverify", "--json", KEPT).out())
                .startsWith("{\"domain\":\"wrong-key.danelaw\",\"result\":\"failed\",")
                .contains("\"decisions\":{\"opportunistic\":{\"outcome\":\"defer\"");
        assertThat(operation.cli("daneverify", "--explain", KEPT).out())
                .contains("What is wrong\n")
                .contains("What becomes of mail now\n");
        assertThat(operation.cli("daneverify", "").status()).isEqualTo(64);
        assertThat(operation.cli("daneverify", "x.danelaw", "--timeout", "0").status())
                .isEqualTo(64);
    }

    @Test
    void tlsverifySaysWhetherRequiredVerifyWouldBeSafe() {
        var untrusted = operation.cli("tlsverify", "dane-ee.danelaw");
        assertThat(untrusted.status()).isEqualTo(1);
        assertThat(untrusted.out())
                .startsWith("Connecting to ")
                .endsWith("TLS FAILED for dane-ee.danelaw\nTLS verification completed.\n");
        assertThat(operation.cli("tlsverify", "--json", "dane-ee.danelaw").out())
                .startsWith("{\"domain\":\"dane-ee.danelaw\",\"result\":\"failed\",\"reasons\":[{\"reason\":\"mx.");
        assertThat(operation
                        .cli("tlsverify", "dane-ee.danelaw", "mx.dane-ee.danelaw:1")
                        .status())
                .as("nobody listens there")
                .isEqualTo(2);
        assertThat(operation.answering("\n", "tlsverify").status()).isEqualTo(64);
        assertThat(operation.cli("tlsverify", "dane-ee.danelaw", "mx:70000").err())
                .isEqualTo("danelaw: tlsverify: \"mx:70000\" is no host, nor a host with a port\n");
    }

    @Test
    void dryrunSaysWhatEachModeWouldDo() {
        assertThat(operation.cli("dryrun", "no-tlsa.danelaw").out())
                .containsPattern("DANE Support now: +mandatory\n")
                .contains("DANE Support opportunistic: delivered as TLS Support says, without DANE")
                .contains("DANE Support mandatory:     waits in the queue (no TLSA record)");
        assertThat(operation.cli("dryrun", "no-tlsa.danelaw", "--json").out())
                .contains("\"decisions\":{\"opportunistic\":{\"outcome\":\"by-tls-setting\"");
    }

    @Test
    void logsAreSearchedAndFollowed() {
        assertThat(operation
                        .cli("grep", "DANE failed for wrong-key", "mail_logs")
                        .out())
                .contains(" reason server certificate not trusted\n");
        assertThat(operation
                        .cli("grep", "-i", "-c", "dane FAILED for", "mail_logs")
                        .out())
                .isEqualTo("1\n");
        assertThat(operation.cli("grep", "no such line", "mail_logs").status()).isEqualTo(1);
        assertThat(operation.cli("grep", "(", "mail_logs").err()).startsWith("danelaw: grep: \"(\" is no pattern: ");
        assertThat(operation.cli("grep", "x", "mail_log").err())
                .isEqualTo("danelaw: grep: there is no log mail_log (there is: mail_logs)\n");
        assertThat(operation
                        .cli("tail", "mail_logs", "--lines", "3", "--no-follow", "--json")
                        .out())
                .hasLineCount(3)
                .contains("{\"line\":\"");
        assertThat(operation.cli("tail", "nothing").status()).isEqualTo(64);
    }

    @Test
    void whatIsInTheLogCanBeReadAfterwards() throws Exception {
        operation.cli("dnsflush");
        operation.close();
        assertThat(Files.readString(folder.resolve("data/log/mail_logs")))
                .contains("Info: Command by " + System.getProperty("user.name") + ": dnsflush (done)\n");
        operation = new Operation(Files.createDirectory(folder.resolve("again")));
    }
}
