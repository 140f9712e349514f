package org.cldcb.plugin;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** {@code cldcb-plugin WRAPPER_PATH}: started by the wrapper, which lightningd starts. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println(
          "cldcb-plugin: started by lightningd through cldcb-plugin-wrapper, not by hand\n"
              + "hint: cldcb-client install sets it up");
      System.exit(2);
    }
    new Plugin(
            Path.of(args[0]).toAbsolutePath(),
            new FileInputStream(FileDescriptor.in),
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)))
        .serve();
  }
}
