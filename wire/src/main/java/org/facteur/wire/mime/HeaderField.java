package org.facteur.wire.mime;

/// Where one header field lies.
///
/// @param name as written
/// @param offset of its first octet from the letter's first
/// @param length in octets, last line end included
/// @param valueStart octets from `offset` to just behind the colon
public record HeaderField(String name, int offset, int length, int valueStart) {}
