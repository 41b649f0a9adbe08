"""The languages that the program knows: each module or folder here has the FACTS of one."""
