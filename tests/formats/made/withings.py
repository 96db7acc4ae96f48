"""Nights as Withings exports them, with names of columns in German."""

INSIDE = "data/sleep.csv"
HEADER = (
    'von,bis,"leicht (s)","tief (s)","rem (s)","wach (s)",Aufwachen,"Duration to sleep (s)","Duration to wake up (s)",'
    '"Snoring (s)","Snoring episodes","Average heart rate","Heart rate (min)","Heart rate (max)","Night events"\n'
)
NIGHTS = """2026-01-01T23:00:00+01:00,2026-01-02T07:00:00+01:00,14400,7200,5400,1800,2,1200,300,0,0,55,50,70,"[]"
2026-01-02T23:30:00+01:00,2026-01-03T06:30:00+01:00,0,0,0,0,0,0,0,0,0,0,0,0,
"""
MADE = (HEADER + NIGHTS).encode()
