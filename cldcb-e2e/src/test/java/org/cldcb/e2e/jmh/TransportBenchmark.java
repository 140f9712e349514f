package org.cldcb.e2e.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;
import org.cldcb.transport.Transport;
import org.cldcb.transport.TransportException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Messages of a record's size on the encrypted connection. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TransportBenchmark {
  private final byte[] message = Typical.noise(Typical.RECORD_BYTES);
  private Transport sender;
  private Transport receiver;

  /** Shakes hands. */
  @Setup
  public void setUp() throws HandshakeException {
    PrivateKey server = PrivateKey.generate(Typical.RANDOM);
    Handshake initiator =
        Handshake.initiator(
            Handshake.PROLOGUE,
            PrivateKey.generate(Typical.RANDOM),
            server.publicKey(),
            PrivateKey.generate(Typical.RANDOM));
    Handshake responder =
        Handshake.responder(Handshake.PROLOGUE, server, PrivateKey.generate(Typical.RANDOM));
    responder.read(initiator.read(responder.read(initiator.start())));
    sender = initiator.transport();
    receiver = responder.transport();
  }

  @Benchmark
  public byte[] encrypt() {
    return sender.encrypt(message);
  }

  /** Both, since what is decrypted must come in the order in which it was encrypted. */
  @Benchmark
  public byte[] encryptAndDecrypt() throws TransportException {
    byte[] sent = sender.encrypt(message);
    receiver.decryptLength(Arrays.copyOf(sent, Transport.HEADER));
    return receiver.decrypt(Arrays.copyOfRange(sent, Transport.HEADER, sent.length));
  }
}
