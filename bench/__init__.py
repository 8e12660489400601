"""Speed as ratios to a named floor, measured side by side in one run. Never a timed test: machines are noisy."""
