"""Aid: what patrons promise, when it arrives, and what it changes."""

import numpy as np

from sim.curves import above, unit
from sim.dice import Dice
from sim.order import Order, Told
from sim.state import DELIVERIES, WEEKS_AHEAD, Numbers, State, added, clipped, counted
from sim.table import Table

SHELLS, CRAFT, RANGE, UMBRELLA = (
    DELIVERIES.index(kind) for kind in ("shells", "craft", "range", "umbrella")
)
LANDING = (3, 4)  # places in the queue: a package lands four and five weeks on (E24)
TAUGHT = 2.0  # thousand men a week that `aid.school` counts by; `train_quality` off reads them


# --- deeds ------------------------------------------------------------------------------------
def aid(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Promise a package of a `tier`: part of it arrives four weeks later, the rest five (E24).

    Units x the patron's share. 1: shells and spares; 2: rocket artillery and tanks; 3: long-range
    weapons, which raise `reach`. Tier 0 keeps the flow as it is and sends nothing extra.
    """
    tier, polity = int(order.act.number_of("tier")), order.act.polity
    given = state.tier_given.copy()
    given[polity] = np.where(order.where, np.maximum(given[polity], float(tier)), given[polity])
    shells, craft, reach = _package(tier, table)
    share = np.where(order.where, order.act.arms, 0.0)
    early, arriving = table["aid.early"], state.arriving.copy()
    for kind, units in ((SHELLS, shells), (CRAFT, craft), (RANGE, reach)):
        queue = arriving[order.act.side, kind]
        for week, part in zip(LANDING, (early, 1.0 - early), strict=True):
            queue[week] = queue[week] + part * units * share
    counts = counted(state, "packages", order.where & (tier > 0))
    return state.but(arriving=arriving, tier_given=given, counts=counts), {
        "tier": np.where(order.where, float(tier), 0.0)
    }


def _package(tier: int, table: Table) -> tuple[Numbers, Numbers, Numbers]:
    """Shells (points of stock), craft (quality) and range of a whole package (5.6)."""
    none = np.zeros(1)
    if tier <= 0:
        return none, none, none
    shells, craft = table[f"aid.shells_{min(tier, 3)}"], table[f"aid.craft_{min(tier, 3)}"]
    if not table.on("aid_quality"):
        craft = none
    return shells, craft, table["aid.range"] if tier >= 3 else none


def cut_aid(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Slow or cut aid: part of the flow stops at once and comes back as `deliver` says.

    Default rule (decisions 3): a cut takes a share of the patron's own flow.
    """
    polity = order.act.polity
    less = np.where(order.where, table["aid.cut"] * state.aid_rate[polity], 0.0)
    return state.but(aid_rate=added(state, "aid_rate", polity, -less)), {"less": less}


def send_air_defence(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Send air defence and grid kit: some weeks of growth (4), x the patron's share (E27)."""
    share, weeks = np.where(order.where, order.act.arms, 0.0), table["aid.cover_weeks"]
    arriving = state.arriving.copy()
    queue = arriving[order.act.side, UMBRELLA]
    for week in range(WEEKS_AHEAD):
        queue[week] = queue[week] + share * unit(weeks - week)
    return state.but(arriving=arriving), {"share": share}


def train_abroad(state: State, order: Order, table: Table, dice: Dice) -> tuple[State, Told]:
    """Train more of the backed side's soldiers abroad for some weeks, 4 (E24)."""
    polity, weeks = order.act.polity, state.train_weeks.copy()
    longer = np.maximum(weeks[polity], table["aid.train_weeks"])
    weeks[polity] = np.where(order.where, longer, weeks[polity])
    extra = np.where(order.where, table["aid.train_extra"] * order.act.arms, 0.0)
    return state.but(train_weeks=weeks), {"men": extra}


# --- tides ------------------------------------------------------------------------------------
def deliver(state: State, table: Table, dice: Dice) -> tuple[State, Told]:
    """What was promised arrives, the queue moves up a week, and donors' flows follow their will.

    Shells: 4 a week for each unit of flow (5.6). Quality: bonuses and schools, less the nearer
    its cap (E24). Air defence: toward its cap while kit arrives, else slowly worn (E27). Only
    sides with patrons are touched. Fixed point: empty queue, no flow, quality at the cap.
    """
    landed, queue = state.arriving[:, :, 0], np.zeros_like(state.arriving)
    queue[:, :, :-1] = state.arriving[:, :, 1:]
    after = state.but(arriving=queue)
    for side in range(len(table.sides)):
        if table.patrons[side]:
            after = _equipped(after, side, landed[side], table)
            after = _covered(after, side, landed[side, UMBRELLA], table)
    after = _donors(after, table)
    return after, {"shells": landed[0, SHELLS] + landed[1, SHELLS]}


def _equipped(state: State, side: int, landed: Numbers, table: Table) -> State:
    """Shells to the stock, craft and schools to quality, long range to reach."""
    flow, trained = np.zeros(state.worlds()), np.zeros(state.worlds())
    for polity in table.patrons[side]:
        extra = table["aid.train_extra"] * _share(polity, table)
        flow = flow + state.aid_rate[polity]
        trained = trained + state.train_rate[polity]
        trained = trained + np.where(state.train_weeks[polity] > 0, extra, 0.0)
    if not table.on("train_quality"):
        trained = 0.0 * trained + TAUGHT
    whole_room = np.maximum(table["aid.quality_room"], 1e-9)
    room = above(table["aid.quality_cap"], state.quality[side]) / whole_room
    better = table["aid.school"] * trained / TAUGHT + table["aid.craft_counts"] * landed[CRAFT]
    top = np.maximum(state.reach[side], table["aid.reach_top"])
    reach = state.reach.copy()
    reach[side] = np.minimum(reach[side] + landed[RANGE], top)
    shells = table["aid.shells_weekly"] * flow + landed[SHELLS]
    return state.but(
        ammo=added(state, "ammo", side, shells),
        quality=added(state, "quality", side, room * better),
        reach=reach,
    )


def _covered(state: State, side: int, kit: Numbers, table: Table) -> State:
    """Air defence grows toward its cap in weeks when kit arrives, else interceptors run short."""
    kit = np.minimum(1.0, kit)
    growth = table["aid.cover"] * above(table["aid.cover_cap"], state.air_defence[side])
    change = kit * growth - (1.0 - kit) * table["aid.cover_wear"]
    return state.but(air_defence=added(state, "air_defence", side, change))


def _donors(state: State, table: Table) -> State:
    """Each donor's flow moves toward its share times its will; its training weeks run down (5.9).

    At `aid.will_full` a donor gives just its share. With `two_paths` off will is not read.
    """
    rate, weeks = state.aid_rate.copy(), state.train_weeks.copy()
    for polity in (*table.patrons[0], *table.patrons[1]):
        eager = state.will[polity] / table.of("aid.will_full", table.polities[polity])
        rest = _share(polity, table) * (eager if table.on("two_paths") else 1.0)
        rate[polity] = rate[polity] + table["aid.follows_will"] * (rest - rate[polity])
        weeks[polity] = np.maximum(weeks[polity] - 1.0, 0.0)
    return state.but(
        aid_rate=clipped("aid_rate", rate), train_weeks=clipped("train_weeks", weeks)
    )


def _share(polity: int, table: Table) -> float:
    """A patron's part in the arms of its bloc, 1 alone."""
    return table.scenario.polities[polity].share.get("arms", 1.0)
