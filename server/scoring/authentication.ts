import type { Pool } from "pg";
import type { ApiKeyStore, ApiKeyVerifier, KnownKey } from "#server/auth/api-key-verifier.ts";
import { isInternalToken } from "#server/auth/secret.ts";
import type { Actor } from "#server/domain/actor.ts";
import { Role, Scope, type Scope as ScopeName } from "#server/domain/permission.ts";
import { ServiceError } from "#server/domain/service-error.ts";
import { withDeadline } from "./deadline.ts";

/** Who calls, and what they may do. */
export type Caller = { readonly actor: Actor; readonly scopes: readonly ScopeName[] };

const READ_LIMIT_MS = 800;
const INTERNAL_PREFIX = "assay_internal_"; // spares callers' keys the HMAC

/** API keys in the database. */
export function apiKeyStore(pool: Pool): ApiKeyStore {
  return {
    async find(hash) {
      const { rows } = await withDeadline(
        pool.query<{ id: string; name: string; scopes: string[] }>(
          "select id, name, scopes from api_key where hash = $1 and revoked_at is null",
          [Buffer.from(hash)],
        ),
        READ_LIMIT_MS,
        "looking up a key",
      );
      const row = rows[0];
      if (row === undefined) return null;
      const scopes = row.scopes.flatMap((scope) => Scope.safeParse(scope).data ?? []);
      return { id: row.id, name: row.name, scopes };
    },
    async touch(id, at) {
      await pool.query("update api_key set last_used_at = $2 where id = $1", [id, at]);
    },
  };
}

export type AuthenticatorParts = {
  readonly verifier: ApiKeyVerifier;
  readonly secret: string;
  readonly pool: Pool;
};

export type Credentials = {
  readonly authorization: string | undefined;
  readonly actorId: string | undefined;
};

/**
 * Who the credentials stand for; null when for nobody. Assay's own processes may do everything, and may say for which
 * signed-in user they call. A key in use is known at once; what needs the database comes as a promise, which rejects
 * with a ServiceError: "unavailable" when the database cannot be asked, "forbidden" for an unknown user.
 */
export function authenticate(
  credentials: Credentials,
  parts: AuthenticatorParts,
): Caller | null | Promise<Caller | null> {
  const token = bearer.exec(credentials.authorization ?? "")?.[1];
  if (token === undefined) return null;
  if (token.startsWith(INTERNAL_PREFIX) && isInternalToken(token, parts.secret)) {
    return internalCaller(credentials.actorId, parts.pool).catch(refuse);
  }
  const key = parts.verifier.verify(token);
  return key instanceof Promise ? key.then(callerOfKey, refuse) : callerOfKey(key);
}

const bearer = /^Bearer +(\S+) *$/i;

function refuse(cause: unknown): never {
  if (cause instanceof ServiceError) throw cause;
  throw new ServiceError("unavailable", "The database does not answer.", { cause });
}

const callersOfKeys = new WeakMap<KnownKey, Caller>();

function callerOfKey(key: KnownKey | null): Caller | null {
  if (key === null) return null;
  const known = callersOfKeys.get(key);
  if (known !== undefined) return known;
  const caller: Caller = { actor: { kind: "api_key", ...key }, scopes: key.scopes };
  callersOfKeys.set(key, caller);
  return caller;
}

async function internalCaller(userId: string | undefined, pool: Pool): Promise<Caller> {
  return { actor: await internalActor(userId, pool), scopes: Scope.options };
}

async function internalActor(userId: string | undefined, pool: Pool): Promise<Actor> {
  if (userId === undefined) return { kind: "system", name: "assay" };
  const { rows } = await withDeadline(
    pool.query<{ id: string; name: string; role: string }>(
      `select id, name, role from "user" where id = $1 and disabled_at is null`,
      [userId],
    ),
    READ_LIMIT_MS,
    "looking up a user",
  );
  const row = rows[0];
  if (row === undefined) throw new ServiceError("forbidden", "There is no such user, or they are disabled.");
  return { kind: "user", id: row.id, name: row.name, role: Role.parse(row.role) };
}
