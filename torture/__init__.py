"""What the house has to survive: processes killed, disks full, clocks gone wrong, files torn. `python -m torture` prints the table."""
