package org.cldcb.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cldcb.contact.HostPort;
import org.cldcb.server.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} as a process of its own. */
class RunTest {
  private final List<Process> processes = new ArrayList<>();

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void initialise() throws Exception {
    directory = temporary.resolve("data");
    assertThat(start("init", "--listen", "127.0.0.1:0").waitFor()).isZero();
  }

  @AfterEach
  void kill() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void saysWhereItListensAndStopsWithCodeZero() throws Exception {
    Process server = start("run");
    HostPort address = address(server);
    new Socket(address.host(), address.port()).close();
    server.destroy();
    assertThat(server.waitFor(15, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
    assertThat(log(server)).contains("asked to stop", "stopped");
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("server.key", "server.lock", "cldcb.sqlite3");
    }
  }

  @Test
  void killedServerLeavesNothingOfSqlitesLibrary() throws Exception {
    Process server = start("run");
    address(server);
    server.destroyForcibly();
    server.waitFor();
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("cldcb.sqlite3")
          .allMatch(name -> name.startsWith("server.") || name.startsWith("cldcb.sqlite3"));
    }
  }

  @Test
  void secondServerOnADirectoryIsRefused() throws Exception {
    address(start("run"));
    Process second = start("run");
    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(log(second)).contains("cldcb-server: already running: ");
  }

  @Test
  void addressInUseIsSaid() throws Exception {
    HostPort taken = address(start("run"));
    directory = temporary.resolve("other");
    assertThat(start("init").waitFor()).isZero();
    Process second = start("run", "--listen", taken.toString());
    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(log(second)).contains("cldcb-server: can't listen on " + taken);
  }

  @Test
  void otherCommandsWorkMeanwhile() throws Exception {
    address(start("run"));
    String node = "034f355bdcb7cc0af728ef3cceb9615d90684bb5b2ca5f859ab0f0b704075871aa";
    assertThat(start("allow", node).waitFor()).isZero();
    Process status = start("status");
    assertThat(status.waitFor()).isZero();
    assertThat(status.inputReader().lines()).contains("node_id: " + node);
  }

  private Process start(String command, String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    all.addAll(List.of(Main.class.getName(), command, "--data-dir", directory.toString()));
    all.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(all)
            .redirectError(temporary.resolve(processes.size() + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private static HostPort address(Process server) throws IOException {
    BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
    String line = String.valueOf(out.readLine());
    assertThat(line).startsWith("listening on 127.0.0.1:");
    return HostPort.parse(line.substring("listening on ".length()));
  }

  private String log(Process process) throws IOException {
    return Files.readString(temporary.resolve(processes.indexOf(process) + ".log"));
  }
}
