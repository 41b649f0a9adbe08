"""The desk: one module per activity, one function per thing a person or a timer asks for.

Services take the session first and never commit: the door that opened it does.
"""
