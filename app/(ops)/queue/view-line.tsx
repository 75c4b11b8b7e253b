import type { inferRouterOutputs } from "@trpc/server";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import type { AppRouter } from "#server/api/root.ts";

export type View = inferRouterOutputs<AppRouter>["savedView"]["list"][number];

type ViewLineProps = {
  view: View;
  canShare: boolean;
  onOpen: () => void;
  onShare: () => void;
  onDelete: () => void;
};

/** One saved view: its name opens it; who may, shares or deletes it. */
export function ViewLine({ view, canShare, onOpen, onShare, onDelete }: ViewLineProps): ReactNode {
  const { name, shared, owner, isMine } = view;
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        onClick={onOpen}
        className="min-w-0 flex-1 truncate rounded px-2 py-1.5 text-left hover:bg-hover"
      >
        {name}
        {shared && <span className="text-xs text-muted"> · shared{isMine ? "" : ` by ${owner.name}`}</span>}
      </button>
      {canShare && (
        <Button
          look="quiet"
          size="small"
          onClick={onShare}
          aria-label={`${shared ? "Unshare" : "Share"} ${name}`}
        >
          {shared ? "Unshare" : "Share"}
        </Button>
      )}
      {(isMine || canShare) && (
        <Button look="quiet" size="small" onClick={onDelete} aria-label={`Delete ${name}`}>
          <Icon name="close" size={12} />
        </Button>
      )}
    </li>
  );
}
