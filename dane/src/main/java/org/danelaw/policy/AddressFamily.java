package org.danelaw.policy;

/// The two kinds of address, and the record type that holds each.
public enum AddressFamily {
    IPV4("A"),
    IPV6("AAAA");

    private final String recordType;

    AddressFamily(String recordType) {
        this.recordType = recordType;
    }

    public String recordType() {
        return recordType;
    }

    public AddressFamily other() {
        return this == IPV4 ? IPV6 : IPV4;
    }
}
