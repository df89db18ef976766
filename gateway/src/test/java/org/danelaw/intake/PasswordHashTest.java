package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordHashTest {
    /// The first is the example in the manual of Python's `passlib.hash.ldap_pbkdf2_sha256`; the others were computed
    /// with Python's `hashlib.pbkdf2_hmac`.
    @ParameterizedTest
    @CsvSource({
        "password, {PBKDF2-SHA256}6400$.6UI/S.nXIk8jcbdHx3Fhg$98jZicV16ODfEsEZeYPGHU3kbrUrvUEXOPimVSQDD44",
        "p\u00e4ssw\u00f6rd, {PBKDF2-SHA256}1000$c2FsdHNhbHQ$48x5uCaVNWWLVkyLaRqhNAqjN.vMTFM9KOF0XuPOdR0",
        "secret, {PBKDF2-SHA256}1000$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ",
    })
    void whatOtherProgramsMakeIsUnderstood(String password, String written) {
        PasswordHash hash = PasswordHash.parse(written);

        assertThat(hash.matches(password)).isTrue();
        assertThat(hash.matches(password + " ")).isFalse();
        assertThat(hash.matches("")).isFalse();
        assertThat(hash).hasToString(written);
    }

    @Test
    void plusAndPaddingAreBase64Too() {
        assertThat(PasswordHash.parse("{PBKDF2-SHA256}1000$c2FsdHNhbHQ=$48x5uCaVNWWLVkyLaRqhNAqjN+vMTFM9KOF0XuPOdR0=")
                        .matches("p\u00e4ssw\u00f6rd"))
                .isTrue();
    }

    @Test
    void whatWeMakeIsUnderstoodAndNeverTheSame() {
        PasswordHash hash = PasswordHash.of("secret", PasswordHash.LEAST_ITERATIONS);

        assertThat(PasswordHash.parse(hash.toString())).isEqualTo(hash);
        assertThat(hash.matches("secret")).isTrue();
        assertThat(hash.matches("Secret")).isFalse();
        assertThat(PasswordHash.of("secret", PasswordHash.LEAST_ITERATIONS)).isNotEqualTo(hash);
    }

    @Test
    void anEmptyPasswordIsNone() {
        assertThatThrownBy(() -> PasswordHash.of("")).hasMessage("a password must not be empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "{SSHA}AAAA",
                "{PBKDF2-SHA256}999$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ",
                "{PBKDF2-SHA256}5000001$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ",
                "{PBKDF2-SHA256}1000$c2Fs$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ",
                "{PBKDF2-SHA256}1000$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99",
                "{PBKDF2-SHA256}1000$c2FsdHNhbHQ",
                "{PBKDF2-SHA256}1000$c2FsdHNhb$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ",
                "{PBKDF2}1000$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ"
            })
    void whatIsNoHashIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("c2Fs")
                .doesNotContain("secret");
    }
}
