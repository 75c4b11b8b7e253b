import type { FittedModel } from "../model.ts";

/** A member's margin, corrected by `offset`, enters the sum `weight` times. */
export type EnsembleMember = {
  readonly model: FittedModel;
  readonly weight: number;
  readonly offset: number;
};

type Json = {
  readonly family: "ensemble";
  readonly version: 1;
  readonly intercept: number;
  readonly members: readonly {
    readonly family: string;
    readonly weight: number;
    readonly offset: number;
    readonly model: unknown;
  }[];
};

/**
 * Models of several families as one: intercept + sum of weight x (member's margin + offset), a weighted mean in logit
 * space. Contributions are the members' own, weighted alike, so they and the base still sum to the margin.
 * @throws RangeError when there is no member, members differ in width, or a weight is negative or not finite.
 */
export function ensembleModel(members: readonly EnsembleMember[], intercept: number): FittedModel {
  const width = members[0]?.model.width ?? 0;
  checkMembers(members, intercept);
  const shares = new Float64Array(width);
  let scratch = new Float64Array(0);
  return {
    family: "ensemble",
    width,
    margins(features, rows, out) {
      if (scratch.length < rows) scratch = new Float64Array(rows);
      out.fill(intercept, 0, rows);
      for (const { model, weight, offset } of members) {
        model.margins(features, rows, scratch);
        for (let row = 0; row < rows; row++) {
          out[row] = (out[row] as number) + weight * ((scratch[row] as number) + offset);
        }
      }
    },
    contributions(row, out) {
      out.fill(0);
      let base = intercept;
      for (const { model, weight, offset } of members) {
        base += weight * (model.contributions(row, shares) + offset);
        for (let f = 0; f < width; f++) out[f] = (out[f] as number) + weight * (shares[f] as number);
      }
      return base;
    },
    *prepare() {
      for (const { model } of members) yield* model.prepare?.() ?? [];
    },
    toJSON: (): Json => ({
      family: "ensemble",
      version: 1,
      intercept,
      members: members.map(({ model, weight, offset }) => ({
        family: model.family,
        weight,
        offset,
        model: model.toJSON(),
      })),
    }),
    libraries: Object.assign({}, ...members.map(({ model }) => model.libraries)),
  };
}

/**
 * Restores an ensemble; `loadMember` restores a model of a family.
 * @throws RangeError when the JSON is damaged or of another version, or an ensemble is a member of itself.
 */
export function loadEnsemble(
  json: unknown,
  loadMember: (family: string, json: unknown) => FittedModel,
): FittedModel {
  const { family, version, intercept, members } = (json ?? {}) as Partial<Json>;
  if (family !== "ensemble" || version !== 1 || !Array.isArray(members)) {
    throw new RangeError(`not an ensemble of version 1: ${family} ${version}`);
  }
  const loaded = (members as Json["members"]).map((member) => {
    if (member.family === "ensemble") throw new RangeError("an ensemble cannot be a member of an ensemble");
    return {
      model: loadMember(member.family, member.model),
      weight: member.weight,
      offset: member.offset,
    };
  });
  return ensembleModel(loaded, Number(intercept ?? Number.NaN));
}

function checkMembers(members: readonly EnsembleMember[], intercept: number): void {
  if (members.length === 0) throw new RangeError("an ensemble needs at least one member");
  if (!Number.isFinite(intercept)) throw new RangeError("the intercept of an ensemble is not a number");
  for (const { model, weight, offset } of members) {
    if (model.width !== members[0]?.model.width)
      throw new RangeError("the members of an ensemble differ in width");
    if (!(Number.isFinite(weight) && weight >= 0))
      throw new RangeError(`an ensemble weighs ${model.family} by ${weight}`);
    if (!Number.isFinite(offset))
      throw new RangeError(`the offset of ${model.family} in an ensemble is not a number`);
  }
}
