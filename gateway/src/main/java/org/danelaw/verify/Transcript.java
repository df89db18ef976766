package org.danelaw.verify;

import java.net.InetAddress;
import java.util.function.Consumer;
import org.danelaw.dns.AddressText;
import org.danelaw.policy.AddressFamily;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.tls.Evidence;
import org.xbill.DNS.Name;

/// The lines of `daneverify`, to the letter that operators and their scripts know.
final class Transcript {
    private final Name domain;
    private final int port;
    private final Consumer<String> lines;

    Transcript(Name domain, int port, Consumer<String> lines) {
        this.domain = domain;
        this.port = port;
        this.lines = lines;
    }

    /// Why there are no hosts to look at.
    void noHosts(Destination destination) {
        switch (destination) {
            case Destination.Hosts hosts -> throw new IllegalArgumentException("there are hosts: " + hosts);
            case Destination.NullMx _ -> line("NULL MX record found for " + text(domain));
            case Destination.NoSuchDomain _ -> noMxOrAddress();
            case Destination.Unresolved(var trouble, var why) -> unresolved(trouble, why.sentence());
        }
    }

    private void unresolved(Trouble trouble, String why) {
        switch (trouble) {
            case BOGUS -> bogusMx();
            case UNAVAILABLE -> line(failedLookup("MX", text(domain), why));
        }
    }

    void bogusMx() {
        line("BOGUS MX record found for " + text(domain));
    }

    void noMxOrAddress() {
        line("NO MX or address record found for " + text(domain));
    }

    void mx(MxHost host, MxTrust trust) {
        String record = "MX record(" + text(host.name()) + ") found";
        switch (trust) {
            case SECURE, CONFIGURED -> line("SECURE " + record + " for " + text(domain));
            case INSECURE -> {
                line("INSECURE " + record + " for " + text(domain));
                line("INSECURE " + record + ". The command will still proceed.");
            }
        }
    }

    void nextMx() {
        line("Trying next MX record in " + text(domain));
    }

    void secure(AddressFamily family, InetAddress address, MxHost host) {
        line("SECURE " + addressRecord(family, address) + " found " + forHost(host));
    }

    void insecure(AddressFamily family, InetAddress address, MxHost host) {
        line("INSECURE " + addressRecord(family, address) + " found " + forHost(host));
    }

    void nextAddress(AddressFamily family, InetAddress address, MxHost host) {
        line("Trying next " + addressRecord(family, address) + " " + forHost(host));
    }

    void addressesFailed(AddressFamily family, Trouble trouble, String why, MxHost host) {
        line(
                switch (trouble) {
                    case BOGUS -> "BOGUS " + family.recordType() + " record found " + forHost(host);
                    case UNAVAILABLE -> failedLookup(family.recordType(), text(host.name()), why);
                });
    }

    void noAddress(MxHost host) {
        line("NO A or AAAA record found " + forHost(host));
    }

    void connecting(InetAddress address) {
        line("Connecting to " + AddressText.of(address) + " on port " + port + ".");
    }

    void connected(InetAddress address, InetAddress local) {
        line("Connected to " + AddressText.of(address) + " from interface " + AddressText.of(local) + ".");
    }

    void tlsa(TlsaFinding finding, MxHost host) {
        line(
                switch (finding) {
                    case TlsaFinding.Usable usable -> "SECURE TLSA record found " + forHost(host);
                    case TlsaFinding.AllUnusable unusable -> "UNUSABLE TLSA record found " + forHost(host);
                    case TlsaFinding.Insecure insecure -> "INSECURE TLSA record found " + forHost(host);
                    case TlsaFinding.Absent absent -> "NO TLSA record found " + forHost(host);
                    case TlsaFinding.NotAsked notAsked -> "NO TLSA record found " + forHost(host);
                    case TlsaFinding.Failed(var trouble, var why) ->
                        switch (trouble) {
                            case BOGUS -> "BOGUS TLSA record found " + forHost(host);
                            case UNAVAILABLE ->
                                failedLookup("TLSA", "_" + port + "._tcp." + text(host.name()), why.sentence());
                        };
                });
    }

    void checkingTls() {
        line("Checking TLS connection.");
    }

    void ended(Ending ending, InetAddress address) {
        switch (ending) {
            case Ending.NoConnection(var why) -> connectionFailed(address, why);
            case Ending.NoSession(var why) -> connectionFailed(address, why);
            case Ending.NoStartTls(var seen) -> line("STARTTLS not offered by " + AddressText.of(address));
            case Ending.TlsFailed(var why) -> line("TLS connection failed: " + why);
            case Ending.Refused(var verdict, var evidence) -> {
                established(evidence);
                line("Certificate verification failed: " + String.join("; ", verdict.reasons()));
            }
            case Ending.Secured(var verdict, var evidence) -> {
                established(evidence);
                line("Certificate verification successful");
                line("TLS connection succeeded " + text(domain) + ".");
            }
            case Ending.Unused() -> {}
        }
    }

    void verdict(Judgement judgement) {
        line(
                switch (judgement.result()) {
                    case SUCCESS -> "DANE SUCCESS for " + text(domain);
                    case FAILED, UNKNOWN -> "DANE FAILED for " + text(domain);
                });
        line("DANE verification completed.");
    }

    private void established(Evidence evidence) {
        // Empty where the peer was refused before the handshake was through.
        if (!evidence.protocol().isEmpty()) {
            line("TLS connection established: protocol " + evidence.protocol() + ", cipher " + evidence.cipher() + ".");
        }
    }

    private void connectionFailed(InetAddress address, String why) {
        line("Connection to " + AddressText.of(address) + " on port " + port + " failed: " + why);
    }

    private static String failedLookup(String type, String name, String why) {
        return "Lookup of " + type + " for " + name + " failed: " + why;
    }

    private static String addressRecord(AddressFamily family, InetAddress address) {
        return family.recordType() + " record (" + AddressText.of(address) + ")";
    }

    private String forHost(MxHost host) {
        return "for MX(" + text(host.name()) + ") in " + text(domain);
    }

    private void line(String line) {
        // What a peer said may stand in a reason: it must not make lines of its own.
        lines.accept(line.replaceAll("\\p{Cntrl}", " "));
    }

    private static String text(Name name) {
        return name.toString(true);
    }
}
