"use client";
import { signOut } from "next-auth/react";
import type { ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/line-icon.tsx";

/** Ends every session of this user, here and elsewhere. */
export function SignOutButton(): ReactNode {
  return (
    <Button
      look="quiet"
      size="small"
      aria-label="Sign out"
      title="Sign out"
      onClick={() => void signOut({ callbackUrl: "/sign-in" })}
    >
      <Icon name="out" />
    </Button>
  );
}
