package org.danelaw.queue;

/// Mail that may share a connection: for one destination, taken in under one mail flow policy (rule E13).
///
/// @param domain the recipients' domain in A-label form, lower case, or an address literal in its
/// brackets
/// @param policy the name of the mail flow policy
/// @param dane whether that policy lets DANE apply
public record Lane(String domain, String policy, boolean dane) {
    @Override
    public String toString() {
        return domain + " under " + policy;
    }
}
