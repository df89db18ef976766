package org.danelaw.queue;

import java.time.Instant;
import org.danelaw.smtp.Envelope;

/// All but the content of a message that comes in.
///
/// @param policy the name of the mail flow policy it came under; own mail (bounces, notices) has that
/// of RELAY
/// @param dane whether that policy lets DANE apply
/// @param bounceProfile the name of the listener's bounce profile; a destination's own comes first
/// @param origin where it came from, for people: a listener and address, or that it is own mail
public record NewMessage(
        Envelope envelope, String policy, boolean dane, String bounceProfile, Instant received, String origin) {}
