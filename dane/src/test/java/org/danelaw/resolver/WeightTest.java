package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Validated;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/// The estimate of a cache's size, held against the heap that it really takes.
class WeightTest {
    private static final int ENTRIES = 100_000;
    private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void theEstimateIsNearTheTruth() {
        var memory = new Memory<Question, Validated<Answer>>(1L << 30, Weight::of, Instant::now);
        long before = used();
        for (int i = 0; i < ENTRIES; i++) {
            Name name = Name.fromConstantString("domain" + i + ".example.");
            memory.keep(new Question(name, Type.MX), answer(name, i), END);
        }
        long taken = used() - before;

        assertThat(memory.size()).isEqualTo(ENTRIES);
        assertThat((double) memory.bytes() / taken)
                .as("estimated " + memory.bytes() + " bytes, taken " + taken)
                .isBetween(0.8, 2.0);
    }

    private static Validated<Answer> answer(Name name, int i) {
        var set = i % 2 == 0
                ? new RecordSet(name, Type.MX, 300, List.of(new MXRecord(name, DClass.IN, 300, 10, host(name))))
                : new RecordSet(
                        name, Type.TLSA, 300, List.of(new TLSARecord(name, DClass.IN, 300, 3, 1, 1, new byte[32])));
        var steps = new ArrayList<Proof.Step>();
        for (int step = 0; step < 6; step++) {
            steps.add(new Proof.Step.Signed(name, Type.MX, name, i, 13, END, END));
        }
        return new Validated.Secure<>(new Answer.Found(set, List.of()), new Proof(steps, END));
    }

    private static Name host(Name name) {
        try {
            return Name.concatenate(Name.fromConstantString("mail"), name);
        } catch (org.xbill.DNS.NameTooLongException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
