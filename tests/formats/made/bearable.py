"""A diary of Bearable, written by hand after what other readers of it expect."""

MADE = b"""date,date formatted,weekday,time of day,category,rating/amount,detail,notes
"8th Dec 2021","2021-12-08","Wednesday","mid","Symptom","2","Restless legs (Moderate)",""
"8th Dec 2021","2021-12-08","Wednesday","mid","Symptom","3","Restless legs (Moderate)","again"
"8th Dec 2021","2021-12-08","Wednesday","23:15","Mood","7","","slept little"
"9th Dec 2021","2021-12-09","Thursday","all day","Sleep","7:30","Asleep 23:30. In bed 23:00",""
"9th Dec 2021","2021-12-09","Thursday","pre","Factors","","Coffee | Long walk",""
"9th Dec 2021","2021-12-09","Thursday","","Meds/Supplements","one","Iron",""
"""
