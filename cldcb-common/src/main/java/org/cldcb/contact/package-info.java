/** How a server is named, and the wrapper that tells a plugin all it needs (docs/FORMAT.md §10). */
@org.jspecify.annotations.NullMarked
package org.cldcb.contact;
