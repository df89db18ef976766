package org.danelaw.lab.realm;

import static org.danelaw.lab.realm.DomainPlan.domain;
import static org.danelaw.lab.realm.Ending.AUTHENTICATED;
import static org.danelaw.lab.realm.Ending.DOMAIN_LOOKUP_ERROR;
import static org.danelaw.lab.realm.Ending.ENCRYPTED;
import static org.danelaw.lab.realm.Ending.WITHOUT_DNSSEC;
import static org.danelaw.lab.world.Damage.serversThat;
import static org.danelaw.lab.world.Damage.signatures;

import java.time.Instant;
import java.util.List;
import org.danelaw.lab.world.Misconduct;

/// The worlds of the described product's own samples, with the very names and addresses: the hosts listen elsewhere,
/// see
/// [LiveRealm#dialled]. TLSA records stand at port 25.
public final class Samples {
    private static final int SMTP_PORT = 25;

    private static final String IETF = """
            @             1800 MX   0 mail
            mail          1800 A    4.31.198.44
            _25._tcp.mail 1800 TLSA 3 1 1 {leaf}
            """;

    private Samples() {}

    /// `daneverify ietf.org` that ends in DANE SUCCESS, over ECDHE-RSA-AES256-GCM-SHA384.
    public static Realm ietf(Instant instant) {
        return realm(instant, ietfShowing(Showing.RSA_TLS12_ECDHE));
    }

    /// The same in the sample of the debug log, over DHE-RSA-AES256-GCM-SHA384.
    public static Realm ietfOverDhe(Instant instant) {
        return realm(instant, ietfShowing(Showing.RSA_TLS12_DHE));
    }

    private static DomainPlan ietfShowing(Showing showing) {
        return domain("ietf.org", "Secure MX, secure A, secure TLSA, and a certificate that matches.")
                .zone(IETF)
                .host("mail", showing)
                .ends(AUTHENTICATED);
    }

    /// `daneverify ietf.org` whose MX is bogus, as behind a resolver that strips DNSSEC.
    public static Realm ietfBogus(Instant instant) {
        return realm(
                instant,
                domain("ietf.org", "No answer of this signed zone has a signature.")
                        .zone(IETF, zone -> zone.but(signatures().areStripped()))
                        .host("mail", Showing.RSA_TLS12_ECDHE)
                        .ends(DOMAIN_LOOKUP_ERROR));
    }

    /// `daneverify cisco.com`: three insecure MX records, one insecure address each.
    public static Realm cisco(Instant instant) {
        return realm(
                instant,
                domain("cisco.com", "Not signed at all.")
                        .zone("""
                        @          MX 10 alln-mx-01
                        @          MX 20 rcdn-mx-01
                        @          MX 30 aer-mx-01
                        alln-mx-01 A  173.37.147.230
                        rcdn-mx-01 A  72.163.7.166
                        aer-mx-01  A  173.38.212.150
                        """, zone -> zone.unsigned())
                        .host("alln-mx-01", Showing.SELF_SIGNED)
                        .host("rcdn-mx-01", Showing.SELF_SIGNED)
                        .host("aer-mx-01", Showing.SELF_SIGNED)
                        .ends(ENCRYPTED, WITHOUT_DNSSEC));
    }

    /// `daneverify thinkbeyond.ch`: an insecure MX with two insecure addresses, whose servers fail at CNAME.
    public static Realm thinkbeyond(Instant instant) {
        return realm(
                instant,
                domain("thinkbeyond.ch", "Not signed, and neither is its hoster.")
                        .zone("@ 3600 MX 10 thinkbeyond-ch.mail.protection.outlook.com.", zone -> zone.unsigned())
                        .zone(
                                "mail.protection.outlook.com",
                                """
                        thinkbeyond-ch 10 A 104.47.9.36
                        thinkbeyond-ch 10 A 104.47.10.36
                        """,
                                zone -> zone.unsigned()
                                        .but(serversThat(Misconduct.forType("CNAME", Misconduct.servfail()))))
                        .hostNamed("thinkbeyond-ch.mail.protection.outlook.com", Showing.SELF_SIGNED)
                        .ends(ENCRYPTED, WITHOUT_DNSSEC));
    }

    private static Realm realm(Instant instant, DomainPlan plan) {
        return Realm.of(instant, SMTP_PORT, List.of(), List.of(new Chapter.Plan(plan.says(), List.of(plan))));
    }
}
