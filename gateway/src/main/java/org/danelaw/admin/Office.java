package org.danelaw.admin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.danelaw.delivery.Deliveries;
import org.danelaw.delivery.DeliverySettings;
import org.danelaw.delivery.DestinationStatus;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.dns.DomainName;
import org.danelaw.events.LogSubscription;
import org.danelaw.events.MailLogs;
import org.danelaw.queue.MailQueue;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.verify.DaneVerify;
import org.xbill.DNS.Name;

/// The parts of a gateway that its operator sees and steers.
///
/// @param counters counts what the gateway is told of
/// @param settings as they are now
/// @param means what `daneverify` works with
public record Office(
        Deliveries deliveries,
        MailQueue queue,
        DnsResolver resolver,
        MailLogs logs,
        Counters counters,
        Supplier<DeliverySettings> settings,
        DaneVerify.Means means) {
    static final Operand DOMAIN = Operand.required("DOMAIN", Operand.Kind.DOMAIN);
    static final Option YES = Option.flag("--yes", "do it without asking");

    /// Which way mail to `domain` takes now.
    SmtpRoute way(Name domain) {
        return settings.get().routes().way(text(domain));
    }

    /// The commands that show and steer what this gateway does.
    public List<AdminCommand> commands() {
        return List.of(
                new StatusCommand(this),
                new HostStatusCommand(this),
                new TopHostsCommand(this),
                new DeliverNowCommand(this),
                new ShowRecipientsCommand(this),
                new ShowMessageCommand(this),
                RemovalCommand.bouncing(this),
                RemovalCommand.deleting(this),
                SuspensionCommand.suspending(this),
                SuspensionCommand.resuming(this),
                new DnsStatusCommand(this),
                new DnsFlushCommand(this),
                DaneVerifyHere.verifying(this),
                DaneVerifyHere.rehearsing(this),
                new TlsVerifyHere(this),
                new TailCommand(this),
                new GrepCommand(this));
    }

    /// What completes an operator's words.
    public Suggestions suggestions() {
        return new Suggestions(Map.of(
                Operand.Kind.DOMAIN, this::domains,
                Operand.Kind.PROFILE, () -> settings.get().bounceProfiles().keySet(),
                Operand.Kind.LOG,
                        () -> logs.subscriptions().stream()
                                .map(LogSubscription::name)
                                .toList()));
    }

    private TreeSet<String> domains() {
        var domains = new TreeSet<>(settings.get().controls().entries().keySet());
        deliveries.destinations().stream().map(DestinationStatus::domain).forEach(domains::add);
        return domains;
    }

    /// A domain as lanes have it: in lower case, without a final dot; an address literal as it is. Empty for
    /// what is neither.
    static Optional<String> domain(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return Optional.of(text);
        }
        return name(text).map(Office::text);
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }

    /// Empty for what is no domain name.
    static Optional<Name> name(String text) {
        try {
            return Optional.of(DomainName.parse(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    static String noDomain(String text) {
        return "\"" + text + "\" is no domain";
    }
}
