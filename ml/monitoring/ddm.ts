export type DdmOptions = { readonly warmStart: number; readonly warning: number; readonly drift: number };
export type DdmEvent = { readonly index: number; readonly event: "warning" | "drift" };

type DdmState = {
  count: number;
  rate: number;
  best: number;
  bestRate: number;
  bestDeviation: number;
  warned: boolean;
};

/**
 * Drift detection method on a stream of error bits (Gama et al. 2004, as in river): the error rate p and its
 * deviation s = sqrt(p (1 - p) / n) are compared, after the warm start, with the best p + s seen; p + s above
 * p_min + warning s_min warns, above p_min + drift s_min is a drift, which resets everything. Reports each drift, and
 * where a warning begins. O(n).
 */
export function ddm(errors: ArrayLike<number>, options: DdmOptions): DdmEvent[] {
  const events: DdmEvent[] = [];
  let state = freshState();
  for (let index = 0; index < errors.length; index++) {
    const level = levelAfter(state, errors[index] as number, options);
    if (level === "drift") {
      events.push({ index, event: "drift" });
      state = freshState();
      continue;
    }
    if (level === "warning" && !state.warned) events.push({ index, event: "warning" });
    state.warned = level === "warning";
  }
  return events;
}

function levelAfter(state: DdmState, error: number, options: DdmOptions): "none" | "warning" | "drift" {
  state.count++;
  state.rate += (error - state.rate) / state.count;
  if (state.count <= options.warmStart) return "none";
  const deviation = Math.sqrt((state.rate * (1 - state.rate)) / state.count);
  const level = state.rate + deviation;
  if (level <= state.best) {
    state.best = level;
    state.bestRate = state.rate;
    state.bestDeviation = deviation;
  }
  if (level > state.bestRate + options.drift * state.bestDeviation) return "drift";
  return level > state.bestRate + options.warning * state.bestDeviation ? "warning" : "none";
}

function freshState(): DdmState {
  return {
    count: 0,
    rate: 0,
    best: Number.POSITIVE_INFINITY,
    bestRate: Number.POSITIVE_INFINITY,
    bestDeviation: Number.POSITIVE_INFINITY,
    warned: false,
  };
}
