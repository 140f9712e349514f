package org.cldcb.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cldcb-server contact}. */
@Command(
    name = "contact",
    description = "Prints what cldcb-client install needs to find this server.",
    footer = {"", "Example:", "  cldcb-server contact --data-dir /var/lib/cldcb"})
public final class ContactCommand implements Callable<Integer> {
  @Mixin private DataDirectory directory = new DataDirectory();
  @Mixin private Terminal terminal = new Terminal();

  @Override
  public Integer call() throws IOException {
    terminal.say(directory.contact().toString());
    return 0;
  }
}
