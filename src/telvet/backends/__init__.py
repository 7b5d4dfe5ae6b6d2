"""Engines that hold tables: each implements the protocols of `tables/`, and the pipeline injects one."""
