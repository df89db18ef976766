package org.danelaw.lab.mailhost;

import java.util.List;
import java.util.Locale;

/// What is left of the settings' scenes for one connection: it counts how often each came up.
final class Scenes {
    private final List<MailHostSettings.Scene> scenes;
    private final int[] times;

    Scenes(List<MailHostSettings.Scene> scenes) {
        this.scenes = scenes;
        this.times = new int[scenes.size()];
    }

    /// What to do now: the first scene that fits, else what a good server does.
    Act next(Stage stage, String argument) {
        var lower = argument.toLowerCase(Locale.ROOT);
        for (int i = 0; i < times.length; i++) {
            var scene = scenes.get(i);
            if (scene.stage() == stage && lower.contains(scene.argument().toLowerCase(Locale.ROOT))) {
                times[i]++;
                if (times[i] >= scene.first() && times[i] <= scene.last()) {
                    return scene.act();
                }
            }
        }
        return Act.proceed();
    }
}
