import { createRng } from "#ml/math/seeded-random.ts";
import { type FamilyOptions, familyOptions, type MemberFamily } from "#ml/models/families.ts";
import type { Candidate } from "../candidate.ts";
import { type ImbalanceMethod, type ImbalanceOptions, methodsFor, optionsFor } from "../imbalance-method.ts";
import type { Slice } from "../time-split.ts";
import { defaultParameters, drawParameters, isSearchable, type Parameters } from "./search-space.ts";

/** A configuration to be tried. */
export type Trial = {
  /** From 1, in the order in which they were drawn. */
  readonly number: number;
  readonly family: MemberFamily;
  readonly imbalance: ImbalanceMethod;
  readonly parameters: Parameters;
};

export type TrialDraw = {
  readonly families: readonly MemberFamily[];
  readonly imbalanceMethods: readonly ImbalanceMethod[];
  readonly imbalance: ImbalanceOptions;
  /** Most configurations; fewer come where the families have no more to draw. */
  readonly count: number;
  readonly seed: number;
};

/** Place in a turn: quickest to fit first, so that a search cut short has tried as many as it could. */
const turn: Record<MemberFamily, number> = {
  rules: 0,
  isolation_forest: 1,
  logistic_regression: 2,
  gradient_boosting: 3,
  neural_network: 4,
};

/** Draws that repeat an earlier configuration are drawn again, so often. */
const MOST_REPEATS = 20;

/**
 * Configurations to try, family by family in turn, the quickest first, so that a search cut short has seen them all
 * alike. The first of each family is its defaults; a family without anything to draw has its methods against imbalance alone. The same seed and
 * families give the same configurations.
 */
export function drawTrials(slice: Slice, { families, imbalance, seed, ...draw }: TrialDraw): Trial[] {
  const inTurn = families.toSorted((a, b) => turn[a] - turn[b]);
  const sources = inTurn.map((family) =>
    source(family, methodsFor(family, draw.imbalanceMethods, slice, imbalance), seed),
  );
  const trials: Trial[] = [];
  for (let open = sources; open.length > 0 && trials.length < draw.count; ) {
    open = open.filter((next) => {
      if (trials.length >= draw.count) return false;
      const drawn = next();
      if (drawn !== null) trials.push({ ...drawn, number: trials.length + 1 });
      return drawn !== null;
    });
  }
  return trials;
}

/** The configuration as a fit takes it. */
export function candidateOf({ family, imbalance, parameters }: Trial): Candidate {
  const changes = parameters as Partial<FamilyOptions[MemberFamily]>;
  return {
    family,
    variant: "drawn",
    imbalance,
    options: optionsFor(imbalance, familyOptions(family, changes)),
  };
}

type Drawn = Omit<Trial, "number">;

function source(family: MemberFamily, methods: readonly ImbalanceMethod[], seed: number): () => Drawn | null {
  const rng = createRng(`trials:${seed}:${family}`);
  const seen = new Set<string>();
  const take = (drawn: Drawn): Drawn | null => {
    const key = JSON.stringify([drawn.imbalance, drawn.parameters]);
    if (seen.has(key)) return null;
    seen.add(key);
    return drawn;
  };
  let at = 0;
  return () => {
    const imbalance = methods[at++ % methods.length] ?? "none";
    if (at === 1) return take({ family, imbalance, parameters: defaultParameters(family) });
    if (!isSearchable(family)) return take({ family, imbalance, parameters: {} });
    for (let repeat = 0; repeat < MOST_REPEATS; repeat++) {
      const drawn = take({ family, imbalance, parameters: drawParameters(family, rng) });
      if (drawn !== null) return drawn;
    }
    return null;
  };
}
