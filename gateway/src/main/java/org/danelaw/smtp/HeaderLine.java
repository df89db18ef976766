package org.danelaw.smtp;

/// What a line of a header is, as far as it has come (RFC 5322 section 2.2; for white space before the colon section
/// 4.5).
enum HeaderLine {
    EMPTY,
    NAME,
    BEHIND_NAME,
    FIELD,
    WHITE_SPACE,
    CONTINUATION,
    UNCLEAR;

    /// With one more octet.
    HeaderLine then(int octet) {
        boolean white = octet == ' ' || octet == '\t';
        return switch (this) {
            case EMPTY -> white ? WHITE_SPACE : isOfName(octet) ? NAME : UNCLEAR;
            case NAME -> octet == ':' ? FIELD : white ? BEHIND_NAME : isOfName(octet) ? NAME : UNCLEAR;
            case BEHIND_NAME -> octet == ':' ? FIELD : white ? BEHIND_NAME : UNCLEAR;
            case WHITE_SPACE -> white ? WHITE_SPACE : CONTINUATION;
            case FIELD, CONTINUATION, UNCLEAR -> this;
        };
    }

    /// RFC 5322 section 3.6.8.
    private static boolean isOfName(int octet) {
        return octet > ' ' && octet < 0x7f && octet != ':';
    }
}
