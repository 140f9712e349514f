package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.ServerProcess;
import org.cldcb.e2e.rig.TerminalSession;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.TracePlayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three nodes of real secrets are backed up once; each form of their secrets, in a file or typed in
 * on a terminal, brings the same database back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretFormsTest {
  private static final int WRITES = 40;
  private static final String HEX =
      "a7b5add276909028a5845f306715e8dc928161d7ff6f4ddf370921e6c0f5abc5";
  private static final Map<String, String> NODE_IDS =
      Map.of(
          "H32", "02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f",
          "HMN", "023dbd27963201b594a236639dba54af1619a3b92aa93b17c9a876b61579779b27",
          "A", "03cf3d6506b93e29f59839ff0d10459295d88466e97087b131aab53f426a4afe61");
  private static final String PASSPHRASE = "mnemo pass";

  @TempDir private static Path temp;
  private final Executables executables = new Executables();
  private final Map<String, Dump> databases = new HashMap<>();
  private ServerProcess server;
  private Path passphrase;
  private int folders;

  @BeforeAll
  void backUp() throws IOException {
    server = executables.initServer(temp.resolve("server"));
    passphrase = Files.writeString(temp.resolve("passphrase"), PASSPHRASE + "\n");
    backUp("H32");
    backUp("HMN");
    backUp("A");
  }

  /** With the node down, so that its secret signs. */
  private void backUp(String vector) throws IOException {
    LightningDir dir = LightningDir.create(temp.resolve(vector), secret(vector));
    String file = "--passphrase-file=" + passphrase;
    server.allow(NODE_IDS.get(vector), vector);
    client(dir, "install", file, "--server=" + server.contact(), "--yes").orFail();
    try (FakeLightningd node = Site.newNode(dir)) {
      new TracePlayer(node, Trace.load(Trace.NODE_A)).play(WRITES);
      node.shutdown();
    }
    databases.put(vector, Dump.of(dir.database()));
  }

  @AfterAll
  void close() {
    executables.close();
  }

  @ParameterizedTest
  @CsvSource({"H32,H32,''", "HENC,H32,correct horse", "HMN,HMN,mnemo pass", "A,A,''"})
  void everyFormOfTheFileRecovers(String vector, String node, String itsPassphrase)
      throws IOException {
    LightningDir dir = LightningDir.create(folder(), secret(vector));
    Path file = Files.writeString(folder(), itsPassphrase);
    Path to = folder();
    client(
            dir,
            "recover",
            "--passphrase-file=" + file,
            "--server=" + server.contact(),
            "--to=" + to)
        .orFail();
    Site.assertSame(Dump.of(to), databases.get(node));
  }

  static Stream<Arguments> typed() {
    return Stream.of(
        Arguments.of(
            "H32",
            List.of(
                "a7b5 add2 7690 9028   vacuum",
                "a584 5f30 6715 e8dc   slot",
                "9281 61d7 ff6f 4ddf   tired",
                "3709 21e6 c0f5 abc5   crush")),
        Arguments.of(
            "H32",
            List.of("cl10tests5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zsjjymn9y68ex8x")),
        Arguments.of("HMN", List.of(words("HMN"))),
        Arguments.of("A", List.of(words("A"))));
  }

  @ParameterizedTest
  @MethodSource
  void typed(String node, List<String> lines) throws IOException {
    LightningDir dir = emptyDir();
    try (TerminalSession session = recover(dir, "--take-over")) {
      type(session, lines);
      if (node.equals("HMN") || node.equals("A")) {
        session.expect("passphrase of these words").type(node.equals("HMN") ? PASSPHRASE : "");
      }
      session.expect("node id: " + NODE_IDS.get(node)).expect("is this your node?");
      assertThat(dir.hsmSecret()).doesNotExist();
      session.type("y");

      assertThat(session.end()).as(session.screen()).isZero();
      // That the screen shows what is typed is proof that a passphrase would show too.
      assertThat(session.screen()).contains(lines).doesNotContain(PASSPHRASE);
    }
    assertThat(dir.hsmSecret()).hasBinaryContent(secret(node));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.hsmSecret())))
        .isEqualTo("r--------");
    Site.assertSame(Dump.of(dir.database()), databases.get(node));
  }

  static Stream<Arguments> slips() {
    return Stream.of(
        Arguments.of(List.of(HEX + "0"), "65 hex digits, and not 64"),
        Arguments.of(
            List.of("a7b5 add2 7690 9028 vacuum", "a584 5f30 6715 e8dd slot"),
            "line 2: the check word doesn't fit"),
        Arguments.of(List.of(words("A").replace("human", "humane")), "word 3 isn't one of BIP39's"),
        Arguments.of(List.of(words("A").replace("orbit feed", "feed orbit")), "two are swapped"),
        Arguments.of(
            List.of("cl10tests5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zsjjymn9y68ex8y"),
            "checksum of the codex32 string doesn't fit"));
  }

  @ParameterizedTest
  @MethodSource
  void slips(List<String> lines, String message) {
    LightningDir dir = emptyDir();
    try (TerminalSession session = recover(dir)) {
      type(session, lines);
      session.expect("cldcb-client: this isn't the secret: ").expect(message);
      assertThat(session.end()).isEqualTo(1);
    }
    assertThat(dir.networkDir()).doesNotExist();
  }

  @Test
  void anotherNodeThanExpected() {
    LightningDir dir = emptyDir();
    try (TerminalSession session = recover(dir)) {
      type(session, List.of(HEX));
      session.expect("is this your node?").type("n");
      assertThat(session.end()).isEqualTo(1);
    }
    assertThat(dir.networkDir()).doesNotExist();
  }

  /** A look at the backup changes nothing anywhere, the secret's place neither. */
  @Test
  void typedForAFileOnly() {
    LightningDir dir = emptyDir();
    Path to = folder();
    try (TerminalSession session = recover(dir, "--to=" + to)) {
      type(session, List.of(HEX));
      session.expect("is this your node?").type("y");
      assertThat(session.end()).as(session.screen()).isZero();
    }
    assertThat(dir.networkDir()).doesNotExist();
    Site.assertSame(Dump.of(to), databases.get("H32"));
  }

  @ParameterizedTest
  @CsvSource({"mnemo pass,0,", "a wrong one,1,", "mnemo pass,0,--passphrase-file=-"})
  void aPassphraseDoesNotShow(String typed, int exit, String option) {
    LightningDir dir = LightningDir.create(folder(), secret("HMN"));
    List<String> arguments = new ArrayList<>(List.of("node-id", "--lightning-dir=" + dir.base()));
    if (option != null) {
      arguments.add(option);
    }
    try (TerminalSession session = executables.clientOnTerminal(arguments.toArray(String[]::new))) {
      session.expect("passphrase of hsm_secret").type(typed);
      session.expect(exit == 0 ? "\n02" : "the passphrase is wrong");
      assertThat(session.end()).as(session.screen()).isEqualTo(exit);
      assertThat(session.screen()).doesNotContain(typed);
    }
  }

  /** Nothing is asked with --yes, but stdin was named: what is typed there shows neither. */
  @Test
  void aPassphraseTypedIntoStdinDoesNotShowWithYesEither() {
    Path sheet = folder();
    String[] paper = {
      "paper",
      "--lightning-dir=" + temp.resolve("HMN"),
      "--secret",
      "--yes",
      "--out=" + sheet,
      "--passphrase-file=-"
    };
    try (TerminalSession session = executables.clientOnTerminal(paper)) {
      session.expect("passphrase of hsm_secret").type(PASSPHRASE).expect("wrote " + sheet);
      assertThat(session.end()).as(session.screen()).isZero();
      assertThat(session.screen()).doesNotContain(PASSPHRASE);
    }
  }

  /** A wrong passphrase of words gives another node, and its hsm_secret stays where it is. */
  @Test
  void whoTypedAnotherNodesSecretIsToldToMoveItAway() {
    LightningDir dir = emptyDir();
    try (TerminalSession session = recover(dir)) {
      type(session, List.of(words("HMN")));
      session.expect("passphrase of these words").type("a wrong one");
      session.expect("is this your node?").type("y");
      session.expect("the server doesn't know node").expect("move that hsm_secret away");
      assertThat(session.end()).isEqualTo(1);
    }
  }

  @Test
  void theSecretIsPrintedOnATerminalAfterAYes() {
    String[] paper = {"paper", "--lightning-dir=" + temp.resolve("H32"), "--secret"};
    try (TerminalSession session = executables.clientOnTerminal(paper)) {
      session.expect("on the sheet?").type("n");
      assertThat(session.end()).isEqualTo(1);
      assertThat(session.screen()).doesNotContain("a7b5");
    }
    try (TerminalSession session = executables.clientOnTerminal(paper)) {
      session.expect("on the sheet?").type("y");
      assertThat(session.end()).as(session.screen()).isZero();
      assertThat(session.screen())
          .contains("a7b5 add2 7690 9028   vacuum")
          .contains(server.contact().split("@"));
    }
  }

  private static void type(TerminalSession session, List<String> lines) {
    session.expect("type the secret in from paper?").type("y").expect("secret>");
    session.type(lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      session.expect("line " + (i + 1) + ">").type(lines.get(i));
    }
  }

  private TerminalSession recover(LightningDir dir, String... more) {
    List<String> options = new ArrayList<>(List.of("--server=" + server.contact()));
    options.addAll(List.of(more));
    return executables.clientOnTerminal(dir, "recover", options.toArray(String[]::new));
  }

  private Finished client(LightningDir dir, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, "--lightning-dir=" + dir.base()));
    arguments.addAll(List.of(more));
    return executables.client(arguments.toArray(String[]::new));
  }

  /** As on a new machine. */
  private LightningDir emptyDir() {
    LightningDir dir = new LightningDir(folder(), "regtest");
    try {
      Files.createDirectory(dir.base());
      return dir;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder() {
    return temp.resolve("new-" + folders++);
  }

  private static String words(String vector) {
    byte[] file = secret(vector);
    return new String(file, 32, file.length - 32, StandardCharsets.US_ASCII);
  }

  private static byte[] secret(String vector) {
    if (vector.equals("A")) {
      return Trace.load(Trace.NODE_A).hsmSecret();
    }
    try (InputStream in =
        Objects.requireNonNull(
            SecretFormsTest.class.getResourceAsStream("/hsm/hsm_secret." + vector))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
