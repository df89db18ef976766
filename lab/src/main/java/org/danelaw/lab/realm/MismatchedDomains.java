package org.danelaw.lab.realm;

import static org.danelaw.lab.realm.DomainPlan.domain;
import static org.danelaw.lab.realm.Ending.MISMATCH;
import static org.danelaw.lab.realm.Ending.NO_STARTTLS;
import static org.danelaw.lab.realm.Ending.NO_USABLE_TLSA;
import static org.danelaw.lab.realm.Ending.TLS_FAILED;
import static org.danelaw.lab.realm.Ending.WITHOUT_DNSSEC;
import static org.danelaw.lab.realm.Showing.CHAIN;
import static org.danelaw.lab.realm.Showing.CHAIN_EXPIRED;
import static org.danelaw.lab.realm.Showing.CHAIN_WITHOUT_ROOT;
import static org.danelaw.lab.realm.Showing.FORGED_CHAIN;
import static org.danelaw.lab.realm.Showing.HANDSHAKE_FAILS;
import static org.danelaw.lab.realm.Showing.SELF_SIGNED;
import static org.danelaw.lab.realm.Showing.STARTTLS_REFUSED;

import java.util.List;

/// Domains whose hosts do not prove what their TLSA records promise: mail waits, whatever the TLS setting says.
final class MismatchedDomains {
    private static final String EE = """
            @           MX   10 mx
            mx          A    {address}
            _25._tcp.mx TLSA 3 1 1 {leaf}
            """;

    private static final String TA = EE.replace("3 1 1 {leaf}", "2 0 1 {root}");

    private MismatchedDomains() {}

    static List<DomainPlan> all() {
        return List.of(
                domain("wrong-key.danelaw", "The host shows another key than its record names: a forgotten roll-over.")
                        .zone(EE.replace("{leaf}", "{another}"))
                        .host("mx", SELF_SIGNED)
                        .rules("D14")
                        .ends(MISMATCH),
                domain("digest-agility.danelaw", "SHA-512 is wrong, SHA-256 right: only the stronger one counts.")
                        .zone(EE + "_25._tcp.mx TLSA 3 1 2 {another}")
                        .host("mx", SELF_SIGNED)
                        .rules("C5")
                        .ends(MISMATCH),
                domain(
                                "ta-as-leaf.danelaw",
                                "A DANE-TA record that names the host's own certificate: no authority is it.")
                        .zone(EE.replace("3 1 1", "2 1 1"))
                        .host("mx", SELF_SIGNED)
                        .rules("D4")
                        .ends(MISMATCH),
                domain("ta-other-name.danelaw", "The chain is good, the name in the certificate is not.")
                        .zone(TA)
                        .host("mx", CHAIN, "elsewhere.example")
                        .rules("D10", "D11")
                        .ends(MISMATCH),
                domain("ta-expired.danelaw", "Under DANE-TA dates do count.")
                        .zone(TA)
                        .host("mx", CHAIN_EXPIRED)
                        .rules("D7")
                        .ends(MISMATCH),
                domain("ta-not-shown.danelaw", "The record names a root that the host does not send.")
                        .zone(TA)
                        .host("mx", CHAIN_WITHOUT_ROOT)
                        .rules("D5")
                        .ends(MISMATCH),
                domain("ta-forged.danelaw", "An attacker's certificate with the true root behind it.")
                        .zone(TA)
                        .host("mx", FORGED_CHAIN)
                        .rules("D7")
                        .ends(MISMATCH),
                domain(
                                "no-starttls.danelaw",
                                "TLSA records promise STARTTLS and the host offers none: it may be stripped.")
                        .zone(EE)
                        .host("mx", Showing.NO_STARTTLS)
                        .rules("D13")
                        .ends(NO_STARTTLS),
                domain("starttls-refused.danelaw", "STARTTLS is answered with 454.")
                        .zone(EE)
                        .host("mx", STARTTLS_REFUSED)
                        .rules("D13")
                        .ends(NO_STARTTLS),
                domain("handshake-fails.danelaw", "The host breaks the handshake off.")
                        .zone(EE)
                        .host("mx", HANDSHAKE_FAILS)
                        .rules("D13")
                        .ends(TLS_FAILED),
                domain(
                                "all-unusable-no-starttls.danelaw",
                                "Unusable records still promise STARTTLS; the host has none.")
                        .zone(EE.replace("3 1 1", "1 0 1"))
                        .host("mx", Showing.NO_STARTTLS)
                        .rules("C4", "D13")
                        .ends(NO_STARTTLS, NO_USABLE_TLSA),
                domain("insecure-mx-wrong-key.frisia", "An insecure MX to a secure host that shows the wrong key.")
                        .zone("@ MX 10 mx.wrong-key.danelaw.", zone -> zone.unsigned())
                        .rules("B14")
                        .ends(MISMATCH, WITHOUT_DNSSEC));
    }
}
