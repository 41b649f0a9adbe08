"""The use cases of several transactions (application services), for every door alike."""
