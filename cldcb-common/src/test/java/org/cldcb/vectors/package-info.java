/** The files of src/test/vectors: what makes them, and what reads them. */
@org.jspecify.annotations.NullMarked
package org.cldcb.vectors;
