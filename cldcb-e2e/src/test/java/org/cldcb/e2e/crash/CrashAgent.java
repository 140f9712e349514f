package org.cldcb.e2e.crash;

import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.nameMatches;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Within a process under test: kill -9 of itself when it comes to a step. The executables know
 * nothing of it, it changes their classes when they are loaded.
 *
 * <p>Arguments, separated by commas: {@code before#TYPE#METHODS#N#MARKER} or {@code after#…}, where
 * METHODS is a regular expression, N counts the times, and MARKER is a file that is made right
 * before the end; {@code true#TYPE#METHOD} makes a method's answer true.
 */
public final class CrashAgent {
  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile Path marker = Path.of("");
  private static volatile OutputStream killer = OutputStream.nullOutputStream();

  private CrashAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation) throws IOException {
    for (String argument : arguments.split(",")) {
      String[] parts = argument.split("#");
      Class<?> advice =
          switch (parts[0]) {
            case "before" -> Before.class;
            case "after" -> After.class;
            default -> True.class;
          };
      if (advice != True.class) {
        LEFT.set(Integer.parseInt(parts[3]));
        marker = Path.of(parts[4]);
        killer = startKiller();
      }
      new AgentBuilder.Default()
          .type(named(parts[1]))
          .transform(
              (builder, type, loader, module, domain) ->
                  builder.visit(
                      Advice.to(advice)
                          .on(isMethod().and(nameMatches(parts[2])).and(not(isSynthetic())))))
          .installOn(instrumentation);
    }
  }

  /** Started beforehand, so that the end comes within the step and not some milliseconds later. */
  private static OutputStream startKiller() throws IOException {
    String script = "read go && kill -9 " + ProcessHandle.current().pid();
    return new ProcessBuilder("sh", "-c", script).start().getOutputStream();
  }

  /** The process is at the step; once the count is over, this doesn't return. */
  public static void reached() {
    if (LEFT.decrementAndGet() != 0) {
      return;
    }
    try {
      Files.createFile(marker);
      killer.write('\n');
      killer.flush();
      new CountDownLatch(1).await();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** At the beginning of a method. */
  static final class Before {
    private Before() {}

    @Advice.OnMethodEnter
    static void enter() {
      reached();
    }
  }

  /** Where a method returns. */
  static final class After {
    private After() {}

    @Advice.OnMethodExit
    static void exit() {
      reached();
    }
  }

  /** In place of a method's answer. */
  static final class True {
    private True() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean answer) {
      answer = true;
    }
  }
}
