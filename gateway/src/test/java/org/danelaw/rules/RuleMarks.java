package org.danelaw.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.lab.rules.Rule;

/// The `@Rule` marks on the compiled tests of one module.
final class RuleMarks {
    private static final String MARK = Rule.class.descriptorString();

    private RuleMarks() {}

    /// One test that shows one rule.
    record Mark(String rule, String module, String test) {}

    /// All marks under `module`, a folder beside this module's.
    static List<Mark> of(String module) {
        var root = Path.of("..", module, "target", "test-classes");
        if (!Files.isDirectory(root)) {
            throw new IllegalStateException("no compiled tests in " + root + ": build all three modules");
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .flatMap(file -> marks(module, file).stream())
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<Mark> marks(String module, Path file) {
        var model = parse(file);
        var name = model.thisClass().asInternalName();
        var test = name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
        var marks = new ArrayList<Mark>();
        rules(model).forEach(rule -> marks.add(new Mark(rule, module, test)));
        model.methods()
                .forEach(method -> rules(method)
                        .forEach(rule -> marks.add(new Mark(
                                rule, module, test + "." + method.methodName().stringValue()))));
        return marks;
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The mark is kept in class files only, so that it is invisible at run time.
    private static Stream<String> rules(AttributedElement element) {
        return element.findAttributes(Attributes.runtimeInvisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .filter(annotation -> annotation.className().equalsString(MARK))
                .flatMap(annotation -> annotation.elements().stream())
                .map(AnnotationElement::value)
                .flatMap(RuleMarks::strings);
    }

    private static Stream<String> strings(AnnotationValue value) {
        return switch (value) {
            case AnnotationValue.OfArray array -> array.values().stream().flatMap(RuleMarks::strings);
            case AnnotationValue.OfString string -> Stream.of(string.stringValue());
            default -> throw new IllegalArgumentException("a rule is named by a string: " + value);
        };
    }
}
