import type { Scope } from "#server/domain/permission.ts";
import { apiKeyPattern, hashApiKey } from "./api-key.ts";

export type KnownKey = { readonly id: string; readonly name: string; readonly scopes: readonly Scope[] };

export type ApiKeyStore = {
  /** The active key of that hash; null when unknown or revoked. */
  find(hash: Uint8Array): Promise<KnownKey | null>;
  /** Notes that the key was used. */
  touch(id: string, at: Date): Promise<void>;
};

export type ApiKeyVerifier = { verify(key: string): Promise<KnownKey | null> };

/** Ages are measured on a clock that never jumps; what is written down is the time of day. */
export type VerifierClocks = { readonly elapsedMs: () => number; readonly now: () => Date };

type Entry = {
  known: KnownKey | null;
  checkedAtMs: number;
  touchedAtMs: number;
  pending: Promise<KnownKey | null> | null;
};

/** A revoked key is refused within a second: entries are used this long, and renewed in the background before. */
const TRUSTED_MS = 900;
const RENEWED_MS = 450;
const TOUCHED_EVERY_MS = 60_000;
const MAX_ENTRIES = 10_000;

/**
 * Verifies keys against the store through a small cache. Concurrent look-ups of one key are one query; use is noted
 * at most once a minute and never waited for. Rejects with the store's error when the store cannot be asked.
 */
export function createApiKeyVerifier(store: ApiKeyStore, { elapsedMs, now }: VerifierClocks): ApiKeyVerifier {
  const entries = new Map<string, Entry>();

  const renew = (hash: Uint8Array, entry: Entry): Promise<KnownKey | null> => {
    const asked = elapsedMs();
    entry.pending ??= store
      .find(hash)
      .then((known) => {
        entry.known = known;
        entry.checkedAtMs = asked;
        return known;
      })
      .finally(() => {
        entry.pending = null;
      });
    return entry.pending;
  };

  const noteUse = (entry: Entry): void => {
    if (entry.known === null || elapsedMs() - entry.touchedAtMs < TOUCHED_EVERY_MS) return;
    entry.touchedAtMs = elapsedMs();
    store.touch(entry.known.id, now()).catch(() => {
      entry.touchedAtMs = Number.NEGATIVE_INFINITY; // tried again with the next request
    });
  };

  return {
    async verify(key) {
      if (!apiKeyPattern.test(key)) return null;
      const hash = hashApiKey(key);
      const entry = entryOf(entries, Buffer.from(hash).toString("base64"));
      const age = elapsedMs() - entry.checkedAtMs;
      if (age >= TRUSTED_MS) await renew(hash, entry);
      else if (age >= RENEWED_MS) renew(hash, entry).catch(() => {}); // asked again, and waited for, when too old
      noteUse(entry);
      return entry.known;
    },
  };
}

/** The entry of a hash; the oldest makes room, so that guessed keys cannot fill the memory. */
function entryOf(entries: Map<string, Entry>, id: string): Entry {
  const present = entries.get(id);
  if (present !== undefined) return present;
  const oldest = entries.keys().next();
  if (entries.size >= MAX_ENTRIES && oldest.done !== true) entries.delete(oldest.value);
  const never = Number.NEGATIVE_INFINITY;
  const entry: Entry = { known: null, checkedAtMs: never, touchedAtMs: never, pending: null };
  entries.set(id, entry);
  return entry;
}
