package org.danelaw.config;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.config.Row.Placed;
import org.danelaw.policy.MxHost;

/// Where this gateway itself takes mail, as far as the file tells: no route may lead there. What a route's
/// host name comes to in the DNS is seen at delivery only (rule B17).
///
/// @param usualPort of routes' hosts without a port
record OwnPlaces(Optional<Placed<String>> hostname, List<Placed<InetSocketAddress>> listeners, int usualPort) {
    static OwnPlaces of(Row file) {
        return new OwnPlaces(
                file.single(Schema.Node.SECTION).given(Schema.Node.HOSTNAME),
                file.repeated(Schema.Listener.SECTION).stream()
                        .flatMap(listener -> listener.given(Schema.Listener.ADDRESS).stream())
                        .toList(),
                file.single(Schema.Delivery.SECTION).value(Schema.Delivery.PORT));
    }

    /// The first of a route's targets that is this gateway, in words.
    Optional<String> among(List<RouteTarget> targets) {
        return targets.stream()
                .flatMap(target -> target instanceof RouteTarget.Host(var host) ? Stream.of(host) : Stream.of())
                .flatMap(host -> Stream.concat(byName(host).stream(), byAddress(host).stream()))
                .findFirst();
    }

    private Optional<String> byName(MxHost host) {
        return hostname.filter(own -> own.value().equalsIgnoreCase(host.name().toString(true)))
                .map(own -> "\"" + own.value() + "\" is its hostname (line "
                        + own.at().line() + ")");
    }

    private Optional<String> byAddress(MxHost host) {
        var dialled = host.literal().map(address -> new InetSocketAddress(address, host.portOr(usualPort)));
        return listeners.stream()
                .filter(listener -> dialled.equals(Optional.of(listener.value())))
                .findFirst()
                .map(listener -> "it takes mail in at " + References.written(listener.value()) + " (line "
                        + listener.at().line() + ")");
    }
}
