package org.cldcb.crypto;

import java.util.Arrays;

/** What one does with a byte array that holds a secret, once it has served. */
public final class Secrets {

  private Secrets() {}

  /** Overwrites every array with zeros. */
  public static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
