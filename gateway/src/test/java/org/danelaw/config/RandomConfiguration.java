package org.danelaw.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A configuration file made at random, in every way in which people write TOML, with what it says; and edits of it,
/// with what it has to say after them. It knows nothing of how the editing works.
final class RandomConfiguration {
    /// Keys of each kind of table with values that fit.
    private static final Map<String, Map<String, List<String>>> KINDS = kinds();

    private static final List<String> NAMED = List.of("destination-controls", "bounce-profile");
    private static final List<String> REPEATED = List.of("smtp-route", "log", "recipient-access", "listener");

    private final RandomGenerator random;
    private final String lineEnd;
    private final List<Line> lines = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final Set<TableName> edited = new LinkedHashSet<>();
    private final Set<TableName> pushed = new LinkedHashSet<>();
    private final Map<String, String> keyUnder = new LinkedHashMap<>();
    private int number;
    private boolean needsBlank;

    /// A line of the file, and the table that it is about, if it is about one.
    record Line(String text, Optional<TableName> owner) {}

    /// What stands above a table, nothing but blanks.
    private static boolean isGap(Line line) {
        return line.text().isBlank();
    }

    /// A table, and what it says.
    record Said(TableName name, SequencedMap<String, String> values) {
        String kind() {
            return String.join(
                    ".", name.steps().stream().map(TableName.Step::section).toList());
        }
    }

    RandomConfiguration(RandomGenerator random) {
        this.random = random;
        this.lineEnd = random.nextBoolean() ? "\n" : "\r\n";
        write();
    }

    String text() {
        return String.join("", lines.stream().map(Line::text).toList());
    }

    /// The lines that are about none of the tables that were edited; nor the blank ones between a table and one that
    /// was put before it.
    List<String> untouched() {
        return lines.stream()
                .filter(line -> line.owner().filter(edited::contains).isEmpty())
                .filter(line ->
                        !isGap(line) || line.owner().filter(pushed::contains).isEmpty())
                .map(Line::text)
                .toList();
    }

    List<Said> said() {
        return said;
    }

    /// The keys that have to stand right under comments, by these.
    Map<String, String> keyUnder() {
        return keyUnder;
    }

    /// The same in the plainest TOML there is.
    String plain() {
        var toml = new StringBuilder("node.hostname = \"gw.example\"\n[mail-flow-policy.relay]\naction = \"relay\"\n");
        for (var table : said) {
            var named = NAMED.contains(table.kind());
            toml.append(named ? "[" + table.kind() + ".\"" + id(table.name()) + "\"]\n" : heading(table));
            table.values().forEach((key, value) -> toml.append(key + " = " + plain(key, value) + "\n"));
        }
        return toml.toString();
    }

    private static String heading(Said table) {
        return table.name().last().entry().isPresent() ? "[[" + table.kind() + "]]\n" : "[" + table.kind() + "]\n";
    }

    private static String id(TableName name) {
        return name.last().entry().orElse("");
    }

    private static Map<String, Map<String, List<String>>> kinds() {
        var numbers = List.of("1", "7", "25", "100");
        var kinds = new TreeMap<String, Map<String, List<String>>>();
        kinds.put(
                "destination-controls",
                Map.of(
                        "tls", List.of("preferred", "required", "required-verify"),
                        "dane", List.of("none", "opportunistic", "mandatory"),
                        "ip-preference", List.of("ipv4-preferred", "ipv6-required"),
                        "concurrent-connections", numbers,
                        "recipients", numbers));
        kinds.put("bounce-profile", Map.of("max-retries", numbers, "max-queue-seconds", numbers));
        kinds.put(
                "smtp-route",
                Map.of(
                        "to",
                                // What may stand with any `dane`.
                                List.of("relay.example:2525/pri=5,[192.0.2.1]", "a.example,b.example"),
                        "dane", List.of("route-host", "fail")));
        kinds.put("log", Map.of("level", List.of("info", "debug"), "files", numbers, "max-megabytes", numbers));
        kinds.put(
                "recipient-access",
                Map.of(
                        "action",
                        List.of("accept", "reject"),
                        "reply",
                        List.of("gone", "it's # \"no\" = user]", "[x]")));
        kinds.put("listener", Map.of("bounce-profile", List.of("default")));
        kinds.put(
                "listener.sender-group",
                Map.of(
                        "networks",
                        List.of("127.0.0.1", "::1,10.0.0.0/8", "ALL,.example.org"),
                        "policy",
                        List.of("relay")));
        kinds.put("dns", Map.of("sha1", List.of("accept", "insecure"), "nsec3-iterations", numbers));
        kinds.put("dns.resolver", Map.of("priority", List.of("0", "1", "2")));
        kinds.put(
                "delivery",
                Map.of(
                        "port",
                        numbers,
                        "cleartext-after-failed-tls",
                        List.of("true", "false"),
                        "max-connections",
                        numbers));
        return kinds;
    }

