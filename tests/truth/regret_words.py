"""What the page on the plan says around its figures."""

TOLD = {
    "nothing": "slow breathing, nothing else",
    "article": "(a) the article's calf stretch, for ever",
    "restless": "(b) the next thing after two bad nights in a row",
    "abab": "(c) calf stretch and breathing, a week each, twice; then the better mean",
    "tournament": "(c) on and on: the better one against the next thing, to the end",
    "best one": "the best single thing, known beforehand",
    "oracle": "(d) everything that helps, known beforehand",
    "plan": "**(e) trials as quietlegs draws and judges them**",
}

HEAD = """# The plan as a whole: how much it spares

Written by a tool; do not edit. `python -m tests.truth.run --only regret`, a part of `make slow`,
simulates people for 26 weeks (`tests/truth/regret*.py`) and writes this page; the sums behind it are in
`tests/truth/measured.json`. The seed was fixed beforehand, and a miss is printed as a miss. These people are made up:
nobody knows how real ones answer to movements, so the figures tell how plans compare, not what anybody may expect.
"""

TAIL = """## Who these people are

Every policy meets the same people and the same nights; only what is done differs.

- *Kinds*: 45 % respond, 30 % are moved by nothing, 25 % are made worse by exercise (24 % said so in a survey,
  doi:10.1111/jsr.13980).
- *Movements* fall into six families (calf, ankle, strength, walking, thigh and hip, rest); the members of one
  act alike,
  times 0.7 to 1.2. In those who respond a family helps with a chance of 40 % and harms with 15 %; in those made
  worse 10 and 65 % (rest as in those who respond); by 1.3 points on average (gamma, spread 0.65). Five *habits*
  help with a
  chance of 25 % and harm with 5 %, by 0.8 points. What helps beside another thing adds half of its own, a third
  thing a
  quarter; harm adds in full. A fifth of an effect is felt on the night after.
- *Nights*: a spread of 1.5 points in the middle (0.5 to 3), autocorrelation 0 to 0.6, a drift of about a point
  over the
  26 weeks, slow waves, and a placebo response of 1.2 points on average that grows over the first weeks and
  fades after
  the sixth, whatever is done. 3 in 10 people have nights without symptoms. Answers are whole, 0 to 10; the
  burden is what
  was felt, not what was answered.
- *Adherence*: each person does the evening's turn on 60 to 95 % of nights and rates 60 to 95 %, each
  independently. One
  who knows everything misses the same evenings.
- *The rest of the routine* is the same under every policy and part of the level. The simulation therefore does
  not show
  what it does to somebody whom every movement makes worse.
- *(b)* calls a night bad that is rated a point or more above the mean so far. (b) and (c) go through one thing
  of each
  family, then habits.
- *(e)* is not the whole plan yet. `plan/begin.py` draws its trials and `plan/judged.py` judges them, but what is kept
  and what comes next is decided in the simulation (`tests/truth/regret_plan.py`): three things at a time from
  the same
  list for 28 nights after 7 nights without a turn; what is claimed to harm is dropped at the next weekly look; at the
  end all is kept that helps with a chance of 80 % or more, the rest makes room. The verdict's own words would keep
  claims alone: on 40 other people that closed 13 ± 6 % of the gap.

The 80 % were chosen on other people (400, seed 771020, 28 nights, no pause between trials, claims left out): 80
% closed
42 ± 2 % of the gap and left 12 % of those made worse on a harmful movement in week 12; 90 % closed 35 ± 2 % and
left 5 %.
Neither reaches both aims. On 240 others (seed 771002) 60 to 80 % were alike, 95 % closed 23 %; the pause of 7 nights
between trials costs 2 to 4 points; with the same pause two things at a time in 21 nights were as good as three in 28,
one in 20 worse.
A learner who switches everything on or off by lot every night for four weeks, and then does what seems to help,
closes
60 % (not offered: nobody could follow it). So half of the gap is near the most that anybody can learn in 26 weeks.
"""
