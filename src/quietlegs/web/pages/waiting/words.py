"""What the script says of entries on this device; {n}, {when}, {night} and {why} are filled in there."""

from quietlegs.words.catalogue import later

KIND_WORDS = {
    "night_rating": later("How a night was"),
    "relief": later("A movement to calm your legs"),
    "practice": later("A movement you made"),
    "sleep": later("How you slept"),
    "intake": later("Something you drank or took"),
    "lab_value": later("A value from a laboratory"),
    "body_measure": later("A measure of your body"),
    "assignment": later("What the lot drew for a night"),
    "night_state": later("A night that was not as usual"),
    "clinician_score": later("A score from your clinic"),
    "safety_answers": later("Your answers to the safety questions"),
    "wishes": later("Your wishes"),
    "trial_start": later("The start of a trial"),
    "relief_start": later("The start of finding out what calms best"),
    "trial_end": later("The end of a trial"),
    "remark": later("What another program kept"),
    "withdrawal": later("An entry taken back"),
}

SAID = {
    "other": later("An entry"),
    "rated": later("{n} of 10"),
    "noted": later("Written {when}, for the night of {night}"),
    "undated": later("Its date cannot be read"),
    "sending": later("Sending ..."),
    "nothing": later("Nothing waits. Everything is in your diary."),
    "all_sent": later("All sent. Everything is in your diary."),
    "not_now": later("The diary does not answer. Your entries stay here and are sent later by themselves."),
    "why": later("Why: {why}"),
    "remove": later("Remove from this phone"),
    "really": later("Tap again to remove it for good"),
    "file": "quietlegs-waiting",
}
