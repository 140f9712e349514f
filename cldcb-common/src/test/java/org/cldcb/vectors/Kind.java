package org.cldcb.vectors;

import java.util.List;

/** A folder of vectors: what belongs into it, and the product's reader of it. */
interface Kind {
  String name();

  List<Vector> all();

  /**
   * Reads a vector as the product does, and compares what comes out with its fields.
   *
   * @return {@link Vector#OK}, or the class of failure
   */
  String read(Vector vector) throws Exception;
}
