export type Difference = {
  readonly name: string;
  /** null where there was nothing, or nothing is left */
  readonly before: string | null;
  readonly after: string | null;
};

/** What changed between two records, field by field, nested fields by their path; what stayed the same is left out. */
export function differences(before: unknown, after: unknown): Difference[] {
  const was = flatten(before);
  const is = flatten(after);
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names
    .map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }))
    .filter((change) => change.before !== change.after);
}

function flatten(value: unknown, path = ""): Map<string, string> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== "object") return new Map([[path === "" ? "value" : path, String(value)]]);
  if (Array.isArray(value)) return new Map([[path === "" ? "value" : path, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...flatten(inner, path === "" ? key : `${path}.${key}`),
    ]),
  );
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}([0-9a-f]{12})$/;
const isoTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A value as a person reads it: of a UUID the end, which tells two apart; of a time no letters; long text cut. */
export function readable(value: string): string {
  const end = uuid.exec(value)?.[1];
  if (end !== undefined) return `…${end}`;
  if (isoTime.test(value)) return `${value.slice(0, 19).replace("T", " ")} UTC`;
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}

const LONGEST = 300;
