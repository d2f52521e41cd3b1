package org.facteur.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The arrows between packages, as ARCHITECTURE.md draws them.
class ArrowsTest {
    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.facteur");

    @Test
    void wireSeesNothingButItself() {
        noClasses()
                .that()
                .resideInAPackage("org.facteur.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.facteur.store..",
                        "org.facteur.base..",
                        "org.facteur.core..",
                        "org.facteur.net..",
                        "org.facteur.edge..",
                        "org.facteur.move..",
                        "org.facteur.main..",
                        "org.slf4j..",
                        "java.net..",
                        "java.nio.channels..",
                        "java.nio.file..")
                .because("grammar is pure: no sockets, files or logs, and blind to its users")
                .check(CODE);
    }

    @Test
    void storeKnowsNoMail() {
        noClasses()
                .that()
                .resideInAPackage("org.facteur.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.facteur.wire..",
                        "org.facteur.base..",
                        "org.facteur.core..",
                        "org.facteur.net..",
                        "org.facteur.edge..",
                        "org.facteur.move..",
                        "org.facteur.main..",
                        "java.net..")
                .because(
                        "the store is a key-value store with blobs; another engine must fit behind it")
                .check(CODE);
    }

    @Test
    void baseSeesOnlyLibraries() {
        noClasses()
                .that()
                .resideInAPackage("org.facteur.base..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.facteur.wire..",
                        "org.facteur.store..",
                        "org.facteur.core..",
                        "org.facteur.net..",
                        "org.facteur.edge..",
                        "org.facteur.move..",
                        "org.facteur.main..")
                .because("everybody stands on base")
                .check(CODE);
    }

    @Test
    void coreHasNeverHeardOfSockets() {
        noClasses()
                .that()
                .resideInAPackage("org.facteur.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.facteur.net..",
                        "org.facteur.edge..",
                        "org.facteur.move..",
                        "org.facteur.main..",
                        "java.nio.channels..",
                        "io.netty..")
                .because("the post office does not know how people come to it")
                .check(CODE);
    }

    @Test
    void netSeesWireAndBase() {
        noClasses()
                .that()
                .resideInAPackage("org.facteur.net..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.facteur.store..",
                        "org.facteur.core..",
                        "org.facteur.edge..",
                        "org.facteur.move..",
                        "org.facteur.main..")
                .because("sockets do not know what they carry")
                .check(CODE);
    }

    @Test
    void edgesSeeCoreAndNeverEngines() {
        noClasses()
                .that()
                .resideInAPackage("org.facteur.edge..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.facteur.store.kv..",
                        "org.facteur.store.layout..",
                        "org.facteur.store.embedded..",
                        "org.facteur.store.memory..",
                        "org.facteur.move..",
                        "org.facteur.main..")
                .because("an edge holds a conversation; what it does goes through core")
                .check(CODE);
    }

    @Test
    void edgesDoNotSeeOneAnother() {
        slices().matching("org.facteur.edge.(*)..")
                .should()
                .notDependOnEachOther()
                .because("a protocol can be read, replaced and left out alone")
                .check(CODE);
    }

