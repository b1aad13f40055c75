package io.hark;

/// Reads one line-based log format. Nothing wears this shape yet: server and firewall logs do, when
/// they come.
public non-sealed interface LineParser extends Parser {}
