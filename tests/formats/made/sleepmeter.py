"""Nights of Sleepmeter, written by hand after the format's description, with its texts full of quotes."""

MADE = b"""custom_aid_id,class,name
CUSTOM_0001,HERBAL,"tea "hot", with
milk"
CUSTOM_0002,READING,""

custom_hindrance_id,class,name
CUSTOM_0001,NOISE,"a train"

custom_tag_id,name
CUSTOM_0001,"at my sister's"

wake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes
"2026-03-29 07:00+0200","2026-03-28 23:15+0100","2026-03-28 22:50+0100",59-60|120-125,NIGHT_SLEEP,GOOD:5:FLYING,\
CUSTOM_0001|READING,RESTLESS_LEGS|CUSTOM_0001,CUSTOM_0001|HOTEL,7,"a note, "quoted",
on two lines"
"2026-03-28 06:00+0100","2026-03-28 06:00+0100","2026-03-27 23:00+0100",,NIGHT_SLEEP,NONE,NONE,NONE,NONE,0,""
"""
