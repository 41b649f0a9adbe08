"""The service layer, here called the desk: one function per thing a person or a timer asks for.

Services take the session first and never commit: the door or the operation that opened it does. A
room knows only those below it: narration, then visitor, then groups, labels and staff; what stands
in no room joins several of them.
"""
