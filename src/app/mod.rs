//! The shell: window, dialogs, threads, clock, settings.