    private static final Map<String, String> IDENTITIES = Map.of(
            "smtp-route",
            "domain",
            "log",
            "name",
            "recipient-access",
            "match",
            "listener",
            "name",
            "listener.sender-group",
            "name",
            "dns.resolver",
            "address");

    private void write() {
        var blocks = new ArrayList<Runnable>();
        blocks.add(() -> {
            blank(Optional.empty());
            line("[mail-flow-policy.relay]", Optional.empty());
            line("action = \"relay\"  # the only one", Optional.empty());
        });
        NAMED.forEach(kind -> {
            times(3, () -> blocks.add(() -> writeTable(made(new TableName(List.of()), kind))));
            times(1, () -> blocks.add(() -> writeInOneTable(kind)));
        });
        REPEATED.forEach(kind -> times(2, () -> blocks.add(() -> writeRepeated(kind))));
        times(
                1,
                () -> blocks.add(() -> {
                    writeTable(made(TableName.of("dns"), "dns"));
                    times(2, () -> writeTable(made(TableName.of("dns"), "dns.resolver")));
                }));
        times(1, () -> blocks.add(() -> writeTable(made(TableName.of("delivery"), "delivery"))));
        line("# " + ++number + " for all", Optional.empty());
        line("node.hostname = 'gw.example'\t ", Optional.empty());
        shuffle(blocks).forEach(Runnable::run);
        if (random.nextBoolean()) {
            line("", Optional.empty());
            line("# " + ++number + " the end", Optional.empty());
        }
        if (random.nextInt(4) == 0 && !lines.isEmpty()) {
            var last = lines.removeLast();
            lines.add(new Line(last.text().stripTrailing(), last.owner()));
        }
    }

    private void writeRepeated(String kind) {
        var table = made(new TableName(List.of()), kind);
        writeTable(table);
        if (kind.equals("listener")) {
            times(3, () -> writeTable(made(table.name(), "listener.sender-group")));
        }
    }

    /// `[kind]` with its entries as dotted keys and inline tables.
    private void writeInOneTable(String kind) {
        blank(Optional.empty());
        line("[" + kind + "] # " + ++number, Optional.empty());
        times(3, () -> {
            var table = made(new TableName(List.of()), kind);
            said.add(table);
            var owner = Optional.of(table.name());
            var name = "\"" + id(table.name()) + "\"";
            if (random.nextBoolean()) {
                var inline = new ArrayList<String>();
                table.values()
                        .forEach((key, value) ->
                                inline.add(key + (random.nextBoolean() ? "=" : " = ") + toml(key, value)));
                line(name + " = { " + String.join(", ", inline) + " } # " + ++number, owner);
            } else {
                table.values().forEach((key, value) -> line(name + "." + key + " = " + toml(key, value), owner));
            }
        });
    }

    private void writeTable(Said table) {
        said.add(table);
        var owner = Optional.of(table.name());
        blank(owner);
        if (random.nextInt(3) == 0) {
            line("# " + ++number + " about it", owner);
        }
        var named = NAMED.contains(table.kind());
        line(
                named
                        ? "[ " + table.kind() + " . "
                                + pick(List.of("\"%s\"", "'%s'")).formatted(id(table.name())) + " ]"
                        : heading(table).strip() + pick(List.of("", " ", "  # here [x]")),
                owner);
        table.values().forEach((key, value) -> writeKey(table, key, value));
        if (random.nextInt(4) == 0) {
            line("# " + ++number + " the end of it", owner);
            needsBlank = true;
        }
    }

