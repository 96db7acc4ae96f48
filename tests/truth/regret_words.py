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
- *No evening has a movement that is neither on trial nor kept.* For real people the usual routine lays some every
  evening (marching, ankle pumps, heel raises, calf and thigh stretches), and `plan/believed.py` counts these nights
  as nights without them; an effect of such a movement is then seen smaller than it is ([more](stages.md)). The
  figures hold for a world without that.
- *(b)* calls a night bad that is rated a point or more above the mean so far. (b) and (c) go through one thing
  of each
  family, then habits.
- *(e)* accepts all that the app proposes, each time by the functions that the app calls (`plan/judged.py`,
  `plan/stage_review.py`, `plan/stage_decide.py`, `plan/side_by_side.py`): the calf stretch first, after 7 nights
  without a turn, and beside it whatever the app offers, one thing an evening, up to 4 movements and 2 habits. A
  trial is looked at when its chance passes a bar and where a stage ends, a claim is looked for where it is; the app
  looks every night.
- *Four movements an evening* take no more time here than one, and their harms add in full.

## Whether half is possible

Yes, but hardly by rules that a person can follow. A learner that knows how these people were made up (families, how
often they help and harm and how much) and switches each of twelve things on or off anew every night by how likely it
is to help (Thompson sampling) closed 71 ± 3 % of the gap of 100 people (seed 771034); one that tosses a coin for each
for four weeks and then does what seems to help, 60 ± 3 %. The first had 61 % of the harmed on a harmful movement in
week 12, the second 26 %. No better learner was found; that none exists is not shown. It knows what nobody knows of
real people.

## What limits it, and what was tried

At first one trial tried two things in turn: 28.4 ± 1.9 % closed, 13.0 ± 3.0 % still on what harms (500 people).
Then each thing had a trial and a lot of its own, and each trial's estimate read its own nights alone: 45.9 ± 2.4 %
and 20.0 ± 5.2 % (another 300 people). Now one estimate reads all nights and all things ([how](stages.md)), for bets
alone. Its rules were chosen on a quick stand-in (the same estimate, night by night), on people of other seeds: as
many of all kinds as the table says for the share, and these with as many again whom exercise makes worse for harm.
Behind the share ± 2.3, behind harm ± 1.3 %.

| rule, each with the one before | seed, people | share closed | harmed, still on it in week 12 |
| --- | --- | --- | --- |
| what is alike by kind alone | 771046, 300 | 49.9 % | 6.2 % |
| what works in one way is alike too (**taken**) | | 51.7 % | 3.7 % |
| nothing is tried beside its like (**taken**) | | 55.0 % | 6.6 % |
| looked at every night, nothing doubted | 771048, 300 | 50.2 % | 9.1 % |
| four movements in place of three (**taken**) | | 53.3 % | 8.0 % |
| bars of 95, 93 and 90 in 100 for exercise | | 51.9 % | 4.2 % |
| the same | 771049, 300 | 56.7 % | 4.8 % |
| five movements; three habits | | 54.0; 55.3 % | 5.4; 4.8 % |
| what is kept is left out on 1 evening in 7, and doubted | | 54.7 % | 2.8 % |
| the same as before these | 771052, 400 | 51.4 % | 7.1 % |
| quiet ones alone from 65 in 100 in place of 75 | | 48.9 % | 5.9 % |
| the same as before that | 771053, 400 | 50.1 % | 6.4 % |
| what is kept is doubted below 85 and 75 in 100 | | 47.0 % | 3.4 % |
| second chances after 90 nights in place of 56 (**taken**) | 771054, 300 | 53.6 % | 4.9 % |
| what is kept is doubted below 75 and 65 in 100 | | 52.7 % | 4.9 % |
| quiet ones alone from 90 in 100 (**taken**) | | 55.0 % | 5.4 % |
| exercise stays from 97 (3 weeks) or 94 in 100 | | 52.6 % | 3.8 % |
| exercise stays after four weeks, from 93 in 100 (**taken**) | | 52.8 % | 2.7 % |

The ways in which the plan takes movements to be alike come from the library, but the people above are made up in nearly
the same families, so the figures flatter it. "Each movement acts for itself" above is the world in which it is wrong.

People differ: with one rule the share went from 50 to 57 % over the seeds. To leave what is kept out on some evenings
would tell more of it, and harms fewer; it asks a person to do without what helps, and was not built.

The prices: more is tried, so more people meet something harmful in the first weeks, on every second night; and a
trial seldom reaches its planned end, so there are few claims. Each trial has its own 5 %.
"""
