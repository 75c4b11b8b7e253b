import Link from "next/link";
import type { ReactNode } from "react";
import { buttonLook } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/states.tsx";

export default function NotFound(): ReactNode {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        title="There is nothing at this address"
        icon="search"
        action={
          <Link href="/" className={buttonLook("secondary")}>
            To the overview
          </Link>
        }
      >
        The link may be old, or the thing it named may have been removed.
      </EmptyState>
    </main>
  );
}
