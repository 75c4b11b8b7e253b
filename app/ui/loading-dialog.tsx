import type { ReactNode } from "react";

/** Stands for a dialog while its script is loaded, so that keys pressed meanwhile do nothing on the page under it. */
export function LoadingDialog(): ReactNode {
  return <div role="dialog" aria-label="Loading" aria-busy="true" className="sr-only" />;
}
