import type { FittedModel } from "./model.ts";

type Json = {
  readonly family: string;
  readonly bagging: 1;
  readonly members: readonly unknown[];
};

/**
 * Several fits of one family as one model: its margin is the mean of theirs (Breiman 1996). Fitted on all frauds and
 * another draw of legitimate rows each, this is balanced bagging (Hido, Kashima and Takahashi 2009).
 * @throws RangeError when there is no member, or members differ in family or width.
 */
export function baggedModel(members: readonly FittedModel[]): FittedModel {
  const [first] = members;
  if (first === undefined) throw new RangeError("a bagged model needs at least one member");
  const { family, width } = first;
  if (members.some((member) => member.family !== family || member.width !== width)) {
    throw new RangeError("the members of a bagged model differ in family or width");
  }
  const share = 1 / members.length;
  const gain = summedGain(members);
  const shares = new Float64Array(width);
  let scratch = new Float64Array(0);
  return {
    family,
    width,
    margins(features, rows, out) {
      if (scratch.length < rows) scratch = new Float64Array(rows);
      out.fill(0, 0, rows);
      for (const member of members) {
        member.margins(features, rows, scratch);
        for (let row = 0; row < rows; row++) {
          out[row] = (out[row] as number) + share * (scratch[row] as number);
        }
      }
    },
    contributions(row, out) {
      out.fill(0);
      let base = 0;
      for (const member of members) {
        base += share * member.contributions(row, shares);
        for (let f = 0; f < width; f++) out[f] = (out[f] as number) + share * (shares[f] as number);
      }
      return base;
    },
    *prepare() {
      for (const member of members) yield* member.prepare?.() ?? [];
    },
    ...(gain === null ? {} : { gain }),
    toJSON: (): Json => ({ family, bagging: 1, members: members.map((member) => member.toJSON()) }),
    libraries: Object.assign({}, ...members.map(({ libraries }) => libraries)),
  };
}

/** Gain of the members' splits together; null where a member has none. */
function summedGain(members: readonly FittedModel[]): number[] | null {
  const gains = members.flatMap((member) => (member.gain === undefined ? [] : [member.gain]));
  if (gains.length < members.length) return null;
  return (gains[0] ?? []).map((_, f) => gains.reduce((sum, gain) => sum + (gain[f] ?? 0), 0));
}

/** Whether a model's JSON is that of a bagged model rather than of its family itself. */
export function isBagged(json: unknown): boolean {
  return typeof json === "object" && json !== null && "bagging" in json;
}

/**
 * Restores a bagged model of the family whose loader is given.
 * @throws RangeError when the JSON is of another family or version, or a member is not of the family.
 */
export function loadBagged(
  json: unknown,
  family: string,
  loadMember: (json: unknown) => FittedModel,
): FittedModel {
  const { family: named, bagging, members } = json as Partial<Json>;
  if (named !== family || bagging !== 1 || !Array.isArray(members)) {
    throw new RangeError(`not a bagged ${family} of version 1: ${named} ${bagging}`);
  }
  return baggedModel(members.map(loadMember));
}
