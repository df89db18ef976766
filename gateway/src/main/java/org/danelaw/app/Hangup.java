package org.danelaw.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// SIGHUP, by which service managers and logrotate ask a service to look at its files anew.
///
/// The JDK has no other way to hear of it than `sun.misc.Signal`, which the compiler refuses to know: so it
/// is called by its name. Where a JDK has it no more, or where the system keeps the signal to itself,
/// nobody hears of it.
final class Hangup {
    private Hangup() {}

    /// From now on the signal no longer ends the process, and `heard` is run instead, on a thread of its
    /// own.
    ///
    /// @return whether the signal can be heard
    static boolean on(Runnable heard) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            heard.run();
                            yield self;
                        }
                        default -> method.invoke(heard, arguments);
                    });
            var hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangup, proxy);
            return true;
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException unheardOf) {
            return false;
        }
    }
}
