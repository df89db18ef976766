package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.danelaw.delivery.DestinationControl.LimitBy;
import org.danelaw.delivery.DestinationControls.Entry;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.junit.jupiter.api.Test;

final class DestinationControlsTest {
    private static final Entry MANDATORY = Entry.of(TlsSupport.REQUIRED, DaneSupport.MANDATORY);
    private static final Entry OPPORTUNISTIC = Entry.of(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC);

    @Test
    void theExactDomainComesBeforeItsNearestParentAndThatBeforeDefault() {
        var controls = new DestinationControls(
                DestinationControl.DEFAULT,
                Map.of("mail.example", MANDATORY, ".example", OPPORTUNISTIC, ".sub.example", MANDATORY));

        assertThat(controls.of("mail.example").dane()).isEqualTo(DaneSupport.MANDATORY);
        assertThat(controls.of("other.example").dane()).isEqualTo(DaneSupport.OPPORTUNISTIC);
        assertThat(controls.of("a.b.sub.example").dane()).isEqualTo(DaneSupport.MANDATORY);
        assertThat(controls.of("example").dane()).isEqualTo(DaneSupport.NONE);
        assertThat(controls.of("mail.example.net").dane()).isEqualTo(DaneSupport.NONE);
    }

    @Test
    void whatAnEntryDoesNotSayIsInheritedFromDefault() {
        var byDefault = new DestinationControl(
                TlsSupport.REQUIRED,
                DaneSupport.OPPORTUNISTIC,
                DestinationControl.DEFAULT.ipPreference(),
                7,
                9,
                Optional.empty(),
                LimitBy.MX_ADDRESS,
                Optional.of("slow"));
        var controls = new DestinationControls(byDefault, Map.of("mail.example", Entry.EMPTY));

        assertThat(controls.of("mail.example")).isEqualTo(byDefault);
    }

    @Test
    void daneWithoutTlsIsRefusedAfterInheritanceToo() {
        var noTls = new Entry(
                Optional.of(TlsSupport.NONE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var byDefault = OPPORTUNISTIC.over(DestinationControl.DEFAULT);

        assertThatThrownBy(() -> new DestinationControls(byDefault, Map.of("mail.example", noTls)))
                .hasMessageContaining("DANE needs TLS");
    }

    @Test
    void aFlowPolicyWithoutDaneLeavesTlsSupportAlone() {
        var control = MANDATORY.over(DestinationControl.DEFAULT);

        assertThat(control.rule(true, InsecureMx.DANE).dane()).isEqualTo(DaneSupport.MANDATORY);
        assertThat(control.rule(false, InsecureMx.DANE).dane()).isEqualTo(DaneSupport.NONE);
        assertThat(control.rule(false, InsecureMx.DANE).tls()).isEqualTo(TlsSupport.REQUIRED);
    }
}
