"""What the page on the plan says around its figures."""

TOLD = {
    "nothing": "slow breathing, nothing else",
    "article": "(a) the article's calf stretch, for ever",
    "restless": "(b) the next thing after two bad nights in a row",
    "abab": "(c) calf stretch and breathing, a week each, twice; then the better mean",
    "tournament": "(c) on and on: the better one against the next thing, to the end",
    "best one": "the best single thing, known beforehand",
    "oracle": "(d) everything that helps, known beforehand",
    "plan": "**(e) quietlegs: all that it proposes, accepted**",
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
- *(e)* accepts all that the app proposes, each time by the functions that the app calls (`plan/judged.py`,
  `plan/stage_review.py`, `plan/stage_decide.py`, `plan/side_by_side.py`): the calf stretch first, after 7 nights
  without a turn, and beside it whatever the app offers, one thing an evening, up to 3 movements and 2 habits. Each
  trial is looked at once a week, the app looks every night; a claim is looked for where something is proposed.
- *Three movements an evening* take no more time here than one, and their harms add in full.

## Whether half is possible

Yes, but hardly by rules that a person can follow. A learner that knows how these people were made up (families, how
often they help and harm and how much) and switches each of twelve things on or off anew every night by how likely it
is to help (Thompson sampling) closed 71 ± 3 % of the gap of 100 people (seed 771034); one that tosses a coin for each
for four weeks and then does what seems to help, 60 ± 3 %. The first had 61 % of the harmed on a harmful movement in
week 12, the second 26 %. No better learner was found; that none exists is not shown. It knows what nobody knows of
real people.

## What limits it, and what was tried

Before, one trial tried two things in turn, so a night told about one thing, and each change began the others again
from no night: 28.4 ± 1.9 % closed, 13.0 ± 3.0 % still on what harms (another 500 people). The rules taken now were
chosen on a quick stand-in (a linear estimate in place of the app's; ± 2.3 %), on other people than those above:

| side by side, each by its own lot (seed 771031, 300 people) | share closed |
| --- | --- |
| one movement, one habit | 44.9 % |
| two movements | 44.0 % |
| three movements | 45.8 % |
| two movements, one habit | 48.4 % |
| two movements, two habits | 52.7 % |
| three movements, two habits (**taken**) | 52.8 % |
| the same, on two of three nights in place of every second | 52.9 % |

| rule | share closed | harmed, still on it in week 12 |
| --- | --- | --- |
| nothing special after harm (seed 771033, 300 people) | 40.2 % | 17 % |
| only quiet movements after two that made it worse (**taken**) | 45.6 % | 10 % |
| what was left out is never tried again (seed 771034, 300 people) | 48.0 % | 11 % |
| a second chance for what had no answer (**taken**) | 49.5 % | 16 % |

How likely must it be before it stays? A low bar spares more and harms more, and no rule was found that does both.
Among 234 people whom exercise makes worse (seed 771036): bars of 85 and 75 in 100 (after two and after four weeks)
left 17 % on what harms, 90 and 85 left 10 %; with six weeks in place of four for what is in between, 12 %, and 2 %
more was spared. On the app's own estimate, whose prior is wider, these are 95 and 90. Testing anew what was kept, once
two others made it worse, left fewer on harm (17 % became 11 %) and closed 5 % less. People differ: over the seeds the
same rule closed 40 to 55 %.

The prices: more is tried, so more people meet something harmful in the first weeks, on every second night; and a
trial seldom reaches its planned end, so there are few claims. Each trial has its own 5 %.
"""