    @Test
    void nobodySeesMain() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.facteur.main..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.facteur.main..")
                .because("main puts the graph together, nothing else does")
                .check(CODE);
    }

    @Test
    void packagesOfServerHaveNoCycles() {
        for (String layer : new String[] {"base", "core", "net", "edge", "move", "wire"}) {
            slices().matching("org.facteur." + layer + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a cycle is two packages that are really one")
                    .check(CODE);
        }
    }

    @Test
    void packagesOfTheStoreHaveNoCycles() {
        slices().assignedFrom(new StoreParts())
                .should()
                .beFreeOfCycles()
                .because(
                        "engines and the checker stand on the interface; kv, blob, layout and codec"
                                + " are its four pages: a transaction keeps blobs, a blob belongs"
                                + " to a partition, both have keys")
                .check(CODE);
    }

    /// The interface of the store is one part, each other package its own.
    private static final class StoreParts implements SliceAssignment {
        private static final Set<String> INTERFACE = Set.of("kv", "blob", "layout", "codec");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass item) {
            String prefix = "org.facteur.store.";
            if (!item.getPackageName().startsWith(prefix)) {
                return SliceIdentifier.ignore();
            }
            String name = item.getPackageName().substring(prefix.length());
            return SliceIdentifier.of(INTERFACE.contains(name) ? "interface" : name);
        }

        @Override
        public String getDescription() {
            return "parts of the store";
        }
    }

    @Test
    void onlyLayoutBuildsKeys() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.facteur.store..")
                .should()
                .callConstructor(org.facteur.store.kv.Key.class, byte[].class)
                .because("every key of the store is named in one file")
                .check(CODE);
    }

    @Test
    void onlyNetOpensSockets() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.facteur.net..", "org.facteur.main..", "org.facteur.trial..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "com.sun.net.httpserver..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Socket.class,
                        ServerSocket.class,
                        DatagramSocket.class,
                        SocketChannel.class,
                        ServerSocketChannel.class,
                        DatagramChannel.class)
                .because(
                        "limits, deadlines and TLS are in one place; main's own are the control"
                                + " socket and the demo's probe for a free port")
                .check(CODE);
    }

    @Test
    void librariesStayBehindOnePackage() {
        for (String[] pair :
                new String[][] {
                    {"org.rocksdb..", "org.facteur.store.embedded.."},
                    {"com.github.luben.zstd..", "org.facteur.store.."},
                    {"io.netty..", "org.facteur.net.."},
                    {"org.xbill.DNS..", "org.facteur.net.dns.."},
                    {"org.tomlj..", "org.facteur.base.config.."},
                    {"picocli..", "org.facteur.main.."},
                    {"org.owasp.html..", "org.facteur.edge.web.."},
                    {"io.micrometer..", "org.facteur.main.."},
                    {"org.eclipse.jetty..", "org.facteur.net.http.."},
                    {"com.nulabinc..", "org.facteur.core.login.."}
                }) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(pair[1])
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(pair[0])
                    .because("replacing a library touches one package")
                    .allowEmptyShould(true)
                    .check(CODE);
        }
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .because("such a name hides a noun")
                .check(CODE);
    }

    @Test
    void nobodySleepsOrPrints() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.facteur.main.Facteur")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because(
                        "time is waited for on a condition, and words go to a terminal that is given")
                .check(CODE);
        noClasses()
                .should(
                        new ArchCondition<JavaClass>("make a bare RuntimeException") {
                            @Override
                            public void check(JavaClass item, ConditionEvents events) {
                                item.getConstructorCallsFromSelf().stream()
                                        .filter(ArrowsTest::isBare)
                                        .forEach(
                                                call ->
                                                        events.add(
                                                                SimpleConditionEvent.satisfied(
                                                                        call,
                                                                        call.getDescription())));
                            }
                        })
                .because("a failure has a name; one that has begins with super(…)")
                .check(CODE);
    }

    /// Whether a call is `new RuntimeException(…)`, and not the `super(…)` of a named one.
    private static boolean isBare(JavaConstructorCall call) {
        boolean named =
                call.getOrigin().isConstructor()
                        && call.getOriginOwner()
                                .getRawSuperclass()
                                .filter(parent -> parent.isEquivalentTo(RuntimeException.class))
                                .isPresent();
        return call.getTargetOwner().isEquivalentTo(RuntimeException.class) && !named;
    }

    @Test
    void packagesAreNullMarkedAndDescribed() {
        classes()
                .should(
                        new ArchCondition<JavaClass>("be in a @NullMarked package") {
                            @Override
                            public void check(JavaClass item, ConditionEvents events) {
                                boolean marked =
                                        item.getPackage().isAnnotatedWith(NullMarked.class);
                                events.add(
                                        new SimpleConditionEvent(
                                                item,
                                                marked,
                                                item.getPackageName() + " has a package-info"));
                            }
                        })
                .because("null is part of every signature, and every package has its manual page")
                .check(CODE);
    }
}
