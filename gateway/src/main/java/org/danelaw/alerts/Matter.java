package org.danelaw.alerts;

import java.util.Optional;
import org.danelaw.events.DeliveryEvent.HeldBy;

/// What an alert is about: there is one alert for each.
sealed interface Matter {
    /// Mail for a destination waits, by one cause.
    record Destination(String domain, HeldBy cause) implements Matter {}

    /// A resolver is of no use for DANE.
    record Resolver(String address) implements Matter {}

    /// A trust anchor's state changed in this way, or its zone's keys could not be refreshed.
    record TrustAnchors(String change) implements Matter {}

    /// The spool's disk is nearly full.
    record Disk() implements Matter {}

    /// The spool cannot write.
    record Spool() implements Matter {}

    /// Whether there can be only so many of its kind as the gateway has parts; of the others the world makes as many as
    /// it likes.
    default boolean isOneOfFew() {
        return switch (this) {
            case Destination _, TrustAnchors _ -> false;
            case Resolver _, Disk _, Spool _ -> true;
        };
    }

    /// The cause in a word, for programs.
    default String causeWord() {
        return switch (this) {
            case Destination(var _, var cause) ->
                switch (cause) {
                    case DANE -> "dane";
                    case TLS -> "tls";
                };
            case Resolver _ -> "resolver";
            case TrustAnchors _ -> "trust-anchors";
            case Disk _ -> "disk";
            case Spool _ -> "spool";
        };
    }

    /// The destination or the resolver that it is about.
    default Optional<String> name() {
        return switch (this) {
            case Destination(var domain, var _) -> Optional.of(domain);
            case Resolver(var address) -> Optional.of(address);
            case TrustAnchors _, Disk _, Spool _ -> Optional.empty();
        };
    }

    /// What is the matter, in a few words.
    default String title() {
        return switch (this) {
            case Destination(var domain, var cause) ->
                switch (cause) {
                    case DANE -> "DANE fails for " + domain;
                    case TLS -> "required TLS fails for " + domain;
                };
            case Resolver(var address) -> "resolver " + address + " cannot be used for DANE";
            case TrustAnchors _ -> "trust anchors changed";
            case Disk _ -> "the spool's disk is nearly full";
            case Spool _ -> "the spool cannot write";
        };
    }
}
