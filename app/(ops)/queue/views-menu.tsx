"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useRef, useState } from "react";
import { useShortcuts } from "#app/shell/shortcuts.ts";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import { LoadingDialog } from "#app/ui/loading-dialog.tsx";

const load = () => import("./views-popover.tsx");
const ViewsPopover = dynamic(() => load().then((loaded) => loaded.ViewsPopover), { loading: LoadingDialog });

/** Saved views; loaded when they are about to be opened. */
export function ViewsMenu(): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  useShortcuts("Views", [{ keys: "v", label: "Saved views", run: () => setOpen(true) }]);
  return (
    <>
      <Button
        ref={button}
        size="small"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={() => void load()}
        onClick={() => setOpen(!isOpen)}
      >
        Views <Icon name="down" size={12} />
      </Button>
      {isOpen && <ViewsPopover opener={button} onClose={() => setOpen(false)} />}
    </>
  );
}
