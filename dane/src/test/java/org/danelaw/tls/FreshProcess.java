package org.danelaw.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.danelaw.tls.Handshake.Secured;

/// A process in which nothing but the connector itself has touched JSSE: says what became of a handshake,
/// and of the defaults of everybody else.
final class FreshProcess {
    private FreshProcess() {}

    public static void main(String[] port) throws Exception {
        var connector = AfterThe220.connector();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port[0]));
        var handshake = connector.secure(AfterThe220.connect(address), AfterThe220.ifOffered());
        System.out.println(
                handshake instanceof Secured(var socket, var verdict, var evidence)
                        ? evidence.protocol()
                        : handshake.toString());
        var defaults = SSLContext.getDefault().getDefaultSSLParameters();
        System.out.println(String.join(" ", defaults.getProtocols()));
        System.out.println(String.join(" ", defaults.getCipherSuites()));
    }
}
