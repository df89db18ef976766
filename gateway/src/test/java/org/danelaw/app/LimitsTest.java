package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.danelaw.app.Limits.Limit;
import org.junit.jupiter.api.Test;

/// That `danelaw config limits` leaves nothing out: each constant that is a time or a number is listed as a bound, or
/// named here as a number that bounds nothing.
class LimitsTest {
    /// Numbers of protocols and formats, shares and weights, sizes of buffers. A time is always a bound.
    private static final Set<String> NO_BOUNDS = Set.of("""
            admin.Link.BUFFER
            admin.SessionOutput.PIECE
            admin.TailCommand$Follower.PIECE
            admin.TextForm$TableLines.LOOK_AHEAD_ROWS
            admin.TlsVerifyHere.MAX_PORT
            config.Endpoint.MAX_PORT
            app.DaneVerifyRequest.DEFAULT_PORT
            app.DaneVerifyRequest.DNS_PORT
            app.DemoSummary.WIDEST
            app.DemoTable.LEAST_ROOM
            app.DemoTable.SAYS_COLUMN
            app.ExitStatus.CONFIG
            app.ExitStatus.INTERRUPTED
            app.ExitStatus.NOT_AS_EXPECTED
            app.ExitStatus.OK
            app.ExitStatus.SOFTWARE
            app.ExitStatus.UNAVAILABLE
            app.ExitStatus.USAGE
            app.Rehearsal.LOOK_UPS
            app.Rehearsal.MESSAGES
            config.Assembly.OCTETS_A_MEGABYTE
            config.LineDiff.CONTEXT
            config.Schema.ANY_INT
            config.Schema$Control.USUAL_RECIPIENTS_MINUTES
            config.SystemResolvers.PORT
            dane.DaneSettings.SMTP
            delivery.Judgement.TOO_MANY_RECIPIENTS
            dns.AddressText.GROUPS
            dns.ShortTlsaMessage.HEADER_OCTETS
            dns.ShortTlsaMessage.POINTER
            dns.ShortTlsaMessage.STAND_IN
            dns.ShortTlsaRecord.WHOLE
            dnssec.CanonicalForm.RECORD_FIXED_OCTETS
            dnssec.CanonicalForm.RRSIG_FIXED_OCTETS
            dnssec.Nsec3.HASH_OCTETS
            dnssec.Nsec3.LABEL_CHARACTERS
            dnssec.Nsec3.OPT_OUT
            dnssec.Nsec3.SHA1
            dnssec.Period.LIFETIMES_A_SKEW
            events.DeliveryEvent.NO_CONNECTION
            events.Numbering.BLOCK
            intake.ClientLedger.MINUTE_MILLIS
            intake.PasswordHash.HASH_OCTETS
            intake.PasswordHash.ITERATIONS
            intake.PasswordHash.SALT_OCTETS
            policy.MxHost.LABELS_OF_AN_IPV4_ADDRESS
            queue.MidNumbers.BLOCK
            queue.SpoolDatabase.PAGE_OCTETS
            queue.SpoolDatabase.SCHEMA_VERSION
            queue.SqliteDraft.FIRST_OCTETS
            resolver.DnsResolver.ANSWERS
            resolver.DnsResolver.PLAIN
            resolver.DnsResolver.ZONES
            resolver.Memory.ENTRY_BYTES
            resolver.Memory.SEGMENTS
            resolver.Query.CD
            resolver.Query.DO
            resolver.Query.HEADER
            resolver.Query.OPCODE
            resolver.Query.OPT
            resolver.Query.QR
            resolver.Query.RCODE
            resolver.Query.RD
            resolver.Query.TC
            resolver.TcpLink.LENGTH_PREFIX
            resolver.Weight.NAME
            resolver.Weight.RECORD
            resolver.Weight.REST
            resolver.Weight.STEP
            smtp.HeaderScan.LONGEST_SIGNATURE_NAME
            smtp.IncomingContent.BLOCK
            smtp.DotStuffing.BLOCK
            smtp.DotStuffing.END
            smtp.DotStuffing.PIECE
            smtp.ReplyReader.CODE_DIGITS
            smtp.ReplyWriter.TEXT
            smtp.SmtpClient.SERVICE_CLOSING
            smtp.SmtpServer.SERVICE_CLOSING
            smtp.StallGuard.NEVER
            smtp.Wire.BUFFER
            tls.KeyExchange.ANY_BITS
            tlsa.Der.BIT_STRING
            tlsa.Der.HIGH_TAG
            tlsa.Der.INTEGER
            tlsa.Der.LONG_FORM
            tlsa.Der.SEQUENCE
            tlsa.Der.VERSION
            tlsa.PathRules.DIGITAL_SIGNATURE
            tlsa.PathRules.KEY_AGREEMENT
            tlsa.PathRules.KEY_CERT_SIGN
            tlsa.PathRules.KEY_ENCIPHERMENT
            tlsa.PeerNames.DNS_NAME
            tlsa.TlsaRecord.CERT
            tlsa.TlsaRecord.DANE_EE
            tlsa.TlsaRecord.DANE_TA
            tlsa.TlsaRecord.FULL
            tlsa.TlsaRecord.PRIVATE_USE
            tlsa.TlsaRecord.SHA2_256
            tlsa.TlsaRecord.SHA2_512
            tlsa.TlsaRecord.SPKI
            """.split("\\s+"));

    private static final Set<String> TIMES_AND_NUMBERS =
            Set.of("int", "long", "short", "byte", "float", "double", Duration.class.getName());

    @Test
    void eachTimeAndEachNumberIsListedOrBoundsNothing() {
        var listed = Limits.all().stream().map(Limit::constant).collect(Collectors.toCollection(TreeSet::new));
        listed.addAll(NO_BOUNDS);
        assertThat(constants()).containsExactlyElementsOf(listed);
    }

    @Test
    void noBoundIsCalledNone() {
        assertThat(Limits.all())
                .extracting(Limit::constant)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(NO_BOUNDS);
    }

    @Test
    void eachBoundHasItsValueAndSaysWhatItBounds() {
        assertThat(Limits.all()).allSatisfy(limit -> {
            assertThat(limit.value()).as(limit.constant()).isNotBlank();
            assertThat(limit.meaning()).as(limit.constant()).matches("[a-z\\p{javaUpperCase}].{9,}");
        });
        assertThat(Limits.lines()).anyMatch(line -> line.matches("smtp\\.SmtpLimits\\.COMMAND_LINE +512 octets +.*"));
    }

    /// As `smtp.SmtpLimits.COMMAND_LINE`, in order.
    private static Set<String> constants() {
        return new ClassFileImporter()
                .importPaths(Path.of("target", "classes"), Path.of("..", "dane", "target", "classes")).stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(LimitsTest::isTimeOrNumber)
                        .map(field -> name(field.getOwner()) + "." + field.getName())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isTimeOrNumber(JavaField field) {
        return field.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL))
                && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                && TIMES_AND_NUMBERS.contains(field.getRawType().getName())
                && !field.getName().equals("serialVersionUID");
    }

    private static String name(JavaClass type) {
        return type.getName().substring("org.danelaw.".length());
    }
}
