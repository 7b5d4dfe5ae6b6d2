"""Law as data: load packs, check them, choose those that matter on a day."""
