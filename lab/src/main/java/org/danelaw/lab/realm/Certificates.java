package org.danelaw.lab.realm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.danelaw.lab.mailhost.Act;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.mailhost.Identity;
import org.danelaw.lab.mailhost.KeyKind;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.mailhost.MailHostSettings;
import org.danelaw.lab.mailhost.Stage;
import org.danelaw.lab.mailhost.StartTls;
import org.danelaw.lab.realm.DomainPlan.ShownHost;

/// All certificates of a realm, made when they are first asked for: by the zone text for TLSA records, and by the
/// hosts.
final class Certificates {
    private static final String ROOT_NAME = "Danelaw Lab Root";
    private static final int INTERNAL_ERROR_ALERT = 80;

    private final Certified root = CertificateMaker.authority(ROOT_NAME).make();
    private final Certified intermediate =
            CertificateMaker.authority("Danelaw Lab Intermediate").by(root).make();
    private final Certified another = CertificateMaker.host("another.example").make();
    private final Certified impostor = CertificateMaker.authority(ROOT_NAME).make();
    private final Map<String, Certified> leaves = new HashMap<>();

    /// The association data of a TLSA record in hexadecimal.
    String association(Part part, ShownHost host, int selector, int matchingType) {
        var certificate = switch (part) {
            case LEAF -> leaf(host);
            case INTERMEDIATE -> intermediate;
            case ROOT -> root;
            case ANOTHER -> another;
        };
        return certificate.association(selector, matchingType);
    }

    private Certified leaf(ShownHost host) {
        return leaves.computeIfAbsent(host.name(), name -> make(host));
    }

    private Certified make(ShownHost host) {
        var maker = CertificateMaker.host(host.certificateName());
        return switch (host.showing()) {
            case NO_STARTTLS, STARTTLS_REFUSED, HANDSHAKE_FAILS, SELF_SIGNED -> maker.make();
            case SELF_SIGNED_EXPIRED -> maker.expired().make();
            case CHAIN, CHAIN_WITHOUT_ROOT -> maker.by(intermediate).make();
            case CHAIN_EXPIRED -> maker.by(intermediate).expired().make();
            case FORGED_CHAIN -> maker.by(impostor).make();
            case RSA_TLS12_ECDHE, RSA_TLS12_DHE -> maker.key(KeyKind.RSA_2048).make();
        };
    }

    /// How the mail host behaves.
    MailHostSettings settings(ShownHost host) {
        var settings = MailHost.named(host.name());
        return switch (host.showing()) {
            case NO_STARTTLS -> settings;
            case STARTTLS_REFUSED ->
                settings.showing(identity(host)).at(Stage.STARTTLS, Act.say("454 4.7.0 TLS not available"));
            case HANDSHAKE_FAILS ->
                settings.showing(identity(host)).startTls(new StartTls.Alerts(INTERNAL_ERROR_ALERT));
            case SELF_SIGNED, SELF_SIGNED_EXPIRED, CHAIN, CHAIN_EXPIRED, CHAIN_WITHOUT_ROOT, FORGED_CHAIN ->
                settings.showing(identity(host));
            case RSA_TLS12_ECDHE -> settings.showing(identity(host)).startTls(tls12("ECDHE"));
            case RSA_TLS12_DHE -> settings.showing(identity(host)).startTls(tls12("DHE"));
        };
    }

    private static StartTls tls12(String exchange) {
        return new StartTls.Shakes(List.of("TLSv1.2"), List.of("TLS_" + exchange + "_RSA_WITH_AES_256_GCM_SHA384"), "");
    }

    private Identity identity(ShownHost host) {
        return switch (host.showing()) {
            case CHAIN, CHAIN_EXPIRED -> Identity.of(leaf(host), intermediate, root);
            case CHAIN_WITHOUT_ROOT -> Identity.of(leaf(host), intermediate);
            case FORGED_CHAIN -> Identity.of(leaf(host), root);
            case NO_STARTTLS,
                    STARTTLS_REFUSED,
                    HANDSHAKE_FAILS,
                    SELF_SIGNED,
                    SELF_SIGNED_EXPIRED,
                    RSA_TLS12_ECDHE,
                    RSA_TLS12_DHE -> Identity.of(leaf(host));
        };
    }
}
