import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import type { EntityStoreState } from "./entity-store.ts";
import type { LabelLedgerState } from "./label-ledger.ts";
import type { PairTableState } from "./pair-table.ts";

/** Everything a feature engine knows, as plain arrays and maps. */
export type EngineState = {
  readonly clockMs: number;
  readonly sweptAtMs: number;
  readonly stores: readonly EntityStoreState[];
  readonly pairs: readonly PairTableState[];
  readonly ledger: LabelLedgerState;
};

const FORMAT = 3;
const DIGEST_BYTES = 32;

/** SHA-256 of the rest, then format, feature set version and state in V8's structured-clone encoding. */
export function encodeSnapshot(featureSetVersion: string, state: EngineState): Uint8Array {
  const body = serialize({ format: FORMAT, featureSetVersion, state });
  return Buffer.concat([createHash("sha256").update(body).digest(), body]);
}

/** @throws RangeError when a byte is off, or the snapshot is of another format or feature set. */
export function decodeSnapshot(featureSetVersion: string, snapshot: Uint8Array): EngineState {
  const body = snapshot.subarray(DIGEST_BYTES);
  const digest = createHash("sha256").update(body).digest();
  if (!digest.equals(snapshot.subarray(0, DIGEST_BYTES)))
    throw new RangeError("the feature snapshot is damaged");
  const decoded = deserialize(body) as { format: number; featureSetVersion: string; state: EngineState };
  if (decoded.format !== FORMAT || decoded.featureSetVersion !== featureSetVersion) {
    throw new RangeError(
      `the feature snapshot is of ${decoded.featureSetVersion}, not of ${featureSetVersion}`,
    );
  }
  return decoded.state;
}
