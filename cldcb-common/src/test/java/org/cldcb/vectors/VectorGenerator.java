package org.cldcb.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the files of src/test/vectors anew; run it in this module's folder when a format changes.
 * It takes its keys from {@code ExampleKeys}, so it always makes the same.
 */
public final class VectorGenerator {
  static final Path FOLDER = Path.of("src/test/vectors");

  static final List<Kind> KINDS =
      List.of(
          new EnvelopeKind(),
          new PlaintextKinds.Packed(),
          new PlaintextKinds.Record(),
          new PlaintextKinds.Chunk(),
          new ManifestKind(),
          new DeltaKind(),
          new PaddingKind(),
          new SignatureKind(),
          new TextKinds.OfContact(),
          new TextKinds.OfWrapper(),
          new HsmSecretKind(),
          new MessageKind(),
          new TransportKinds.OfHandshake(),
          new TransportKinds.OfTransport());

  private VectorGenerator() {}

  public static void main(String[] args) throws IOException {
    for (Vector vector : all()) {
      Path file = FOLDER.resolve(vector.name() + ".txt");
      Files.createDirectories(FOLDER.resolve(vector.kind()));
      Files.writeString(file, vector.text());
    }
  }

  static List<Vector> all() {
    return KINDS.stream().flatMap(kind -> kind.all().stream()).toList();
  }
}
