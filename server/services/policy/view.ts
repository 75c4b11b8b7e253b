import type { PolicyVersion } from "#server/db/generated/client.ts";
import { Policy } from "#server/domain/policy.ts";

export type PolicyStatus = "draft" | "active" | "retired";

export type PolicyView = {
  readonly id: string;
  readonly number: number;
  readonly status: PolicyStatus;
  readonly policy: Policy;
  readonly createdAt: string;
  readonly activatedAt: string | null;
};

export function policyView(version: PolicyVersion): PolicyView {
  const status = version.status === "active" || version.status === "retired" ? version.status : "draft";
  return {
    id: version.id,
    number: version.number,
    status,
    policy: Policy.parse(version.body),
    createdAt: version.createdAt.toISOString(),
    activatedAt: version.activatedAt?.toISOString() ?? null,
  };
}
