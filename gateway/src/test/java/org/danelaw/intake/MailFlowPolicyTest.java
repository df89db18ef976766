package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MailFlowPolicyTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "$Limits", "$Rates"})
    void aClientThatNoGroupNamesHasLimitsWhicheverClassIsUsedFirst(String first) throws Exception {
        URL own = MailFlowPolicy.class.getProtectionDomain().getCodeSource().getLocation();
        try (var fresh = new URLClassLoader(new URL[] {own}, ClassLoader.getPlatformClassLoader())) {
            String name = MailFlowPolicy.class.getName();
            Class.forName(name + first, true, fresh);
            var unknown = Class.forName(name, true, fresh).getDeclaredField("UNKNOWN_CLIENT");
            unknown.setAccessible(true);
            assertThat(unknown.get(null).toString()).isEqualTo(MailFlowPolicy.UNKNOWN_CLIENT.toString());
        }
        assertThat(MailFlowPolicy.UNKNOWN_CLIENT.toString()).doesNotContain("null");
    }
}
