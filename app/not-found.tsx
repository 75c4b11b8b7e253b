import type { ReactNode } from "react";
import { buttonLook } from "#app/ui/button.tsx";

/** Without icons and client components, because what this page needs is loaded with every other page. */
export default function NotFound(): ReactNode {
  return (
    <main className="grid min-h-dvh place-items-center">
      <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
        <h1 className="font-semibold">There is nothing at this address</h1>
        <p className="max-w-prose text-muted">
          The link may be old, or the thing it named may have been removed.
        </p>
        <a href="/" className={buttonLook("secondary")}>
          To the overview
        </a>
      </div>
    </main>
  );
}
