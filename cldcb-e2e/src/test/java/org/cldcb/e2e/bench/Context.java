package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.Folders;
import org.cldcb.e2e.rig.Trace;
import org.jspecify.annotations.Nullable;

/**
 * What the sections of one run share: a folder, the executables, and the node that they measure,
 * made when a section first asks for it. Closing this ends and deletes all of it. Not thread-safe.
 */
final class Context implements AutoCloseable {
  private final Path folder;
  private final Executables executables = new Executables();
  private final Trace trace;
  private final List<String> notes = new ArrayList<>();
  private @Nullable BackedUpNode node;
  private @Nullable PlayedTrace played;

  private Context(Path folder, Trace trace) {
    this.folder = folder;
    this.trace = trace;
  }

  /** Nothing runs yet. */
  static Context open(Trace trace) throws IOException {
    return new Context(Files.createTempDirectory("cldcb-bench"), trace);
  }

  /** A path in the folder of this run that nobody else has. */
  Path path(String name) {
    return folder.resolve(name);
  }

  Executables executables() {
    return executables;
  }

  Trace trace() {
    return trace;
  }

  /** A server and a node that is installed there, whose backup is never compacted. */
  BackedUpNode node() throws IOException {
    BackedUpNode there = node;
    if (there == null) {
      there = BackedUpNode.install(executables, path("node"), path("server"));
      node = there;
    }
    return there;
  }

  /** The trace, played on {@link #node} once. */
  PlayedTrace played() throws IOException, InterruptedException {
    PlayedTrace there = played;
    if (there == null) {
      there = PlayedTrace.play(trace, node(), path("appended"));
      played = there;
    }
    return there;
  }

  /** Says something that belongs beside the table. */
  void note(String line) {
    notes.add(line);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() throws IOException {
    executables.close();
    Folders.delete(folder);
  }
}
