"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { classNames } from "#app/ui/class-names.ts";
import { Icon } from "#app/ui/line-icon.tsx";
import { AlertsBadge } from "./alerts-badge.tsx";
import { ApprovalsBadge } from "./approvals-badge.tsx";
import { EnvironmentBadge } from "./environment-badge.tsx";
import { destinations, isAt } from "./navigation.ts";
import type { Theme } from "./preferences.ts";
import { useSession } from "./session-context.tsx";
import { SignOutButton } from "./sign-out-button.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

type RailProps = { theme: Theme; isCollapsed: boolean; onCollapse: (isCollapsed: boolean) => void };

/** Navigation at the left; to icons when collapsed. */
export function Rail({ theme, isCollapsed, onCollapse }: RailProps): ReactNode {
  const { name, role, environment } = useSession();
  return (
    <aside
      aria-label="Navigation and session"
      className={classNames(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line bg-surface md:flex",
        isCollapsed ? "w-14" : "w-52",
      )}
    >
      <div className={classNames("flex h-14 items-center gap-2 px-4", isCollapsed && "justify-center px-0")}>
        <span
          aria-hidden="true"
          className="grid size-6 place-items-center rounded bg-accent font-semibold text-on-accent"
        >
          A
        </span>
        {!isCollapsed && <span className="font-semibold">Assay</span>}
        {!isCollapsed && (
          <span className="ml-auto">
            <EnvironmentBadge environment={environment} />
          </span>
        )}
      </div>
      <Destinations isCollapsed={isCollapsed} />
      <div className={classNames("border-t border-line p-2", isCollapsed && "flex flex-col items-center")}>
        {!isCollapsed && (
          <div className="px-2 py-1">
            <div className="truncate font-medium">{name}</div>
            <div className="text-xs text-muted">{role.replace("_", " ")}</div>
          </div>
        )}
        <div className={classNames("flex", isCollapsed && "flex-col")}>
          <ThemeToggle initial={theme} />
          <SignOutButton />
          <Button
            look="quiet"
            size="small"
            className={isCollapsed ? undefined : "ml-auto"}
            aria-label={isCollapsed ? "Widen the navigation" : "Collapse the navigation"}
            onClick={() => onCollapse(!isCollapsed)}
          >
            <Icon name={isCollapsed ? "right" : "left"} />
          </Button>
        </div>
      </div>
    </aside>
  );
}

/** The list of pages that this person may see. */
export function Destinations({ isCollapsed, onGo }: { isCollapsed: boolean; onGo?: () => void }): ReactNode {
  const path = usePathname();
  const { permissions } = useSession();
  return (
    <nav aria-label="Pages" className="flex-1 overflow-y-auto p-2">
      <ul className="space-y-0.5">
        {destinations
          .filter((d) => permissions.includes(d.permission))
          .map((d) => (
            <li key={d.href} className={d.startsGroup === true ? "pt-3" : undefined}>
              <Link
                href={d.href}
                {...(onGo === undefined ? {} : { onClick: onGo })}
                aria-current={isAt(d, path) ? "page" : undefined}
                title={isCollapsed ? d.label : undefined}
                className={classNames(
                  "flex h-8 items-center gap-2.5 rounded-md px-2.5 text-muted hover:bg-hover hover:text-ink",
                  "aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent",
                  isCollapsed && "relative justify-center px-0",
                )}
              >
                <Icon name={d.icon} />
                <span className={isCollapsed ? "sr-only" : undefined}>{d.label}</span>
                {d.badge === "alerts" && <AlertsBadge isCollapsed={isCollapsed} />}
                {d.badge === "approvals" && <ApprovalsBadge isCollapsed={isCollapsed} />}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
