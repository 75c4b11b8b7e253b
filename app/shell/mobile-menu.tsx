"use client";
import type { ReactNode } from "react";
import { Dialog } from "#app/ui/dialog.tsx";
import { EnvironmentBadge } from "./environment-badge.tsx";
import type { Theme } from "./preferences.ts";
import { Destinations } from "./rail.tsx";
import { useSession } from "./session-context.tsx";
import { SignOutButton } from "./sign-out-button.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

/** Every page, and what stands under the rail on a wide screen. */
export function MobileMenu({ theme, onClose }: { theme: Theme; onClose: () => void }): ReactNode {
  const { name, role, environment } = useSession();
  return (
    <Dialog open onOpenChange={onClose} title="Assay" place="side">
      <Destinations isCollapsed={false} onGo={onClose} />
      <div className="mt-4 flex items-center gap-2 border-t border-line pt-4">
        <div className="mr-auto">
          <div className="font-medium">{name}</div>
          <div className="text-xs text-muted">{role.replace("_", " ")}</div>
        </div>
        <EnvironmentBadge environment={environment} />
        <ThemeToggle initial={theme} />
        <SignOutButton />
      </div>
    </Dialog>
  );
}
