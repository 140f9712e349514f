package org.cldcb.client.hsmd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cldcb.client.CommandLineRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator sees of hsmds, good and bad. */
class AltHsmdTest {
  private static final String NODE_ID =
      "02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f";
  private static final String OTHER_ID =
      "03cf3d6506b93e29f59839ff0d10459295d88466e97087b131aab53f426a4afe61";
  private static final String SERVER = "--server=" + OTHER_ID + "@127.0.0.1:9";

  @TempDir private Path scripts;
  @TempDir private Path base;
  private ScriptedHsmd hsmd;

  @BeforeEach
  void makeHsmd() {
    hsmd = new ScriptedHsmd(scripts);
  }

  @Test
  void tellsTheNodeId() throws Exception {
    Files.createDirectory(base.resolve("regtest"));
    Path program = hsmd.begins().waits().program();
    CommandLineRun run = run("node-id", program);

    assertThat(run.out()).isEqualToIgnoringNewLines(NODE_ID);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void handsOnAPassphraseThatWasGiven() throws Exception {
    Files.createDirectory(base.resolve("regtest"));
    Path file = Files.writeString(base.resolve("passphrase"), "correct horse\n");
    Path program = hsmd.plays("passphrase").program();

    CommandLineRun run = run("node-id", program, "--passphrase-file", file);

    assertThat(run.err()).isEmpty();
    assertThat(hsmd.taken().get(0)).isEqualTo(ScriptedHsmd.recorded("passphrase").get(0));
  }

  @Test
  void anotherNodesKeyIsRefused() throws Exception {
    CommandLineRun run = run("recover", hsmd.begins().waits().program(), "--node-id", OTHER_ID);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("answers with node id " + NODE_ID, "another node's key");
    assertNothingWritten();
  }

  @ParameterizedTest
  @MethodSource
  void somebodyMustConfirmTheNode(String option) throws Exception {
    CommandLineRun run = run("recover", hsmd.begins().waits().program(), option);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("nobody confirmed", "hint: ", "--node-id=" + NODE_ID);
    assertThat(hsmd.taken()).hasSize(1);
    assertNothingWritten();
  }

  static Stream<String> somebodyMustConfirmTheNode() {
    return Stream.of("--yes", "--take-over");
  }

  @Test
  void matchesAFileToo() throws Exception {
    Files.createDirectory(base.resolve("regtest"));
    try (var in = AltHsmdTest.class.getResourceAsStream("/vectors/hsm/hsm_secret.H32")) {
      Files.copy(in, base.resolve("regtest/hsm_secret"));
    }
    CommandLineRun run =
        CommandLineRun.of("node-id", "--lightning-dir", base, "--node-id", OTHER_ID);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("another node's key: its id is " + NODE_ID);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void theStockHsmdIsNotStartedWithoutItsFile() throws Exception {
    Path program = hsmd.shell("touch " + scripts.resolve("started")).program("lightning_hsmd");
    Path link = Files.createSymbolicLink(scripts.resolve("my-hsmd"), program);
    for (Path each : new Path[] {program, link}) {
      CommandLineRun run = run("recover", each, "--node-id", NODE_ID);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("no hsm_secret in " + base.resolve("regtest"));
    }
    assertThat(scripts.resolve("started")).doesNotExist();
    assertNothingWritten();
  }

  @Test
  void theStockHsmdIsStartedWithItsFile() throws Exception {
    Files.writeString(Files.createDirectory(base.resolve("regtest")).resolve("hsm_secret"), "x");
    CommandLineRun run = run("node-id", hsmd.begins().waits().program("lightning_hsmd"));

    assertThat(run.out()).startsWith(NODE_ID);
  }

  @ParameterizedTest
  @MethodSource
  void aSecretThatAnHsmdMadeIsNoNodes(String then) throws Exception {
    hsmd.shell("echo new >hsm_secret");
    if (then.isEmpty()) {
      hsmd.begins().waits();
    }
    CommandLineRun run = run("recover", hsmd.program(), "--node-id", NODE_ID);

    Path secret = base.resolve("regtest/hsm_secret");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("made a new one, which isn't your node's: " + secret, "hint: ");
    assertThat(secret).hasContent("new");
  }

  static Stream<String> aSecretThatAnHsmdMadeIsNoNodes() {
    return Stream.of("", "dies");
  }

  @Test
  void theNetworkMustBeKnown() throws Exception {
    Path program = hsmd.begins().program();
    Files.createDirectory(base.resolve("dogecoin"));
    CommandLineRun run =
        CommandLineRun.of(
            "node-id", "--lightning-dir", base, "--network=dogecoin", "--alt-hsmd", program);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("'dogecoin'", "hint: it is one of bitcoin, ");
  }

  @Test
  void noProgram() throws Exception {
    Path plain = Files.writeString(scripts.resolve("plain"), "no program");
    for (Path each : new Path[] {plain, scripts, scripts.resolve("nothing")}) {
      CommandLineRun run = run("recover", each, "--node-id", NODE_ID);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("can't start " + each + ": it isn't an executable file");
      assertNothingWritten();
    }
  }

  @Test
  void anInterpreterThatIsMissing() throws Exception {
    Path program = hsmd.program();
    Files.writeString(program, "#!/no/such/interpreter\n");
    CommandLineRun run = run("recover", program, "--node-id", NODE_ID);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).containsPattern("hsmd ended with exit code 12[67] .*not found");
    assertNothingWritten();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatGoesWrongIsSaidInOneLine(String message, UnaryOperator<ScriptedHsmd> script)
      throws Exception {
    Path program = script.apply(hsmd).program();
    Path to = base.resolve("recovered.sqlite3");
    CommandLineRun run =
        run("recover", program, "--node-id", NODE_ID, SERVER, "--to", to, "--take-over");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines().filter(line -> !line.contains("answers with node id")))
        .containsExactly("cldcb-client: " + program + message);
    assertNothingWritten();
  }

  static Stream<Arguments> whatGoesWrongIsSaidInOneLine() {
    String sign = " a request for a signature";
    return Stream.of(
        wrong(
            " ended with exit code 3 instead of answering hsmd_init: no device is attached",
            script -> script.shell("echo first >&2; echo no device is attached >&2; exit 3")),
        wrong(
            " ended with exit code 1 instead of answering hsmd_init: because I want to",
            script ->
                script
                    .shell("echo never mind >&2")
                    .isAsked()
                    .says("fff203" + hex("because\nI want to") + "00")
                    .shell("exit 1")),
        wrong(
            " ended with exit code 143 instead of answering hsmd_init",
            script -> script.shell("kill $$")),
        wrong(
            " closed its request socket instead of answering hsmd_init",
            script -> script.isAsked().shell("exec 3>&-; sleep 60")),
        wrong(
            " refuses: Failed to load hsm_secret: Wrong passphrase",
            script ->
                script
                    .isAsked()
                    .answers(
                        "007300000003"
                            + hex("Failed to load hsm_secret: Wrong passphrase")
                            + "00")),
        wrong(
            " refuses: Passphrase required but not provided: give it with --passphrase-file",
            script ->
                script
                    .isAsked()
                    .answers("007300000002" + hex("Passphrase required but not provided") + "00")),
        wrong(" refuses: it doesn't say why", script -> script.isAsked().answers("007300000003")),
        wrong(
            " speaks version 4 of the hsmd's messages, cldcb only 5 to 6",
            script -> script.isAsked().answers("0072000000040000" + NODE_ID)),
        wrong(
            " speaks version 7 of the hsmd's messages, cldcb only 5 to 6",
            script -> script.isAsked().answers("0072000000070000" + NODE_ID)),
        wrong(
            " answered hsmd_init with a message of type 109",
            script -> script.isAsked().answers("006d").waits()),
        wrong(
            " answered hsmd_init with garbage: a message of 1212501068 bytes",
            script -> script.isAsked().shell("echo HELLO, WORLD >&3").waits()),
        wrong(
            " answered hsmd_init with garbage: a message of 1 bytes",
            script -> script.isAsked().answers("00").waits()),
        wrong(
            " answered hsmd_init with garbage: its node id isn't a public key",
            script -> script.isAsked().answers("0072000000060000" + "02" + "ff".repeat(32))),
        wrong(
            " answered hsmd_init with garbage: ends 262140 bytes early",
            script -> script.isAsked().answers("007200000006ffff")),
        wrong(
            " ended with exit code 0 instead of answering" + sign,
            script -> script.begins().shell("head -c 4 <&3 >/dev/null")),
        wrong(
            " answered" + sign + " with garbage: not a signature",
            script -> script.begins().answers("007b" + "00".repeat(64) + "09").waits()),
        wrong(
            " answered" + sign + " with garbage: ends 1 bytes early",
            script -> script.begins().answers("007b" + "11".repeat(64)).waits()),
        wrong(
            " answered" + sign + " with a message of type 100",
            script -> script.begins().answers("0064" + "00".repeat(32)).waits()),
        wrong(
            " signed with another key than that of the node id it gave",
            script -> script.begins().answers(ScriptedHsmd.recorded("plain").get(3)).waits()));
  }

  private static Arguments wrong(String message, UnaryOperator<ScriptedHsmd> script) {
    return Arguments.of(message, script);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private CommandLineRun run(String command, Path program, Object... more) {
    Stream<Object> first =
        Stream.of(command, "--lightning-dir", base, "--network=regtest", "--alt-hsmd", program);
    return CommandLineRun.of(Stream.concat(first, Stream.of(more)).toArray());
  }

  private void assertNothingWritten() throws Exception {
    try (Stream<Path> files = Files.list(base)) {
      assertThat(files).isEmpty();
    }
  }
}
