/** The node's secret on its way in and out: passphrases, typing it in, and putting it on paper. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.secret;
