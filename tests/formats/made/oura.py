"""Nights as Oura's account export tells them: semicolons, JSON and lists within cells."""

INSIDE = "App Data/sleepmodel.csv"
HEADER = (
    "id;average_hrv;bedtime_end;bedtime_start;day;heart_rate;latency;movement_30_sec;"
    "sleep_phase_5_min;type;time_in_bed\n"
)
# 22:10 to 22:40 by six phases: awake, awake, light, deep, awake, light; then on to 6:10.
PHASES = "442142" + "2" * 84
NIGHTS = (
    'a1;41;2026-01-02T06:10:00.000+01:00;2026-01-01T22:10:00.000+01:00;2026-01-02;"{""interval"": 300.0, ""items"": '
    f'[null, 61.0]}}";900;1112;{PHASES};long_sleep;28800\n'
    "a2;;2026-01-03T07:00:00+01:00;2026-01-02T23:00:00+01:00;2026-01-03;;600;;;long_sleep;28800\n"
    "a3;;2026-01-03T15:00:00+01:00;2026-01-03T14:00:00+01:00;2026-01-03;;;;;rest;3600\n"
)
MADE = (HEADER + NIGHTS).encode()
