"use client";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Icon, type IconName } from "./line-icon.tsx";

type StateProps = { title: string; children?: ReactNode; action?: ReactNode; icon?: IconName };

/** Nothing here yet: say what will appear and how to make it appear. */
export function EmptyState({ title, children, action, icon = "info" }: StateProps): ReactNode {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <span className="text-faint">
        <Icon name={icon} size={24} />
      </span>
      <p className="font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-prose text-muted">{children}</div>}
      {action}
    </div>
  );
}

type ErrorStateProps = { title?: string; message: string; onRetry?: () => void };

/** What happened and what to do; reading lost nothing, so trying again is always right. */
export function ErrorState({
  title = "This could not be loaded",
  message,
  onRetry,
}: ErrorStateProps): ReactNode {
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <span className="text-decline">
        <Icon name="warning" size={24} />
      </span>
      <p className="font-semibold">{title}</p>
      <p className="max-w-prose text-muted">{message} Nothing was changed or lost.</p>
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
