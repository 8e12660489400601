"""The meeting room and the wall: screens with one conclusion each, shown one at a time, or printed one a sheet."""
