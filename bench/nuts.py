"""The estimate's model sampled by NUTS (NumPyro), written from docs/methods/estimate.md without its code."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from numpyro.diagnostics import effective_sample_size
from numpyro.infer import MCMC, NUTS

from quietlegs.trials.estimate import estimate
from quietlegs.trials.nights import Nights

CHAINS = 4
jax.config.update("jax_enable_x64", val=True)


def model(seen: Mapping[str, Any]) -> None:
    """Say how answers come about; all coefficients but the level count in units of the nights' spread."""
    sigma = jnp.sqrt(numpyro.sample("variance", dist.InverseGamma(1.0, 1.5**2)))
    phi = jnp.tanh(numpyro.sample("steady", dist.Normal(0.35, 0.6)))
    level = numpyro.sample("level", dist.ImproperUniform(dist.constraints.real, (), ()))
    trend = numpyro.sample("trend", dist.Normal(0.0, 2.0))
    weekday = numpyro.sample("weekday", dist.Normal(0.0, 0.5).expand([7]))
    arm = numpyro.sample("arm", dist.ImproperUniform(dist.constraints.real, (), (seen["arm_count"],)))
    likely = [dist.Normal(0.0, tau).log_prob(arm).sum() for tau in (1.0, 2.0)]
    numpyro.factor("arms_share_a_scale", jax.nn.logsumexp(jnp.array(likely)))
    rest = seen["answers"] - level - sigma * (arm[seen["arms"]] + weekday[seen["weekday"]] + trend * seen["months"])
    carry = phi ** seen["gaps"]
    numpyro.sample("first", dist.Normal(0.0, sigma), obs=rest[0])
    numpyro.factor("later", dist.Normal(carry * rest[:-1], sigma * jnp.sqrt(1 - carry**2)).log_prob(rest[1:]).sum())
    numpyro.deterministic("effect", sigma * (arm[1:] - arm[0]))


def seen_of(nights: Nights) -> dict[str, Any]:
    """Return the answered nights as the model wants them."""
    kept = nights.where(nights.answered)
    days = kept.on.astype(np.int64)
    return {
        "answers": kept.outcomes - kept.outcomes.mean(),
        "arms": kept.arms,
        "arm_count": len(nights.arm_names),
        "weekday": days % 7,
        "months": (days - days.mean()) / 30,
        "gaps": np.diff(days),
    }


def sampled(nights: Nights, draws: int, seed: int) -> np.ndarray:
    """Return chains by draws by arms: each arm less the first one."""
    kernel = NUTS(model, target_accept_prob=0.9, dense_mass=True)
    mcmc = MCMC(
        kernel, num_warmup=1_000, num_samples=draws, num_chains=CHAINS, chain_method="sequential", progress_bar=False
    )
    mcmc.run(jax.random.PRNGKey(seed), seen_of(nights))
    return np.asarray(mcmc.get_samples(group_by_chain=True)["effect"])


def seconds(nights: Nights) -> float:
    """Return how long four chains of 1,000 + 1,000 draws take, compilation included."""
    begun = time.perf_counter()
    sampled(nights, 1_000, 1)
    return time.perf_counter() - begun


def agreement(diaries: list[Nights], draws: int) -> Iterator[dict[str, float]]:
    """Yield, after each diary, the largest distance so far of mean and SD, over all arms, as parts of the SD."""
    means, sds, effective = [], [], []
    for seed, nights in enumerate(diaries):
        draw = sampled(nights, draws, seed)
        effective.append(float(np.min(effective_sample_size(draw))))
        flat = draw.reshape(-1, draw.shape[-1])
        ours = [one.effect for one in estimate(nights, comparator=nights.arm_names[0]).arms]
        sd = flat.std(axis=0)
        means += (np.abs(flat.mean(axis=0) - [one.mean for one in ours]) / sd).tolist()
        sds += np.abs(1 - np.array([one.sd for one in ours]) / sd).tolist()
        print(f"  {seed + 1} of {len(diaries)}: mean off by {means[-1]:.2%} of the SD, SD by {sds[-1]:.2%}", flush=True)
        # The mean of so many independent draws strays by this part of the SD.
        noise = min(effective) ** -0.5
        yield {"diaries": seed + 1, "mean_off": max(means), "sd_off": max(sds), "sampling_noise": noise}
