package org.facteur.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Files under 600 lines, methods under 60, at most 5 parameters, records of at most 7 components:
/// when one grows, a noun is missing.
class SizesTest {
    private static final int FILE_LINES = 600;
    private static final int METHOD_LINES = 60;
    private static final int PARAMETERS = 5;
    private static final int COMPONENTS = 7;

    @Test
    void filesAndMethodsStaySmall() throws IOException {
        List<Path> files = HouseFiles.javaSources();
        List<String> tooLarge = new ArrayList<>();
        for (Path file : files) {
            try (Stream<String> lines = Files.lines(file)) {
                long count = lines.count();
                if (count >= FILE_LINES) {
                    tooLarge.add(file + ": " + count + " lines");
                }
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    diagnostic -> {},
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Measuring(unit, positions, tooLarge), null);
            }
        }
        assertThat(tooLarge).isEmpty();
    }

    @Test
    void filesOfThePagesStaySmall() throws IOException {
        List<String> tooLarge = new ArrayList<>();
        for (Path file : HouseFiles.pageSources()) {
            try (Stream<String> lines = Files.lines(file)) {
                long count = lines.count();
                if (count >= FILE_LINES) {
                    tooLarge.add(file + ": " + count + " lines");
                }
            }
        }
        assertThat(tooLarge).isEmpty();
    }

    private static final class Measuring extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> tooLarge;

        Measuring(CompilationUnitTree unit, SourcePositions positions, List<String> tooLarge) {
            this.unit = unit;
            this.positions = positions;
            this.tooLarge = tooLarge;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap lines = unit.getLineMap();
            // A table of examples in an annotation is data.
            long annotations = positions.getEndPosition(unit, method.getModifiers());
            long start = annotations >= 0 ? annotations : positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            if (start >= 0 && end >= 0) {
                long length = lines.getLineNumber(end) - lines.getLineNumber(start) + 1;
                if (length > METHOD_LINES) {
                    tooLarge.add(name() + "#" + method.getName() + ": " + length + " lines");
                }
            }
            int parameters = method.getParameters().size();
            if (parameters > PARAMETERS
                    && method.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && !method.getName().contentEquals("<init>")) {
                tooLarge.add(name() + "#" + method.getName() + ": " + parameters + " parameters");
            }
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (type.getKind() == Tree.Kind.RECORD) {
                long components = type.getMembers().stream().filter(this::isComponent).count();
                if (components > COMPONENTS) {
                    tooLarge.add(
                            name()
                                    + "#"
                                    + type.getSimpleName()
                                    + ": "
                                    + components
                                    + " components");
                }
            }
            return super.visitClass(type, nothing);
        }

        /// A record has no fields of its own but its components.
        private boolean isComponent(Tree member) {
            return member instanceof VariableTree field
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC);
        }

        private String name() {
            return unit.getSourceFile().getName();
        }
    }
}
