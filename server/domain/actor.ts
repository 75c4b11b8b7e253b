import type { Role, Scope } from "./permission.ts";

/** Who acts. Jobs and callers leave the same audit trail as people. */
export type Actor =
  | { readonly kind: "user"; readonly id: string; readonly name: string; readonly role: Role }
  | {
      readonly kind: "api_key";
      readonly id: string;
      readonly name: string;
      readonly scopes: readonly Scope[];
    }
  | { readonly kind: "job"; readonly name: string }
  | { readonly kind: "system"; readonly name: string };

/** The acting user's or key's id; jobs and the system have none. */
export function actorId(actor: Actor): string | null {
  return actor.kind === "user" || actor.kind === "api_key" ? actor.id : null;
}
