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
  `plan/stage_review.py`, `plan/stage_decide.py`): two things at a time, the calf stretch and what the library puts
  next, at first after 7 nights without a turn. A stage is four weeks; harm is looked for once a week, the app looks
  every night.

## What limits it

A stage of four weeks gives each of two things about nine nights, and the comparator as many; seven of these are
rated. With a spread of 1.5 points the difference is known to within 0.8; a movement of 1.3 points is felt as 0.8,
since the evening's turn is done on four of five nights and a fifth of it is felt on the night after. So one stage
tells about one standard error, and six stages see twelve things. Nearly everything tried on other people before
this table was measured lay within noise of the rules taken (seed 771031, 300 people, claims left out, ± 2.5 %):

| rule | share closed | harmed, still on it in week 12 |
| --- | --- | --- |
| two at a time, 28 nights, keep from 80 % (**taken**) | 31.9 % | 7 % |
| two at a time, 21 nights | 34.4 % | 12 % |
| two at a time, 14 nights | 25.9 % | 16 % |
| three at a time, 28 nights | 31.2 % | 18 % |
| three at a time, 28 nights, keep from 75 % | 32.5 % | 20 % |
| three at a time, 28 nights, keep from 85 % | 29.7 % | 8 % |
| three at a time, 21 nights | 31.3 % | 23 % |

On 150 others (seed 771030, ± 3.6 %): three at a time closed 35.8 % with 14 % still harmed; waiting for an answer
where nights are left, 35.1 and 38 %; leaving in the middle of a stage from a chance of harm of 8 in 10, 34.2 and 40
%, since the other things on trial then begin again from no night; one thing at a time, 21.2 and 5 %; two at a time
in 28 nights, 30.2 and 6 %. An estimate without carry-over and weekdays changed nothing that shows.

The rules that the app had before kept claims alone, waited where an answer was likely, and tried nothing beside
what was kept. On 100 people whom nothing was chosen on (seed 771040, two at a time, with claims) they closed 24.7 ±
3.0 % and left 11 % of the harmed on a harmful movement; the rules taken closed 37.2 ± 3.8 % and left 7 % of the
same people. On the 100 first people of seed 771031, on whom the rules were chosen, it was 18.4 % and 11 % before,
37.0 % and 4 % then. The difference counts, not the level: among the 500 above it is lower. The price: 0.14 right
claims a person in 26 weeks, not 0.37, since a trial seldom goes on to its planned end; and more people are on some
harmful movement in week 12, 70 %, not 47 %, since more is tried. The 34 % that stood here before came from rules in
the simulation, which the app never had; they knew its families.

What would do more, and is not built: an estimate that carries the nights of an arm along into the next trial. With
it, two at a time, looked at every fortnight (keep from 90 %, leave from a chance of harm of 60 %), closed 38.4 %
there and left 15 %. A learner who switches everything on or off by lot every night for four weeks, and then does
what seems to help, closed 60 % of the gap in an earlier try; nobody could follow it. So the half that was wanted is
near the most that anybody can learn in 26 weeks.
"""
