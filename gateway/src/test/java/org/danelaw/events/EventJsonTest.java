package org.danelaw.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.events.DeliveryEvent.DaneResult;
import org.danelaw.events.DeliveryEvent.Failure;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventJsonTest {
    private static final ZonedDateTime AT = ZonedDateTime.parse("2026-02-03T10:04:05.678+01:00[Europe/Paris]");

    private final EventJson json = new EventJson();

    @Test
    void anEventIsOneObjectWithItsTimeLevelNameFieldsAndText() {
        assertThat(json.line(AT, new DeliveryEvent.Connected(3, ip("192.0.2.1"), ip("198.51.100.25"), 25)))
                .isEqualTo("""
                {"time":"2026-02-03T10:04:05.678+01:00","level":"info","event":"delivery.connected",\
                "dcid":3,"local":"192.0.2.1","remote":"198.51.100.25","port":25,\
                "text":"New SMTP DCID 3 interface 192.0.2.1 address 198.51.100.25 port 25"}
                """);
    }

    @Test
    void anEventWithSeveralLinesIsStillOneObject() {
        assertThat(json.line(AT, new DeliveryEvent.Delivered(3, 12, List.of(0, 2), Reply.of(250, "2.0.0 Ok"))))
                .contains("\"rids\":[0,2],\"reply\":{\"code\":250,\"lines\":[\"2.0.0 Ok\"]},")
                .contains("\"text\":\"Message done DCID 3 MID 12 to RID [0, 2]\\u000a"
                        + "MID 12 RID [0, 2] Response '2.0.0 Ok'\"")
                .containsOnlyOnce("\n")
                .endsWith("\n");
    }

    @Test
    void whatIsNotThereIsNull() {
        assertThat(json.line(AT, new IntakeEvent.From(12, 7, Optional.empty()))).contains("\"sender\":null,");
        assertThat(json.line(AT, new IntakeEvent.From(12, 7, Optional.of(new Address("a", "one.example")))))
                .contains("\"sender\":\"a@one.example\",");
        assertThat(json.line(
                        AT,
                        new DeliveryEvent.Delayed(3, 12, 1, new Failure("4.4.1", "down", Optional.empty(), "nobody"))))
                .contains("\"failure\":{\"status\":\"4.4.1\",\"text\":\"down\",\"code\":null,\"response\":\"nobody\"}");
    }

    @Test
    void wordsOfOurOwnAreInLowerCase() {
        assertThat(json.line(
                        AT,
                        new DeliveryEvent.DaneJudged(3, DaneResult.INSECURE_MX, "two.example", "mx.two.example", "")))
                .contains("\"event\":\"delivery.dane-judged\"", "\"result\":\"insecure-mx\"");
    }

    @Test
    void aNameFromReverseDnsSaysWhetherItHolds() {
        assertThat(connected(new ReverseName.Unknown())).contains("\"name\":null,");
        assertThat(connected(new ReverseName.Claimed("a.example")))
                .contains("\"name\":{\"names\":[\"a.example\"],\"verified\":false},");
        assertThat(connected(new ReverseName.Verified("a.example")))
                .contains("\"name\":{\"names\":[\"a.example\"],\"verified\":true},");
        assertThat(connected(new ReverseName.Undecided(Optional.empty(), "no answer")))
                .contains("\"name\":{\"names\":[],\"verified\":false,\"why\":\"no answer\"},");
    }

    @Test
    void whatAStrangerWroteCannotBreakALine() {
        assertThat(json.line(AT, new IntakeEvent.SubjectSeen(12, "a\"b\r\nc\u2028")))
                .contains("\"subject\":\"a\\\"b\\u000d\\u000ac\u2028\"")
                .containsOnlyOnce("\n");
    }

    static Stream<Event> everyEvent() {
        return MailLogTest.LINES.stream().map(MailLogTest.Golden::event);
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void everyFieldOfEveryEventIsThere(Event event) {
        var line = json.line(AT, event);

        assertThat(line).startsWith("{\"time\":").endsWith("\"}\n");
        for (var component : event.getClass().getRecordComponents()) {
            assertThat(line).contains("\"" + component.getName() + "\":");
        }
    }

    private String connected(ReverseName name) {
        return json.line(AT, new IntakeEvent.Connected(7, "in", ip("192.0.2.1"), ip("198.51.100.25"), name));
    }

    private static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }
}
