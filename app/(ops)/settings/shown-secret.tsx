"use client";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/line-icon.tsx";

/** A signing secret, shown once. */
export function ShownSecret({ secret, onDone }: { secret: string; onDone: () => void }): ReactNode {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    toast("Copied.");
  };
  return (
    <div className="space-y-4">
      <p>It is not shown again. The receiver checks with it that what arrives comes from here.</p>
      <code className="block rounded-md bg-sunken p-3 break-all select-all">{secret}</code>
      <div className="flex justify-end gap-2">
        <Button onClick={() => void copy()}>
          <Icon name="copy" /> Copy
        </Button>
        <Button look="primary" onClick={onDone}>
          I have it
        </Button>
      </div>
    </div>
  );
}
