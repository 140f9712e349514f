package org.cldcb.e2e.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A node in a JVM of its own: {@code RigMain LIGHTNING_DIR [TRACE]}. Takes commands from standard
 * input, answers each with a line, and writes lightningd's log to standard error. Its crashes are
 * real ones.
 */
public final class RigMain {
  private final FakeLightningd node;
  private final TracePlayer player;

  private RigMain(FakeLightningd node, TracePlayer player) {
    this.node = node;
    this.player = player;
  }

  /** See {@link RigProcess}, which starts this. */
  public static void main(String[] args) throws IOException {
    LightningDir dir = new LightningDir(Path.of(args[0]), "regtest");
    FakeLightningd node =
        new FakeLightningd(
            dir,
            Options.standard().withRealCrash(),
            line ->
                System.err.println(line.source() + ": " + line.level() + ": " + line.message()));
    Trace trace = Trace.load(args.length > 1 ? args[1] : Trace.NODE_A);
    new RigMain(node, new TracePlayer(node, trace)).serve();
    System.exit(0);
  }

  private void serve() throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println("ok " + answer(line));
    }
  }

  private long answer(String line) {
    String[] words = line.split(" ", 2);
    int count = words.length > 1 ? Integer.parseInt(words[1]) : 1;
    switch (words[0]) {
      case "boot" -> node.boot();
      case "play" -> player.play(count);
      case "writes" -> node.writes(count);
      case "unseen" -> node.writeWithoutPlugin(count);
      case "spill" -> node.spilledTransaction();
      case "crash" -> node.crash();
      case "crash-before-commit" -> node.crashBeforeCommit();
      case "crash-during-hook" -> node.crashDuringHook();
      case "crash-spilled" -> node.crashSpilledBeforeCommit();
      case "crash-between-pragmas" -> node.crashBetweenPragmaOffAndOn();
      case "shutdown" -> node.shutdown();
      default -> throw new IllegalArgumentException("no such command: " + line);
    }
    return node.isUp() ? node.dataVersion() : 0;
  }
}