    private void writeKey(Said table, String key, String value) {
        var owner = Optional.of(table.name());
        if (random.nextInt(4) == 0) {
            line("# " + ++number + " loose", owner);
            line(random.nextBoolean() ? "" : " \t", owner);
        }
        if (random.nextInt(3) == 0) {
            var comment = "# " + ++number + " why";
            line(pick(List.of("", "  ")) + comment, owner);
            keyUnder.put(comment, table.name() + " " + key);
        }
        var written = pick(List.of("%s = ", "%s=", "  %s   =\t", "\"%s\" = ", "'%s' = "))
                .formatted(key);
        if (isList(key) && random.nextBoolean()) {
            line(written + "[ # " + ++number, owner);
            for (var element : value.split(",", -1)) {
                line("\t'" + element + "', # " + ++number, owner);
            }
            line("]" + pick(List.of("", " # " + ++number, "  ")), owner);
        } else {
            line(written + toml(key, value) + pick(List.of("", "  ", " # " + ++number + " = \"]")), owner);
        }
    }

    private void blank(Optional<TableName> owner) {
        // What stands right above a heading is about what comes, by all conventions.
        for (int i = random.nextInt(3) + (needsBlank ? 1 : 0); i > 0; i--) {
            line(pick(List.of("", "", "  ")), owner);
        }
        needsBlank = false;
    }

    private void line(String text, Optional<TableName> owner) {
        lines.add(new Line(text + lineEnd, owner));
    }

    private Said made(TableName parent, String kind) {
        var section = kind.substring(kind.lastIndexOf('.') + 1);
        var isSingle = kind.equals("dns") || kind.equals("delivery");
        var name = isSingle ? parent : parent.below(section, name(kind));
        return new Said(name, values(name, kind));
    }

    private String name(String kind) {
        number++;
        return switch (kind) {
            case "dns.resolver" -> "192.0.2." + number % 250 + ":" + (1_000 + number);
            case "destination-controls" ->
                pick(List.of("d%d.example", ".d%d.Example", "D%d.example")).formatted(number);
            case "smtp-route", "recipient-access" -> "r" + number + ".example";
            default -> "n" + number;
        };
    }

    private SequencedMap<String, String> values(TableName name, String kind) {
        var values = new LinkedHashMap<String, String>();
        var identity = IDENTITIES.get(kind);
        if (identity != null) {
            values.put(identity, id(name));
        }
        if (kind.equals("listener")) {
            values.put("address", "127.0.0.1:" + (2_000 + ++number));
        }
        possible(kind).forEach((key, fitting) -> {
            if (isNeeded(kind, key) || values.isEmpty() || random.nextBoolean()) {
                values.put(key, pick(fitting));
            }
        });
        return values;
    }

    private Map<String, List<String>> possible(String kind) {
        return new TreeMap<>(Optional.ofNullable(KINDS.get(kind)).orElseThrow());
    }

    private static boolean isNeeded(String kind, String key) {
        return Set.of(
                        "smtp-route to",
                        "recipient-access action",
                        "listener.sender-group networks",
                        "listener.sender-group policy")
                .contains(kind + " " + key);
    }

    private static boolean isList(String key) {
        return key.equals("to") || key.equals("networks");
    }

    private String toml(String key, String value) {
        if (value.matches("[0-9]{2,}") && random.nextInt(4) == 0) {
            return random.nextBoolean()
                    ? "0x" + Integer.toHexString(Integer.parseInt(value))
                    : value.charAt(0) + "_" + value.substring(1);
        }
        return random.nextBoolean() || value.contains("'")
                ? plain(key, value)
                : plain(key, value).replace('"', '\'');
    }

