"use client";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/line-icon.tsx";

/** Loaded when it is needed: no page has to wait for it. */
async function endSession(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ callbackUrl: "/sign-in" });
}

/** Ends every session of this user, here and elsewhere. */
export function SignOutButton(): ReactNode {
  return (
    <Button
      look="quiet"
      size="small"
      aria-label="Sign out"
      title="Sign out"
      onClick={() => void endSession()}
    >
      <Icon name="out" />
    </Button>
  );
}
