package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.danelaw.dns.RecordSet;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// What NSEC and NSEC3 records prove, their signatures taken as checked. NSEC3 hashes are without salt and iterations.
class DenialsTest {
    private static final Name ZONE = Name.fromConstantString("example.");

    private static Denials of(String... records) {
        List<RecordSet> sets = Text.sets(String.join("\n", records)).stream()
                .map(set -> set.set())
                .toList();
        return new Denials(ZONE, sets, ValidationSettings.DEFAULT, new Budget());
    }

    private static Denial absence(String name, String type, String... records) {
        return of(records).absence(Name.fromConstantString(name), Type.value(type));
    }

    private static Denial delegation(String name, String... records) {
        return of(records).delegation(Name.fromConstantString(name));
    }

    private static Denial noCloserMatch(String name, String wildcard, String... records) {
        return of(records).noCloserMatch(Name.fromConstantString(name), Name.fromConstantString(wildcard));
    }

    /// An NSEC3 record that stands at `name` and whose span reaches to just before it again: over all other names.
    private static String nsec3At(String name, String types) {
        return nsec3(name, 0, name, types);
    }

    private static String nsec3(String name, int flags, String next, String types) {
        return hash(name) + ".example. NSEC3 1 " + flags + " 0 - " + hash(next) + " " + types;
    }

