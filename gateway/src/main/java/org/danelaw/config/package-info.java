/// The configuration file: TOML in, typed settings out, and every problem in it at once, each with its place.
///
/// Three steps, one class each: [Shape] holds the file against the [Schema] (unknown keys, wrong types, ranges, what is
/// missing), [References] and [Files] look at what keys say about each other and about the disk, and only a file
/// without
/// a problem is made into [Settings]. `docs/configuration.md` is printed from the same [Schema] that the file is held
/// against.
@org.jspecify.annotations.NullMarked
package org.danelaw.config;
