/// Certificates: made at first start, loaded from files, chosen by the name a peer asks for,
/// replaced without a restart.
///
/// **Policy.** TLS 1.2 and 1.3 (RFC 8446), nothing older (RFC 8996, RFC 8997); ECDHE with AES-GCM
/// or ChaCha20 only (RFC 9325 §4.2); no renegotiation, compression or early data. BoringSSL does
/// the work where its library loads, else the JDK.
///
/// **Entry points.** [Certificates] for listeners; [ClientContexts] for calls out. [Protection]
/// says what a line to a server must be, and is asked after the handshake and before anything is
/// said: [PeerTrust] compares with trusted authorities and the host's name (RFC 9525 §6.3), TLSA
/// records with the chain that was shown (RFC 7672 §3.1).
@NullMarked
package org.facteur.net.tls;

import org.jspecify.annotations.NullMarked;
