package org.cldcb.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.server.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CliTest {
  private static final String NODE = PrivateKey.generate(new SecureRandom()).publicKey().hex();

  @TempDir private Path temporary;
  private Path directory;
  private String out = "";
  private String err = "";

  @BeforeEach
  void choose() {
    directory = temporary.resolve("data");
  }

  @Test
  void initMakesAKeyAndAStoreForTheOwnerOnly() throws IOException {
    assertThat(on("init", "--advertise", "backup.example:1234")).isZero();
    assertThat(out).matches("contact: 0[23][0-9a-f]{64}@backup\\.example:1234\n");
    assertThat(mode(directory)).isEqualTo("rwx------");
    assertThat(mode(directory.resolve("server.key"))).isEqualTo("rw-------");
    assertThat(directory.resolve("server.key")).content().matches("[0-9a-f]{64}\n");
    try (var files = Files.list(directory)) {
      assertThat(files.filter(file -> file.toString().contains("sqlite3")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
    }
    String contact = out.substring("contact: ".length());
    assertThat(on("contact")).isZero();
    assertThat(out).isEqualTo(contact);
  }

  @Test
  void initAdvertisesThisHostAndThePortItListensOn() {
    assertThat(on("init", "--listen", "127.0.0.1:4321")).isZero();
    Contact contact = Contact.parse(out.substring("contact: ".length()).strip());
    assertThat(contact.port()).isEqualTo(4321);
  }

  @Test
  void initKeepsAnInitialisedDirectoryAsItIs() throws IOException {
    on("init");
    String key = Files.readString(directory.resolve("server.key"));
    assertThat(on("init")).isEqualTo(1);
    assertThat(err).startsWith("cldcb-server: already initialised: ").contains("\nhint: ");
    assertThat(directory.resolve("server.key")).hasContent(key);
  }

  @Test
  void initThatWasBrokenOffIsGoneOnWith() throws IOException {
    on("init", "--advertise", "backup.example:1234");
    String contact = out;
    Files.delete(directory.resolve("cldcb.sqlite3"));
    assertThat(on("status")).isEqualTo(1);
    assertThat(err).contains("hint: run: cldcb-server init");
    assertThat(on("init", "--advertise", "backup.example:1234")).isZero();
    assertThat(out).isEqualTo(contact);
    assertThat(on("status")).isZero();
  }

  @Test
  void storeThatLostItsKeyIsLeftAlone() throws IOException {
    on("init");
    Files.delete(directory.resolve("server.key"));
    byte[] store = Files.readAllBytes(directory.resolve("cldcb.sqlite3"));
    assertThat(on("init")).isEqualTo(1);
    assertThat(err).startsWith("cldcb-server: no key: ").contains("\nhint: bring it back");
    assertThat(directory.resolve("server.key")).doesNotExist();
    assertThat(directory.resolve("cldcb.sqlite3")).hasBinaryContent(store);
  }

  @Test
  void initRefusesADirectoryThatOthersMayEnter() throws IOException {
    Files.createDirectory(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(on("init")).isEqualTo(1);
    assertThat(err).contains("hint: run: chmod 700 " + directory);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void nodesAreAllowedRevokedAndForgotten() throws IOException {
    on("init");
    assertThat(on("allow", NODE, "--label", "alice")).isZero();
    assertThat(listed().path("label").asText()).isEqualTo("alice");
    assertThat(listed().path("allowed").asBoolean()).isTrue();
    assertThat(on("revoke", NODE)).isZero();
    assertThat(listed().path("allowed").asBoolean()).isFalse();
    assertThat(on("allow", NODE)).isZero();
    assertThat(listed().path("allowed").asBoolean()).isTrue();
    assertThat(listed().path("label").asText()).isEqualTo("alice");
    assertThat(on("forget", NODE)).isEqualTo(2);
    assertThat(err).contains("hint: add --yes");
    assertThat(on("forget", NODE, "--yes")).isZero();
    on("list", "--json");
    assertThat(new ObjectMapper().readTree(out)).isEmpty();
  }

  @Test
  void nodesHaveQuotas() throws IOException {
    on("init");
    on("allow", NODE);
    assertThat(listed().path("quota_bytes").asLong()).isEqualTo(10L << 30);
    assertThat(on("allow", NODE, "--quota", "500MiB")).isZero();
    assertThat(listed().path("quota_bytes").asLong()).isEqualTo(500L << 20);
    on("allow", NODE, "--label", "alice");
    assertThat(listed().path("quota_bytes").asLong()).isEqualTo(500L << 20);
    assertThat(on("allow", NODE, "--quota", "none")).isZero();
    assertThat(listed().has("quota_bytes")).isFalse();
  }

  @Test
  void initSaysWhatQuotaNewNodesGet() throws IOException {
    assertThat(on("init", "--quota", "2TiB")).isZero();
    on("allow", NODE);
    assertThat(listed().path("quota_bytes").asLong()).isEqualTo(2L << 40);
  }

  @Test
  void initMaySayThatThereIsNoQuota() throws IOException {
    on("init", "--quota", "none");
    on("allow", NODE);
    assertThat(listed().has("quota_bytes")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0GiB", "-1GiB", "10GB", "10gib", "1.5GiB", "9999999TiB", "no"})
  void badSizeIsOneLineAndChangesNothing(String size) throws IOException {
    on("init");
    assertThat(on("allow", NODE, "--quota=" + size)).isEqualTo(2);
    assertThat(err.lines()).hasSize(2);
    assertThat(err)
        .contains("'" + size + "' is no size; it is like 500MiB, 10GiB or 1TiB, or none");
    on("list", "--json");
    assertThat(new ObjectMapper().readTree(out)).isEmpty();
  }

  @Test
  void quotaThatIsNearlyUsedIsSaid() throws Exception {
    on("init");
    on("allow", NODE, "--quota", "1MiB");
    Path store = directory.resolve("cldcb.sqlite3");
    try (var file = DriverManager.getConnection("jdbc:sqlite:" + store);
        var statement = file.createStatement()) {
      statement.execute(
          "INSERT INTO backup (node_id, network, digest, kept) VALUES (X'"
              + NODE
              + "', 'regtest', zeroblob(32), 900000)");
    }
    for (String command : List.of("list", "status")) {
      assertThat(on(command)).isZero();
      assertThat(err)
          .startsWith("cldcb-server: node " + NODE + " uses 900000 of its quota of 1048576 bytes")
          .contains("over 80 %", "cldcb-server allow " + NODE + " --quota SIZE");
    }
    assertThat(out).contains("\nused_bytes: 900000\n", "\nquota_bytes: 1048576\n");
  }

  private JsonNode listed() throws IOException {
    on("list", "--json");
    JsonNode list = new ObjectMapper().readTree(out);
    assertThat(list).hasSize(1);
    assertThat(list.get(0).path("node_id").asText()).isEqualTo(NODE);
    return list.get(0);
  }

  @Test
  void listAndStatusAreReadableToo() {
    on("init");
    on("allow", NODE, "--label", "alice");
    assertThat(on("list")).isZero();
    assertThat(out).contains("node_id: " + NODE + "\n", "label: alice\n", "allowed: true\n");
    assertThat(on("status")).isZero();
    assertThat(out).contains("node_id: " + NODE + "\n");
  }

  @Test
  void unknownNodeCannotBeRevokedOrForgotten() {
    on("init");
    assertThat(on("revoke", NODE)).isEqualTo(1);
    assertThat(err).startsWith("cldcb-server: not known: " + NODE);
    assertThat(on("forget", NODE, "--yes")).isEqualTo(1);
  }

  @Test
  void checkNamesWhatIsDamaged() throws Exception {
    on("init");
    assertThat(on("check")).isZero();
    assertThat(out).isEqualTo("read 0 records, 0 bases of 0 chunks\nsound\n");
    Path store = directory.resolve("cldcb.sqlite3");
    try (var file = DriverManager.getConnection("jdbc:sqlite:" + store);
        var statement = file.createStatement()) {
      statement.execute(
          "INSERT INTO record VALUES (1, 1, 1, randomblob(32), randomblob(32), 0, 5, 0, 'rotten')");
    }
    assertThat(on("check")).isEqualTo(1);
    assertThat(out).contains("record 1 is damaged\n").doesNotContain("sound");
    assertThat(err)
        .startsWith("cldcb-server: the store is damaged: 1 findings")
        .contains("\nhint: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check", "list"})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aStoreThatCannotBeOpenedIsSaidToBeDamaged(String command) throws IOException {
    on("init", "--listen", "127.0.0.1:0");
    Path store = directory.resolve("cldcb.sqlite3");
    byte[] sound = Files.readAllBytes(store);
    for (int left : new int[] {100, 4096, sound.length / 2 / 4096 * 4096}) {
      Files.write(store, Arrays.copyOf(sound, left));
      assertThat(on(command)).isEqualTo(1);
      assertThat(out).isEmpty();
      assertThat(err)
          .matches("cldcb-server: the store failed: .*\nhint: see \"A damaged store\" in .*\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"contact", "list", "status", "check", "run"})
  void commandsNeedAnInitialisedDirectory(String command) {
    assertThat(on(command)).isEqualTo(1);
    assertThat(err)
        .startsWith("cldcb-server: not initialised: ")
        .contains("hint: run: cldcb-server init --data-dir " + directory);
  }

  @Test
  void keyThatOthersMayReadIsRefused() throws IOException {
    on("init");
    Path key = directory.resolve("server.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(on("run")).isEqualTo(1);
    assertThat(err).contains("hint: run: chmod 600 " + key);
    assertThat(on("contact")).isEqualTo(1);
  }

  @Test
  void brokenKeyIsRefusedAndNotShown() throws IOException {
    on("init");
    String broken = "z".repeat(64) + "\n";
    Files.writeString(directory.resolve("server.key"), broken);
    assertThat(on("run")).isEqualTo(1);
    assertThat(err).startsWith("cldcb-server: not a key: ").doesNotContain("zz");
  }

  @Test
  void wrongUsageIsOneLineAndAHint() {
    for (String[] arguments :
        new String[][] {
          {},
          {"init"},
          {"nonsense"},
          {"allow", "02ab", "--data-dir", "/nowhere"},
          {"init", "--listen", "a:b:c", "--data-dir", "/nowhere"}
        }) {
      assertThat(execute(arguments)).isEqualTo(2);
      assertThat(err.lines()).hasSize(2);
      assertThat(err).startsWith("cldcb-server: ").contains("\nhint: run: cldcb-server");
    }
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    List<String> commands = List.copyOf(Main.commandLine().getSubcommands().keySet());
    assertThat(commands)
        .containsExactlyInAnyOrder(
            "init", "run", "contact", "allow", "revoke", "forget", "list", "status", "check");
    for (String command : commands) {
      assertThat(execute(command, "--help")).isZero();
      assertThat(out).contains("Example:", "  cldcb-server " + command);
    }
    assertThat(execute("--version")).isZero();
    assertThat(out).startsWith("cldcb-server ");
  }

  private int on(String command, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = command;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--data-dir";
    all[arguments.length + 2] = directory.toString();
    return execute(all);
  }

  private int execute(String... arguments) {
    StringWriter stdout = new StringWriter();
    StringWriter stderr = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(stdout)).setErr(new PrintWriter(stderr));
    int exitCode = line.execute(arguments);
    out = stdout.toString();
    err = stderr.toString();
    return exitCode;
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
