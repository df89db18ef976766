package org.danelaw.intake;

import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Other listeners for a running [Intake], made ready: every address is bound, and nobody meets them yet.
public final class IntakeChange {
    private final Intake intake;
    private final List<Place> places = new ArrayList<>();
    private final List<Door> leaving;
    private final Set<Door> closedEarly = new LinkedHashSet<>();

    /// Where a listener will stand.
    private record Place(Door door, Listener listener, boolean isNew) {}

    private IntakeChange(Intake intake) {
        this.intake = intake;
        leaving = new ArrayList<>(intake.doors());
    }

    static IntakeChange of(Intake intake, List<Listener> listeners) throws BindException {
        var change = new IntakeChange(intake);
        try {
            change.bindAll(change.keepAll(listeners));
            return change;
        } catch (BindException notToBeHad) {
            change.abandon();
            throw notToBeHad;
        }
    }

    /// Places those whose address is bound already, and returns the others.
    private List<Listener> keepAll(List<Listener> listeners) {
        var others = new ArrayList<Listener>();
        for (Listener listener : listeners) {
            leaving.stream()
                    .filter(door -> door.suits(listener.settings()))
                    .findFirst()
                    .ifPresentOrElse(
                            door -> {
                                leaving.remove(door);
                                places.add(new Place(door, listener, false));
                            },
                            () -> others.add(listener));
        }
        return others;
    }

    private void bindAll(List<Listener> listeners) throws BindException {
        for (Listener listener : listeners) {
            for (Door door : leaving) {
                // A machine's every address and a single one cannot both be bound: what leaves has to leave first.
                if (door.isInTheWayOf(listener.settings().address()) && closedEarly.add(door)) {
                    door.close();
                }
            }
            places.add(new Place(Door.bind(listener), listener, true));
        }
    }

    /// The next client of each address meets the new listener; addresses without one are given up. Who is connected
    /// stays on the terms on which he came.
    public void takeEffect() {
        places.forEach(place -> place.door().hand(place.listener()));
        intake.open(places.stream().map(Place::door).toList());
        places.stream().filter(Place::isNew).map(Place::door).forEach(Door::start);
        leaving.forEach(Door::close);
    }

    /// Leaves everything as it was.
    public void abandon() {
        places.stream().filter(Place::isNew).map(Place::door).forEach(Door::close);
        closedEarly.forEach(door -> {
            try {
                door.reopen();
            } catch (IOException takenMeanwhile) {
                throw new IllegalStateException(
                        "listener " + door.listener().settings().name() + " had made room for another one, and "
                                + "meanwhile somebody else took its address",
                        takenMeanwhile);
            }
        });
    }
}
