package org.danelaw.policy;

/// Why a host gets no mail now: the enhanced status code (RFC 3463), the short reason of the decision tables, and a
/// sentence to act on.
public record Refusal(String status, String reason, String sentence) {}