    private static String hash(String name) {
        byte[] hash = new Nsec3Hashes(new byte[0], 0, new Budget())
                .of(Name.fromConstantString(name))
                .orElseThrow();
        return new org.xbill.DNS.utils.base32(org.xbill.DNS.utils.base32.Alphabet.BASE32HEX, false, true)
                .toString(hash);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x.example.       | the name between owner and next        | d.example. NSEC z.example. A | NoSuchName
            d.example.       | the owner itself, without the type     | d.example. NSEC z.example. A | NoSuchType
            z.example.       | the next name itself                   | d.example. NSEC z.example. A | Unproven
            c.example.       | a name before the owner                | d.example. NSEC z.example. A | Unproven
            zz.example.      | a name behind the next                 | d.example. NSEC z.example. A | Unproven
            zz.example.      | behind the last, whose next is the apex | d.example. NSEC example. A  | NoSuchName
            X.EXAMPLE.       | in capitals                            | d.example. NSEC z.example. A | NoSuchName
            e.example.       | above the next: it exists, empty       | d.example. NSEC b.e.example. A | NoSuchType
            x.other.         | a name of another zone                 | d.example. NSEC z.example. A | Unproven
            """)
    void anNsecSpanGoesFromItsOwnerToItsNextName(String name, String what, String nsec, String expected) {
        assertThat(absence(name, "MX", nsec, "example. NSEC a.example. NS SOA")
                        .getClass()
                        .getSimpleName())
                .as(what)
                .isEqualTo(expected);
    }

    @Rule("A28")
    @Test
    void theParentsRecordOfADelegationDeniesNothingBelowIt() {
        String[] parent = {"sub.example. NSEC z.example. NS RRSIG NSEC", "example. NSEC sub.example. NS SOA"};
        assertThat(absence("mail.sub.example.", "A", parent)).isInstanceOf(Denial.Unproven.class);
        assertThat(absence("sub.example.", "MX", parent)).isInstanceOf(Denial.Unproven.class);
        assertThat(absence("sub.example.", "DS", parent))
                .as("but its DS it does deny")
                .isInstanceOf(Denial.NoSuchType.class);
        assertThat(absence("t.example.", "A", parent)).as("and names beside it").isInstanceOf(Denial.NoSuchName.class);
    }

    @Rule("A28")
    @Test
    void anNsec3OfADelegationDeniesNothingBelowIt() {
        String parent = nsec3At("sub.example.", "NS");
        assertThat(absence("mail.sub.example.", "A", parent)).isInstanceOf(Denial.Unproven.class);
        assertThat(absence("sub.example.", "MX", parent)).isInstanceOf(Denial.Unproven.class);
        assertThat(absence("sub.example.", "DS", parent)).isInstanceOf(Denial.NoSuchType.class);
        assertThat(absence("mail.sub.example.", "A", nsec3At("sub.example.", "A RRSIG")))
                .as("where it is no delegation it does")
                .isInstanceOf(Denial.NoSuchName.class);
    }

    @Rule("A28")
    @Test
    void aRecordWithDnameDeniesNothingBelowIt() {
        String[] nsec = {"old.example. NSEC z.example. DNAME RRSIG NSEC", "example. NSEC old.example. NS SOA"};
        assertThat(absence("mail.old.example.", "A", nsec)).isInstanceOf(Denial.Unproven.class);
        assertThat(absence("old.example.", "A", nsec)).isInstanceOf(Denial.NoSuchType.class);
        String nsec3 = nsec3At("old.example.", "DNAME RRSIG");
        assertThat(absence("mail.old.example.", "A", nsec3)).isInstanceOf(Denial.Unproven.class);
        assertThat(absence("old.example.", "A", nsec3)).isInstanceOf(Denial.NoSuchType.class);
    }

    @Rule("A28")
    @Test
    void aChildsApexRecordDoesNotDenyItsDs() {
        String nsec = "example. NSEC mail.example. NS SOA RRSIG NSEC DNSKEY";
        assertThat(absence("example.", "DS", nsec)).isInstanceOf(Denial.Unproven.class);
        assertThat(delegation("example.", nsec)).isInstanceOf(Denial.Unproven.class);
        assertThat(absence("example.", "MX", nsec)).isInstanceOf(Denial.NoSuchType.class);
        String nsec3 = nsec3At("example.", "NS SOA RRSIG DNSKEY");
        assertThat(absence("example.", "DS", nsec3)).isInstanceOf(Denial.Unproven.class);
        assertThat(delegation("example.", nsec3)).isInstanceOf(Denial.Unproven.class);
    }

    @Rule("A29")
    @Test
    void theWildcardMustBeTheOneAtTheClosestEncloser() {
        String[] nsec = {"b.a.example. NSEC z.example. A", "example. NSEC a.example. NS SOA"};
        assertThat(noCloserMatch("x.b.a.example.", "*.b.a.example.", nsec)).isInstanceOf(Denial.NoSuchName.class);
        assertThat(noCloserMatch("x.b.a.example.", "*.a.example.", nsec))
                .as("b.a.example exists, so *.a.example does not make the name")
                .isInstanceOf(Denial.Unproven.class);
        assertThat(noCloserMatch("x.b.a.example.", "*.example.", nsec)).isInstanceOf(Denial.Unproven.class);
        assertThat(noCloserMatch("b.a.example.", "*.a.example.", nsec))
                .as("the name itself exists")
                .isInstanceOf(Denial.Unproven.class);
    }

    @Rule("A29")
    @Test
    void anNsec3WildcardNeedsItsOwnNextCloserNameDenied() {
        String overAllBut = nsec3At("b.a.example.", "A RRSIG");
        assertThat(noCloserMatch("x.b.a.example.", "*.b.a.example.", overAllBut))
                .isInstanceOf(Denial.NoSuchName.class);
        assertThat(noCloserMatch("x.b.a.example.", "*.a.example.", overAllBut))
                .as("the next closer name of *.a.example is b.a.example, which exists")
                .isInstanceOf(Denial.Unproven.class);
    }

    @Rule("A29")
    @Test
    void aWildcardElsewhereThanAtTheClosestEncloserDeniesNothing() {
        // b.a.example exists, so *.b.a.example would make the name; *.example without MX says nothing of that.
        String[] nsec = {
            "b.a.example. NSEC q.example. A", "*.example. NSEC b.a.example. A", "example. NSEC *.example. NS SOA"
        };
        assertThat(absence("x.b.a.example.", "MX", nsec)).isInstanceOf(Denial.NoSuchName.class);
        assertThat(absence("x.b.a.example.", "MX", "b.a.example. NSEC *.b.a.example. A", nsec[1], nsec[2]))
                .isInstanceOf(Denial.Unproven.class);
    }

    @Test
    void aDelegationIsUnsignedOrNoneOrUnproven() {
        String apex = "example. NSEC a.example. NS SOA";
        assertThat(delegation("sub.example.", "sub.example. NSEC z.example. NS"))
                .isInstanceOf(Denial.Insecure.class);
        assertThat(delegation("sub.example.", "sub.example. NSEC z.example. NS DS"))
                .isInstanceOf(Denial.Unproven.class);
        assertThat(delegation("sub.example.", "sub.example. NSEC z.example. A")).isInstanceOf(Denial.NoSuchType.class);
        assertThat(delegation("sub.example.", "a.example. NSEC z.example. A", apex))
                .isInstanceOf(Denial.NoSuchName.class);
        assertThat(delegation("sub.example.", "a.example. NSEC x.sub.example. A", apex))
                .isInstanceOf(Denial.NoSuchType.class);
        assertThat(delegation("sub.example.", apex)).isInstanceOf(Denial.Unproven.class);
        assertThat(delegation("sub.example.")).isInstanceOf(Denial.Unproven.class);
    }

    @Test
    void nsecAndNsec3DoNotFillEachOthersGaps() {
        String name = "b.example. NSEC z.example. A";
        String wildcard = "example. NSEC b.example. NS SOA";
        assertThat(absence("x.example.", "A", name, wildcard)).isInstanceOf(Denial.NoSuchName.class);
        assertThat(absence("x.example.", "A", name)).isInstanceOf(Denial.Unproven.class);
        // The hash that covers everything but the apex would deny the wildcard; it does not know the name's encloser.
        assertThat(absence("x.example.", "A", name, nsec3At("other.example.", "A")))
                .isInstanceOf(Denial.Unproven.class);
        assertThat(absence("x.example.", "A", name, nsec3At("example.", "NS SOA")))
                .as("a proof that is complete by itself counts, whatever lies beside it")
                .isInstanceOf(Denial.NoSuchName.class);
    }

    @Test
    void nsec3RecordsOfUnknownKindsCountForNothing() {
        String good = nsec3At("example.", "NS SOA");
        assertThat(absence("example.", "MX", good)).isInstanceOf(Denial.NoSuchType.class);
        assertThat(absence("example.", "MX", good.replace("NSEC3 1 0", "NSEC3 2 0")))
                .as("an unknown hash")
                .isInstanceOf(Denial.Unproven.class);
        assertThat(absence("example.", "MX", good.replace("NSEC3 1 0", "NSEC3 1 2")))
                .as("an unknown flag")
                .isInstanceOf(Denial.Unproven.class);
        assertThat(absence("example.", "MX", "x." + good))
                .as("an owner that is not right below the zone")
                .isInstanceOf(Denial.Unproven.class);
    }

    @Rule("A25")
    @Test
    void anOptedOutSpanDeniesNothingForCertain() {
        String apex = nsec3("example.", 0, "example.", "NS SOA");
        assertThat(absence("x.example.", "A", apex)).isInstanceOf(Denial.NoSuchName.class);
        String optedOut = nsec3("example.", 1, "example.", "NS SOA");
        assertThat(absence("x.example.", "A", optedOut)).isInstanceOf(Denial.Insecure.class);
        assertThat(delegation("x.example.", optedOut)).isInstanceOf(Denial.Insecure.class);
        assertThat(delegation("x.example.", apex)).isInstanceOf(Denial.NoSuchName.class);
        assertThat(noCloserMatch("x.example.", "*.example.", optedOut)).isInstanceOf(Denial.Insecure.class);
    }

    @Rule("A18")
    @Test
    void hashingStopsWhenTheBudgetIsSpent() {
        String name = "a.".repeat(120) + "example.";
        var budget = new Budget();
        var records = Text.sets(nsec3At("example.", "NS SOA")).stream()
                .map(set -> set.set())
                .toList();
        assertThat(new Denials(ZONE, records, ValidationSettings.DEFAULT, budget)
                        .absence(Name.fromConstantString(name), Type.A))
                .isInstanceOf(Denial.NoSuchName.class);
        assertThat(budget.isSpent()).isFalse();
        assertThat(new Denials(ZONE, records, ValidationSettings.DEFAULT, budget)
                        .absence(Name.fromConstantString(name), Type.A))
                .isInstanceOf(Denial.Unproven.class);
        assertThat(budget.isSpent()).isTrue();
    }
}
