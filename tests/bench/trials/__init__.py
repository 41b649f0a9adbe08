"""The written trials of `bench.py --faults`; each module registers those of one noun."""
