package org.danelaw.config;

/// The whole numbers that a key takes, both ends included.
record Range(long least, long most) {
    Range {
        if (least > most) {
            throw new IllegalArgumentException("no number is from " + least + " to " + most);
        }
    }

    boolean contains(long number) {
        return number >= least && number <= most;
    }

    @Override
    public String toString() {
        return "from " + least + " to " + most;
    }
}
