package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.SSLContext;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;

final class OpenSslNamesTest {
    @Test
    @Rule("D18")
    void suitesBearTheNamesThatAdministratorsKnow() {
        assertThat(OpenSslNames.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")).isEqualTo("ECDHE-RSA-AES256-GCM-SHA384");
        assertThat(OpenSslNames.of("TLS_AES_128_GCM_SHA256")).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(OpenSslNames.of("SSL_RSA_WITH_3DES_EDE_CBC_SHA")).isEqualTo("DES-CBC3-SHA");
        assertThat(OpenSslNames.of("TLS_NEVER_HEARD_OF")).isEqualTo("TLS_NEVER_HEARD_OF");
    }

    @Test
    void everySuiteThatMayBeUsedHasAName() throws Exception {
        JsseTlsConnector.prepare();
        var context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(null, null, null);
        var parameters = context.getDefaultSSLParameters();
        Profile.OPPORTUNISTIC.apply(parameters, context.getSupportedSSLParameters());
        assertThat(parameters.getCipherSuites())
                .hasSizeGreaterThan(20)
                .filteredOn(suite -> !suite.startsWith("TLS_AES_") && !suite.startsWith("TLS_CHACHA20_"))
                .filteredOn(suite -> !suite.endsWith("_SCSV"))
                .allSatisfy(suite -> assertThat(OpenSslNames.of(suite)).isNotEqualTo(suite));
    }
}
