package org.cldcb.client.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.cli.Failure;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.cln.Liveness;
import org.cldcb.client.cln.PluginControl;
import org.cldcb.client.install.ConfigLine;
import org.cldcb.client.server.ServerLink;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperException;
import org.cldcb.contact.WrapperFile;
import org.cldcb.link.Access;
import org.cldcb.link.Session;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Welcome;
import org.jspecify.annotations.Nullable;

/** Looks at everything that protection depends on, and changes none of it. Used once. */
final class StatusCheck {
  private final LightningNode node;
  private final Path wrapperPath;
  private final List<String> problems = new ArrayList<>();

  StatusCheck(LightningNode node) {
    this.node = node;
    wrapperPath = node.dir().wrapper();
  }

  StatusReport run() throws IOException {
    if (Files.notExists(wrapperPath)) {
      problems.add(StatusMessages.notInstalled(wrapperPath));
      return report(null, null, localVersion());
    }
    try (Wrapper wrapper = WrapperFile.read(wrapperPath)) {
      checkFiles(wrapper);
      checkPlugin();
      // Before the server's: writes get there first.
      @Nullable Long before = localVersion();
      StatusReport.@Nullable Remote remote = askServer(wrapper);
      compare(remote, before);
      return report(wrapper, remote, before);
    } catch (WrapperException e) {
      problems.add(Messages.reason(e));
      return report(null, null, localVersion());
    }
  }

  private StatusReport report(
      @Nullable Wrapper wrapper, StatusReport.@Nullable Remote remote, @Nullable Long version) {
    StatusReport.@Nullable Local local =
        wrapper == null
            ? null
            : new StatusReport.Local(wrapper.nodeId(), wrapper.network().name(), wrapper.server());
    return new StatusReport(
        wrapperPath, node.liveness(), local, remote, version, List.copyOf(problems));
  }

  private void checkFiles(Wrapper wrapper) throws IOException {
    Path tombstone = LightningDir.tombstone(wrapperPath);
    if (Files.exists(tombstone)) {
      problems.add(StatusMessages.tombstone(tombstone));
    }
    if (!Files.isExecutable(wrapperPath)) {
      problems.add(StatusMessages.notExecutable(wrapperPath));
    }
    if (!Files.isExecutable(wrapper.pluginExecutable())) {
      problems.add(StatusMessages.pluginGone(wrapper.pluginExecutable()));
    }
    if (!ConfigLine.isPresent(node.config(), wrapperPath)) {
      problems.add(StatusMessages.notImportant(node.config()));
    }
  }

  private void checkPlugin() throws IOException {
    if (node.liveness() == Liveness.FROZEN) {
      problems.add(StatusMessages.answersNothing());
    } else if (node.isRunning() && new PluginControl(node.rpc()).running().isEmpty()) {
      problems.add(StatusMessages.pluginNotRunning());
    }
  }

  private StatusReport.@Nullable Remote askServer(Wrapper wrapper) {
    ServerLink link = new ServerLink(new SecureRandom(), "node");
    try (Session session = link.open(Access.of(wrapper), Mode.READ)) {
      checkStanding(session.welcome());
      long start = System.nanoTime();
      session.ping();
      long roundTripMillis = (System.nanoTime() - start) / 1_000_000;
      return new StatusReport.Remote(session.welcome(), session.status(), roundTripMillis);
    } catch (IOException | Failure e) {
      problems.add(Messages.reason(e));
      return null;
    }
  }

  private void checkStanding(Welcome welcome) {
    switch (welcome.standing()) {
      case UNCLAIMED -> problems.add(StatusMessages.unclaimed());
      case NEW -> problems.add(StatusMessages.notClaimant());
      case CLAIMANT -> {
        if (!welcome.flags().usableBase()) {
          problems.add(StatusMessages.noBase());
        }
      }
    }
  }

  private void compare(StatusReport.@Nullable Remote remote, @Nullable Long before) {
    if (remote == null || before == null || !remote.welcome().flags().usableBase()) {
      return;
    }
    long there = remote.welcome().head().dataVersion();
    if (there < before) {
      problems.add(StatusMessages.backupBehind(there, before));
      return;
    }
    @Nullable Long after = localVersion();
    if (after != null && there > after + 1) {
      problems.add(StatusMessages.backupAhead(there, after));
    }
  }

  private @Nullable Long localVersion() {
    try {
      return node.database().exists() ? node.database().dataVersion() : null;
    } catch (IOException e) {
      return null;
    }
  }
}
