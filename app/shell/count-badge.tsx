import type { ReactNode } from "react";
import { classNames } from "#app/ui/class-names.ts";

const SHOWN_UP_TO = 99;

type CountBadgeProps = { count: number | undefined; says: string; isCollapsed: boolean };

/** How many of what a page holds wait, beside its name in the rail; nothing where none does. */
export function CountBadge({ count, says, isCollapsed }: CountBadgeProps): ReactNode {
  if (count === undefined || count === 0) return null;
  return (
    <span
      className={classNames(
        "rounded bg-accent px-1.5 text-xs font-medium text-on-accent",
        isCollapsed ? "absolute top-0 right-0" : "ml-auto",
      )}
    >
      {count > SHOWN_UP_TO ? `${SHOWN_UP_TO}+` : count}
      <span className="sr-only"> {says}</span>
    </span>
  );
}
