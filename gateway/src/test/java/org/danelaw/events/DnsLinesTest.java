package org.danelaw.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.events.LineForm.OWN_DNS_NXDOMAIN;

import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.loglines.Logged;
import org.danelaw.loglines.Shows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Each form of a line about a look-up, in the letter of the described product's samples.
final class DnsLinesTest implements Logged {
    private static final String IETF_84 = "194.191.40.84:53";
    private static final Question MX = question("ietf.org.", Type.MX);
    private static final Question CNAME = question("mail.ietf.org.", Type.CNAME);
    private static final Reason FAILED = new Reason("no answer", ExtendedError.NETWORK_ERROR);

    static final List<MailLogTest.Golden> LINES = List.of(
            line(new DnsEvent.Queried(MX), "DNS query: Q('ietf.org', 'MX')"),
            line(new DnsEvent.Queried(question(".", Type.DNSKEY)), "DNS query: Q('.', 'DNSKEY')"),
            line(new DnsEvent.Forwarded(MX), "DNS query: QN('ietf.org', 'MX', 'recursive_nameserver0.parent')"),
            line(
                    new DnsEvent.Asked(MX, IETF_84, 60),
                    "DNS query: QIP ('ietf.org','MX','194.191.40.84',60)",
                    "DNS query: Q ('ietf.org', 'MX', '194.191.40.84')"),
            line(
                    new DnsEvent.Asked(MX, "[2001:db8::53]:5353", 4),
                    "DNS query: QIP ('ietf.org','MX','2001:db8::53',4)",
                    "DNS query: Q ('ietf.org', 'MX', '2001:db8::53')"),
            line(
                    new DnsEvent.Resolved(MX, secure(MX, "0 mail.ietf.org."), 1800),
                    "DNSSEC Response data([(0, 'mail.ietf.org.')], secure, 0, 1800)"),
            line(
                    new DnsEvent.Resolved(
                            question("a.", Type.A),
                            insecure(question("a.", Type.A), "104.47.9.36", "104.47.10.36"),
                            10),
                    "DNSSEC Response data(['104.47.9.36', '104.47.10.36'], insecure, 0, 10)"),
            line(
                    new DnsEvent.Resolved(
                            question("a.", Type.AAAA), secure(question("a.", Type.AAAA), "2001:db8:0:0::1"), 10),
                    "DNSSEC Response data(['2001:db8::1'], secure, 0, 10)"),
            line(
                    new DnsEvent.Resolved(CNAME, secure(CNAME, "other.example."), 10),
                    "DNSSEC Response data(['other.example.'], secure, 0, 10)"),
            line(
                    new DnsEvent.Resolved(
                            question("_25._tcp.mail.ietf.org.", Type.TLSA),
                            secure(
                                    question("_25._tcp.mail.ietf.org.", Type.TLSA),
                                    "3 1 1 0C72AC70B745AC19998811B131D662C9AC69DBDBE7CB23E5B514B56664C5D3D6"),
                            1800),
                    "DNSSEC Response data(['0301010c72ac70b745ac19998811b131d662c9ac69dbdbe7cb23e5b514b56664c5d3d6'],"
                            + " secure, 0, 1800)"),
            line(
                    new DnsEvent.Resolved(CNAME, secure(new Answer.NoData(List.of())), 1800),
                    "DNSSEC Response data([], , 0, 1800)",
                    "Received NODATA for domain mail.ietf.org type CNAME",
                    "No CNAME record(NoError) found for domain(mail.ietf.org)"),
            line(
                    new DnsEvent.Resolved(MX, secure(new Answer.NoData(List.of())), 32768),
                    "DNSSEC Response data([], , 0, 32768)",
                    "Received NODATA for domain ietf.org type MX"),
            line(
                    new DnsEvent.Resolved(CNAME, secure(new Answer.NoSuchName(List.of())), 5),
                    "DNSSEC Response data([], , 0, 5)",
                    "Received NXDOMAIN for domain mail.ietf.org type CNAME",
                    "No CNAME record(NXDomain) found for domain(mail.ietf.org)"),
            line(
                    new DnsEvent.Resolved(CNAME, new Validated.Unavailable<>(FAILED), 5),
                    "No CNAME record() found for domain(mail.ietf.org)"),
            line(new DnsEvent.Resolved(MX, new Validated.Bogus<>(FAILED), 5)),
            line(
                    new DnsEvent.Remembered(MX, secure(MX, "0 mail.ietf.org."), micros(8_496_573_380_345_476L)),
                    "DNS encache (ietf.org, MX, [(8496573380345476L, 0, 'SECURE', (0, 'mail.ietf.org'))])"),
            line(
                    new DnsEvent.Remembered(
                            question("a.", Type.A),
                            insecure(question("a.", Type.A), "104.47.9.36", "104.47.10.36"),
                            micros(8_497_631_700_844_461L)),
                    "DNS encache (a, A, [(8497631700844461L, 0, 'INSECURE', '104.47.9.36'),"
                            + " (8497631700844461L, 0, 'INSECURE', '104.47.10.36')])"),
            line(new DnsEvent.Remembered(MX, secure(new Answer.NoData(List.of())), micros(1))),
            line(
                    new DnsEvent.ServerFailed(MX, "194.191.40.83:53", "SERVER FAILED"),
                    "Received an invalid DNS Response: SERVER FAILED to IP 194.191.40.83 looking up ietf.org"),
            line(
                    new DnsEvent.BogusReply(question("mail.ietf.org.", Type.AAAA), IETF_84, "Unsupported qtype"),
                    "Received an invalid DNSSEC Response: DNSSEC_Error('mail.ietf.org', 'AAAA', '194.191.40.84',"
                            + " 'DNSSEC Error for hostname mail.ietf.org (AAAA) while asking 194.191.40.84. Error was:"
                            + " Unsupported qtype') of qtype AAAA looking up mail.ietf.org"));

