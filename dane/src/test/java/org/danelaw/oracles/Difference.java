package org.danelaw.oracles;

import org.danelaw.lab.judges.Opinion;

/// That an oracle thinks something else of a question than Danelaw does.
record Difference(Scene scene, Oracle oracle, Opinion ours, Opinion theirs) {
    @Override
    public String toString() {
        return scene + ": Danelaw " + ours + ", " + oracle + " " + theirs;
    }
}
