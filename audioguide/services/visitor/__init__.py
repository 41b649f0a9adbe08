"""What a visitor asks for: a scan, a stop, a tour, the museum."""
