package org.danelaw.admin;

import java.util.ArrayList;
import java.util.List;
import org.danelaw.admin.TableCommand.Kind;
import org.danelaw.config.Staging;

/// The commands that change the configuration.
public final class ConfigCommands {
    private ConfigCommands() {}

    public static List<AdminCommand> of(Staging staging) {
        var commands = new ArrayList<AdminCommand>(ChangeCommand.all(staging));
        commands.add(new TableCommand(
                "destconfig",
                "show and change how each destination is treated",
                List.of(new Kind("", "destination-controls")),
                staging));
        commands.add(new TableCommand(
                "smtproutes", "show and change SMTP routes", List.of(new Kind("", "smtp-route")), staging));
        commands.add(new TableCommand(
                "bounceconfig", "show and change bounce profiles", List.of(new Kind("", "bounce-profile")), staging));
        commands.add(new TableCommand(
                "listenerconfig",
                "show and change listeners and who may send over them",
                List.of(
                        new Kind("", "listener"),
                        new Kind("group", "listener.sender-group"),
                        new Kind("policy", "mail-flow-policy"),
                        new Kind("access", "recipient-access")),
                staging));
        commands.add(new TableCommand(
                "logconfig", "show and change log subscriptions", List.of(new Kind("", "log")), staging));
        commands.add(new TableCommand(
                "dnsconfig",
                "show and change resolvers and how they are asked",
                List.of(new Kind("", "dns"), new Kind("resolver", "dns.resolver")),
                staging));
        commands.add(new TableCommand(
                "alertconfig", "show and change who is told of alerts", List.of(new Kind("", "alerts")), staging));
        return commands;
    }
}
