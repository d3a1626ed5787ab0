"""The kit of the window: colours, type, a canvas that checks itself, widgets and keyboard focus."""
