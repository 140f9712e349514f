package org.cldcb.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.cldcb.codec.FormatException;
import org.cldcb.contact.WrapperException;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.format.EnvelopeException;
import org.cldcb.transport.HandshakeException;
import org.cldcb.transport.TransportException;

/** What reads bytes from outside, each with the exceptions that may come out of it. */
enum Target {
  MESSAGE(Readers::message, FormatException.class),
  RESPONDER(Frames::toResponder, HandshakeException.class, TransportException.class),
  INITIATOR(Frames::toInitiator, HandshakeException.class, TransportException.class),
  ENVELOPE(Envelopes::open, FormatException.class, EnvelopeException.class),
  RECORD(Plaintexts::record, FormatException.class),
  CHUNK(Plaintexts::chunk, FormatException.class),
  MANIFEST(Plaintexts::manifest, FormatException.class),
  DELTA(Plaintexts::delta, FormatException.class),
  WRAPPER(Readers::wrapper, WrapperException.class),
  CONTACT(Readers::contact, IllegalArgumentException.class),
  SIGNATURE(Readers::signature, IllegalArgumentException.class),
  HSM_SECRET(Secrets::hsmSecret, HsmSecretException.class),
  CODEX32(Secrets::codex32, HsmSecretException.class),
  JSON_RPC(JsonRpc::read, IOException.class);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Buffers of a fixed size, all in all. */
  private static final long ALLOCATION_BYTES = 4 << 20;

  /** DEFLATE gives 1,032 bytes for one, and these are copied a few times. */
  private static final long ALLOCATION_BYTES_PER_BYTE = 8 << 10;

  private final Reader reader;
  private final List<Class<? extends Exception>> declared;

  @SafeVarargs
  Target(Reader reader, Class<? extends Exception>... declared) {
    this.reader = reader;
    this.declared = List.of(declared);
  }

  /** The folder of its inputs, below that of all. */
  Path folder(Path all) {
    return all.resolve(title());
  }

  /** What {@link #title} gives. */
  static Target ofTitle(String title) {
    return valueOf(title.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Has it read an input; what comes out of here is a finding. */
  void run(byte[] input) throws Exception {
    long most = ALLOCATION_BYTES + ALLOCATION_BYTES_PER_BYTE * input.length;
    long allocated = allocatedFor(input);
    if (allocated > most) {
      // The first time may have loaded classes.
      allocated = allocatedFor(input);
    }
    if (allocated > most) {
      throw new AssertionError(allocated + " bytes allocated for " + input.length);
    }
  }

  private long allocatedFor(byte[] input) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reader.read(input);
    } catch (Exception e) {
      if (declared.stream().noneMatch(type -> type.isInstance(e))) {
        throw e;
      }
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