    @ParameterizedTest
    @FieldSource("LINES")
    void saysItToTheLetter(MailLogTest.Golden golden) {
        assertThat(MailLog.lines(golden.event()).stream().map(LogLine::text)).isEqualTo(golden.lines());
    }

    @Override
    public List<LogLine> logged() {
        return LINES.stream()
                .flatMap(golden -> MailLog.lines(golden.event()).stream())
                .toList();
    }

    @Test
    @Shows(OWN_DNS_NXDOMAIN)
    void whatGoesWrongIsAWarningAndTheRestIsDebug() {
        assertThat(Stream.of(DnsEvent.class.getPermittedSubclasses()))
                .allMatch(
                        kind -> LINES.stream().anyMatch(golden -> golden.event().getClass() == kind));
        assertThat(LINES)
                .allSatisfy(golden -> assertThat(golden.event().level())
                        .isEqualTo(
                                golden.event() instanceof DnsEvent.ServerFailed
                                                || golden.event() instanceof DnsEvent.BogusReply
                                        ? Level.WARNING
                                        : Level.DEBUG));
    }

    @Test
    void aNameCannotEndItsQuotes() {
        var crafted = question("x','MX.example.", Type.MX);

        assertThat(MailLog.lines(new DnsEvent.Queried(crafted)).getFirst().text())
                .isEqualTo("DNS query: Q('x\\',\\'MX.example', 'MX')");
    }

    @Test
    void inJsonQuestionsAndAnswersAreObjects() {
        var json = new EventJson();
        var at = ZonedDateTime.parse("2026-02-03T10:04:05+01:00");

        assertThat(json.line(at, new DnsEvent.Resolved(MX, secure(MX, "0 mail.ietf.org."), 1800)))
                .isEqualTo("{\"time\":\"2026-02-03T10:04:05.000+01:00\",\"level\":\"debug\",\"event\":\"dns.resolved\","
                        + "\"question\":{\"name\":\"ietf.org\",\"type\":\"MX\"},"
                        + "\"answer\":{\"status\":\"secure\",\"found\":[\"0 mail.ietf.org.\"]},\"ttlSeconds\":1800,"
                        + "\"text\":\"DNSSEC Response data([(0, 'mail.ietf.org.')], secure, 0, 1800)\"}\n");
        assertThat(json.line(at, new DnsEvent.Resolved(MX, secure(new Answer.NoSuchName(List.of())), 1)))
                .contains("\"answer\":{\"status\":\"secure\",\"absent\":\"nxdomain\"}");
        assertThat(json.line(at, new DnsEvent.Remembered(MX, secure(new Answer.NoData(List.of())), Instant.EPOCH)))
                .contains(
                        "\"answer\":{\"status\":\"secure\",\"absent\":\"nodata\"}",
                        "\"expiry\":\"1970-01-01T00:00:00Z\"");
        assertThat(json.line(at, new DnsEvent.Resolved(MX, new Validated.Bogus<>(FAILED), 1)))
                .contains("\"answer\":{\"status\":\"bogus\",\"why\":\"no answer\"}");
    }

    private static MailLogTest.Golden line(Event event, String... lines) {
        return new MailLogTest.Golden(event, List.of(lines));
    }

    private static Question question(String name, int type) {
        return new Question(Name.fromConstantString(name), type);
    }

    private static Validated<Answer> secure(Question question, String... rdata) {
        return secure(found(question, rdata));
    }

    private static Validated<Answer> secure(Answer answer) {
        return new Validated.Secure<>(answer, new Proof(List.of(), Instant.MAX));
    }

    private static Validated<Answer> insecure(Question question, String... rdata) {
        return new Validated.Insecure<>(found(question, rdata), new Proof(List.of(), Instant.MAX));
    }

    private static Answer found(Question question, String... rdata) {
        var records = Stream.of(rdata).map(text -> record(question, text)).toList();
        return new Answer.Found(new RecordSet(question.name(), question.type(), 1800, records), List.of());
    }

    private static Record record(Question question, String rdata) {
        try {
            return Record.fromString(question.name(), question.type(), DClass.IN, 1800, rdata, Name.root);
        } catch (IOException ours) {
            throw new IllegalArgumentException(rdata, ours);
        }
    }

    private static Instant micros(long sinceEpoch) {
        return Instant.EPOCH.plus(sinceEpoch, ChronoUnit.MICROS);
    }
}
