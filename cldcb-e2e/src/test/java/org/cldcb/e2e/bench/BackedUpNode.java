package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.ServerProcess;

/** A node with an empty database, installed on a running server. */
record BackedUpNode(Executables executables, ServerProcess server, LightningDir dir) {
  private static final long NEVER_COMPACT = 1L << 40;

  /** On a server of its own that never asks for a new base. */
  static BackedUpNode install(Executables executables, Path folder, Path serverFolder)
      throws IOException {
    return install(
        executables,
        executables.initServer(serverFolder, "--compact-min=" + NEVER_COMPACT),
        folder);
  }

  private static BackedUpNode install(Executables executables, ServerProcess server, Path folder)
      throws IOException {
    BackedUpNode node = new BackedUpNode(executables, server, LightningDir.create(folder));
    server.allow(node.client("node-id").out().strip(), "bench");
    node.client("install", "--server=" + server.contact(), "--yes");
    Files.createFile(node.dir().database());
    return node;
  }

  /** Runs a command of the client on it, in a process of its own. */
  Finished client(String command, String... options) {
    return executables.client(dir, command, options).orFail();
  }

  /** Starts its plugin. */
  HookDriver startPlugin() throws IOException {
    return HookDriver.start(dir.wrapper(), dir.networkDir());
  }
}
