import type { IconName } from "#app/ui/line-icon.tsx";
import type { Permission } from "#server/domain/permission.ts";

export type Destination = {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  /** pressed after g */
  readonly key: string;
  readonly permission: Permission;
  /** what its count is of, shown beside the label */
  readonly badge?: "approvals" | "alerts";
  /** whether a gap stands before it */
  readonly startsGroup?: true;
};

/** The pages, in the order of the rail: the work, what is measured of it, and what decides. */
export const destinations: readonly Destination[] = [
  { href: "/", label: "Overview", icon: "overview", key: "o", permission: "analytics:read" },
  { href: "/queue", label: "Queue", icon: "queue", key: "q", permission: "case:read" },
  {
    href: "/second-reviews",
    label: "Second reviews",
    icon: "check",
    key: "b",
    permission: "second_review:work",
  },
  {
    href: "/approvals",
    label: "Approvals",
    icon: "approvals",
    key: "v",
    permission: "approval:ask",
    badge: "approvals",
  },
  {
    href: "/transactions",
    label: "Transactions",
    icon: "transactions",
    key: "t",
    permission: "transaction:read",
  },
  {
    href: "/performance",
    label: "Performance",
    icon: "performance",
    key: "p",
    permission: "analytics:read",
    startsGroup: true,
  },
  { href: "/costs", label: "Costs", icon: "costs", key: "c", permission: "analytics:read" },
  { href: "/drift", label: "Drift", icon: "drift", key: "d", permission: "analytics:read" },
  {
    href: "/review-quality",
    label: "Review quality",
    icon: "chart",
    key: "y",
    permission: "review:own_quality",
  },
  {
    href: "/alerts",
    label: "Alerts",
    icon: "alerts",
    key: "l",
    permission: "analytics:read",
    badge: "alerts",
  },
  {
    href: "/models",
    label: "Models",
    icon: "models",
    key: "m",
    permission: "model:read",
    startsGroup: true,
  },
  { href: "/rules", label: "Rules", icon: "rules", key: "r", permission: "rule:read" },
  { href: "/audit", label: "Audit", icon: "audit", key: "a", permission: "audit:read" },
  { href: "/settings", label: "Settings", icon: "settings", key: "s", permission: "policy:read" },
];

/** True for the destination that a path belongs to; a case belongs to the queue. */
export function isAt(destination: Destination, path: string): boolean {
  if (destination.href === "/") return path === "/";
  if (destination.href === "/queue" && path.startsWith("/cases")) return true;
  return path === destination.href || path.startsWith(`${destination.href}/`);
}
