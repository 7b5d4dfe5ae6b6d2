"""What tables telvet judges on: their columns, codes, and what an absent value means."""