    private static String plain(String key, String value) {
        if (isList(key)) {
            return "[\"" + value.replace(",", "\", \"") + "\"]";
        }
        return value.matches("[0-9]+|true|false")
                ? value
                : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// An edit that can be made, of what the file says by now.
    Edit edit() {
        return switch (random.nextInt(4)) {
            case 0 -> add();
            case 1 -> remove().orElseGet(this::add);
            case 2 -> move().orElseGet(this::add);
            default -> change().orElseGet(this::add);
        };
    }

    private Edit add() {
        var kinds = new ArrayList<>(NAMED);
        kinds.addAll(REPEATED);
        var listener =
                said.stream().filter(table -> table.kind().equals("listener")).findFirst();
        listener.ifPresent(parent -> kinds.add("listener.sender-group"));
        var kind = pick(kinds);
        var table = made(
                kind.equals("listener.sender-group") ? listener.orElseThrow().name() : new TableName(List.of()), kind);
        edited.add(table.name());
        var before = NAMED.contains(kind) ? Optional.<Said>empty() : other(table);
        insert(List.of(table), before);
        var values = new LinkedHashMap<>(table.values());
        if (random.nextBoolean()) {
            values.remove(Optional.ofNullable(IDENTITIES.get(kind)).orElse(""));
        }
        return new Edit.Add(table.name(), values, before.map(one -> id(one.name())));
    }

    private void insert(List<Said> tables, Optional<Said> before) {
        before.ifPresent(one -> pushed.add(one.name()));
        said.addAll(
                before.map(said::indexOf)
                        .orElseGet(() -> end(above(tables.getFirst().name()))),
                tables);
    }

    /// Behind all that stands in a table, or in the file.
    private int end(List<TableName.Step> parent) {
        return IntStream.range(0, said.size())
                .filter(i -> isIn(said.get(i), parent))
                .map(i -> i + 1)
                .max()
                .orElse(said.size());
    }

    /// One that stands beside a table, or nothing, for its end.
    private Optional<Said> other(Said table) {
        var others = said.stream()
                .filter(one -> one.kind().equals(table.kind()) && !one.equals(table))
                .filter(one -> above(one.name()).equals(above(table.name())))
                .toList();
        return others.isEmpty() || random.nextBoolean() ? Optional.empty() : Optional.of(pick(others));
    }

    private static List<TableName.Step> above(TableName name) {
        return name.steps().subList(0, name.steps().size() - 1);
    }

    private Optional<Edit> remove() {
        return one(said).map(table -> {
            said.stream().filter(below -> isIn(below, table.name().steps())).forEach(below -> edited.add(below.name()));
            said.removeIf(below -> isIn(below, table.name().steps()));
            keyUnder.values().removeIf(key -> isAbout(key, table));
            return new Edit.Remove(table.name());
        });
    }

    private static boolean isIn(Said below, List<TableName.Step> table) {
        var steps = below.name().steps();
        return steps.size() >= table.size() && steps.subList(0, table.size()).equals(table);
    }

    private static boolean isAbout(String key, Said table) {
        var name = table.name().toString();
        return key.startsWith(name.substring(0, name.length() - 1));
    }

    private Optional<Edit> move() {
        return one(said.stream()
                        .filter(table -> IDENTITIES.containsKey(table.kind()))
                        .toList())
                .map(table -> {
                    var before = other(table);
                    var group = said.stream()
                            .filter(below -> isIn(below, table.name().steps()))
                            .toList();
                    group.forEach(below -> edited.add(below.name()));
                    said.removeAll(group);
                    insert(group, before);
                    return new Edit.Move(table.name(), before.map(one -> id(one.name())));
                });
    }

    private Optional<Edit> change() {
        return one(said.stream()
                        .filter(table -> !table.kind().equals("listener"))
                        .toList())
                .map(table -> {
                    edited.add(table.name());
                    var changes = new LinkedHashMap<String, String>();
                    possible(table.kind()).forEach((key, fitting) -> {
                        if (random.nextBoolean()) {
                            changes.put(key, isNeeded(table.kind(), key) || random.nextBoolean() ? pick(fitting) : "");
                        }
                    });
                    changes.forEach((key, value) -> {
                        if (value.isEmpty()) {
                            table.values().remove(key);
                            keyUnder.values().removeIf((table.name() + " " + key)::equals);
                        } else {
                            table.values().put(key, value);
                        }
                    });
                    return new Edit.Change(table.name(), changes);
                });
    }

    private void times(int most, Runnable what) {
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            what.run();
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private <T> Optional<T> one(List<T> from) {
        return from.isEmpty() ? Optional.empty() : Optional.of(pick(from));
    }

    private <T> List<T> shuffle(List<T> ordered) {
        var left = new ArrayList<>(ordered);
        var shuffled = new ArrayList<T>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(random.nextInt(left.size())));
        }
        return shuffled;
    }
}
