import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const actorKinds = ["user", "api_key", "job", "system"] as const;

/** Families of actions, as the part before the dot of their names. */
export const families = ["case", "label", "model", "training", "policy", "key", "user", "import"] as const;

export const auditParams = {
  action: parseAsStringLiteral(families),
  kind: parseAsStringLiteral(actorKinds),
  actor: parseAsString.withDefault(""),
  subject: parseAsString.withDefault(""),
};

export const loadAuditParams = createLoader(auditParams);
export type AuditParams = Awaited<ReturnType<typeof loadAuditParams>>;

/** The same as the API wants it, so that server and browser ask for one and the same query. */
export function auditInput(params: AuditParams) {
  return {
    action: params.action,
    actorKind: params.kind,
    actor: params.actor === "" ? null : params.actor,
    subjectId: params.subject === "" ? null : params.subject,
    limit: 50,
  };
}
