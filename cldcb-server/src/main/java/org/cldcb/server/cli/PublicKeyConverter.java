package org.cldcb.server.cli;

import org.cldcb.crypto.PublicKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A node id on the command line. */
final class PublicKeyConverter implements ITypeConverter<PublicKey> {
  @Override
  public PublicKey convert(String text) {
    try {
      return PublicKey.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("a node id has 66 hex digits, as getinfo prints it");
    }
  }
}
