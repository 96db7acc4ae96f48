"""Entries of Daylio: clocks with 12 and 24 hours, a mood of one's own, a note with marks, two in one minute."""

MADE = """full_date,date,weekday,time,mood,activities,scales,note_title,note
2026-03-29,March 29,Sunday,2:30 am,rad,walk | food,Sleep: 8/10,Title,"One.<br>Two, <b>""three""</b> &amp; four"
2026-03-29,29. März,Sonntag,14:05,müde,"","","",""
2026-03-29,29. März,Sonntag,14:05,awful,"","","",""
2026-03-28,March 28,Saturday,11:59\u202fp.m.,meh,,,,
""".encode()
REAL = ["test_data.csv"]
