import { z } from "zod";
import type { Actor } from "./actor.ts";
import { ServiceError } from "./service-error.ts";

export const roles = ["viewer", "analyst", "lead", "model_owner", "admin"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const scopes = ["score", "label"] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

export const permissions = [
  "transaction:read",
  "transaction:score",
  "label:record",
  "case:read",
  "case:work",
  "case:manage",
  "case:bulk",
  "queue:write",
  "review:settings",
  "review:quality",
  "review:own_quality",
  "second_review:work",
  "approval:ask",
  "approval:answer",
  "analytics:read",
  "model:read",
  "model:train",
  "model:promote",
  "policy:read",
  "policy:write",
  "rule:read",
  "rule:write",
  "rule:force_approve",
  "list:write",
  "audit:read",
  "key:manage",
  "user:manage",
] as const;
export type Permission = (typeof permissions)[number];

const viewer: Permission[] = [
  "transaction:read",
  "case:read",
  "analytics:read",
  "model:read",
  "policy:read",
  "rule:read",
];
const analyst: Permission[] = [
  ...viewer,
  "case:work",
  "label:record",
  "review:own_quality",
  "second_review:work",
  "approval:ask",
];
const rules: Permission[] = ["rule:write", "list:write"];
const lead: Permission[] = [
  ...analyst,
  "case:manage",
  "case:bulk",
  "queue:write",
  "review:settings",
  "review:quality",
  "approval:answer",
  "audit:read",
  "policy:write",
  ...rules,
  "rule:force_approve",
];
const modelOwner: Permission[] = [
  ...viewer,
  "model:train",
  "model:promote",
  "policy:write",
  "audit:read",
  "review:quality",
  "review:own_quality",
  "approval:ask",
  "approval:answer",
  ...rules,
];

/** The matrix of roles and permissions; tRPC procedures name a permission, never a role. */
export const permissionsOfRole: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(viewer),
  analyst: new Set(analyst),
  lead: new Set(lead),
  model_owner: new Set(modelOwner),
  admin: new Set(permissions),
};

const permissionsOfScope: Record<Scope, readonly Permission[]> = {
  score: ["transaction:score", "transaction:read"],
  label: ["label:record"],
};

export function hasPermission(actor: Actor, permission: Permission): boolean {
  if (actor.kind === "user") return permissionsOfRole[actor.role].has(permission);
  if (actor.kind === "api_key") return actor.scopes.some((s) => permissionsOfScope[s].includes(permission));
  return true; // jobs and the system act on behalf of a decision already permitted
}

/** @throws ServiceError "forbidden" when the actor may not. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!hasPermission(actor, permission)) {
    throw new ServiceError("forbidden", `This needs the permission ${permission}, which you don't have.`);
  }
}
