package org.danelaw.tls;

import java.net.Socket;
import java.time.InstantSource;
import java.util.Optional;
import org.danelaw.policy.Judgement;
import org.danelaw.policy.TlsRequirement;

/// TLS by the JDK's own implementation, JSSE.
///
/// The first one made in a process sets what JSSE reads only while it is loaded, so it has to be made
/// before anything else in the process uses TLS; see [#prepare].
public final class JsseTlsConnector implements TlsConnector {
    private final Judge judge;
    private final InstantSource clock;
    private final Optional<ClientIdentity> client;

    public JsseTlsConnector(Judgement judgement, InstantSource clock) {
        this(judgement, clock, Optional.empty());
    }

    /// @param client what is shown to hosts that ask for a certificate; nothing is shown without it
    public JsseTlsConnector(Judgement judgement, InstantSource clock, Optional<ClientIdentity> client) {
        this(judgement::judge, clock, client);
    }

    JsseTlsConnector(Judge judge, InstantSource clock) {
        this(judge, clock, Optional.empty());
    }

    private JsseTlsConnector(Judge judge, InstantSource clock, Optional<ClientIdentity> client) {
        prepare();
        this.judge = judge;
        this.clock = clock;
        this.client = client;
    }

    /// To be called first in a program that uses TLS elsewhere too. Old TLS becomes possible for
    /// opportunistic connections; the defaults of other users of JSSE in the process are kept.
    public static void prepare() {
        JsseSettings.apply();
    }

    @Override
    public Handshake secure(Socket plain, TlsRequirement requirement) {
        return new Attempt(plain, requirement, client, chain -> judge.judge(requirement, chain, clock.instant()))
                .shake();
    }
}
