package org.cldcb.contact;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cldcb.chain.Delegation;
import org.cldcb.crypto.Digests;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.ExampleKeys;

/** Wrappers for tests. Their secrets have no run of equal digits, so that a leak can be seen. */
final class Wrappers {
  static final byte[] DELEGATE_KEY = secret("delegate key");
  static final byte[] CHUNK_ID_KEY = secret("chunk-id key");

  private Wrappers() {}

  static Wrapper wrapper() {
    return wrapper(Path.of("/var/lib/cln/regtest/lightningd.sqlite3"), Path.of("/usr/lib/cldcb/p"));
  }

  static Wrapper wrapper(Path database, Path plugin) {
    PrivateKey delegate = PrivateKey.of(DELEGATE_KEY);
    return new Wrapper(
        ExampleKeys.IDENTITY,
        new Contact(ExampleKeys.SERVER.publicKey(), "backup.example.org", 9736),
        delegate,
        MessageSignature.sign(ExampleKeys.NODE, Delegation.delegationText(delegate.publicKey())),
        7,
        CHUNK_ID_KEY.clone(),
        database,
        plugin);
  }

  private static byte[] secret(String name) {
    return Digests.sha256(name.getBytes(StandardCharsets.US_ASCII));
  }
}
