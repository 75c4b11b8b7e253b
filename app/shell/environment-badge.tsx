import type { ReactNode } from "react";
import { Badge } from "#app/ui/badge.tsx";

/** Demo or production, in a word and a colour, so that nobody takes one for the other. */
export function EnvironmentBadge({ environment }: { environment: "demo" | "production" }): ReactNode {
  if (environment === "demo") return <Badge tone="accent">Demo</Badge>;
  return (
    <Badge tone="decline" shape="■">
      Production
    </Badge>
  );
}
