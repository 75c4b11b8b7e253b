import type { Scope } from "#server/domain/permission.ts";
import { apiKeyPattern, hashApiKeyText } from "./api-key.ts";

export type KnownKey = { readonly id: string; readonly name: string; readonly scopes: readonly Scope[] };

export type ApiKeyStore = {
  /** The active key of that hash; null when unknown or revoked. */
  find(hash: Uint8Array): Promise<KnownKey | null>;
  /** Notes that the key was used. */
  touch(id: string, at: Date): Promise<void>;
};

/** What a key stands for: at once when it was looked up in the last moment, else once the store has told. */
export type ApiKeyVerifier = { verify(key: string): KnownKey | null | Promise<KnownKey | null> };

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

  const renew = (id: string, entry: Entry): Promise<KnownKey | null> => {
    const asked = elapsedMs();
    entry.pending ??= store
      .find(Buffer.from(id, "base64"))
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
    verify(key) {
      if (!apiKeyPattern.test(key)) return null;
      const id = hashApiKeyText(key); // keys themselves are kept nowhere
      const entry = entryOf(entries, id);
      const age = elapsedMs() - entry.checkedAtMs;
      if (age >= TRUSTED_MS) {
        return renew(id, entry).then((known) => {
          noteUse(entry);
          return known;
        });
      }
      if (age >= RENEWED_MS) renew(id, entry).catch(() => {}); // asked again, and waited for, when too old
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
