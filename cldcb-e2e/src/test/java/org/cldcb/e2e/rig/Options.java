package org.cldcb.e2e.rig;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * How a {@link FakeLightningd} behaves.
 *
 * @param durable whether its database is fsynced, as the real one's is
 * @param busyTimeout how long it waits for another's lock on its database: 60 s in the real one
 * @param hookLimit how long it waits for the answer to a db_write: for ever in the real one
 * @param realCrash whether a crash ends this JVM on the spot; else only the files are left so
 * @param beforeHook told about each db_write when its statements ran and nothing was sent yet
 * @param afterHook told how long each hook took, in nanoseconds
 * @param environment variables that plugins get, asked for at each start
 */
public record Options(
    boolean durable,
    Duration busyTimeout,
    Duration hookLimit,
    boolean realCrash,
    Consumer<Write> beforeHook,
    LongConsumer afterHook,
    Supplier<Map<String, String>> environment) {

  /** Without fsync, with the real busy time-out, and two minutes for a hook. */
  public static Options standard() {
    return new Options(
        false,
        Duration.ofSeconds(60),
        Duration.ofMinutes(2),
        false,
        write -> {},
        nanos -> {},
        Map::of);
  }

  public Options withDurable(boolean value) {
    return new Options(
        value, busyTimeout, hookLimit, realCrash, beforeHook, afterHook, environment);
  }

  public Options withBusyTimeout(Duration value) {
    return new Options(durable, value, hookLimit, realCrash, beforeHook, afterHook, environment);
  }

  public Options withHookLimit(Duration value) {
    return new Options(durable, busyTimeout, value, realCrash, beforeHook, afterHook, environment);
  }

  public Options withBeforeHook(Consumer<Write> value) {
    return new Options(durable, busyTimeout, hookLimit, realCrash, value, afterHook, environment);
  }

  public Options withAfterHook(LongConsumer value) {
    return new Options(durable, busyTimeout, hookLimit, realCrash, beforeHook, value, environment);
  }

  public Options withRealCrash() {
    return new Options(durable, busyTimeout, hookLimit, true, beforeHook, afterHook, environment);
  }

  public Options withEnvironment(Supplier<Map<String, String>> value) {
    return new Options(durable, busyTimeout, hookLimit, realCrash, beforeHook, afterHook, value);
  }

  void tellBeforeHook(long dataVersion, List<String> statements) {
    beforeHook.accept(new Write(dataVersion, statements));
  }
}
