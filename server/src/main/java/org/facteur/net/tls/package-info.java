/// Certificates: made at first start, loaded from files, chosen by the name a peer asks for,
/// replaced without a restart.
///
/// **Policy.** TLS 1.2 and 1.3 (RFC 8446), nothing older (RFC 8996, RFC 8997); ECDHE with AES-GCM
/// or ChaCha20 only (RFC 9325 §4.2); no renegotiation, compression or early data. BoringSSL does
/// the work where its library loads, else the JDK.
///
/// **Entry points.** [Certificates] for listeners; [ClientContexts] for calls out.
@NullMarked
package org.facteur.net.tls;

import org.jspecify.annotations.NullMarked;
