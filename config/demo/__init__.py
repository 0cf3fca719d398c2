"""A demonstration desk: a small archive worked through by every role, loaded through the services.

The analysts and their commentaries are made up. The events are real, told in our own sentences.
"""
