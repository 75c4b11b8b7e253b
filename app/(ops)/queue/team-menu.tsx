"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/line-icon.tsx";
import { LoadingDialog } from "#app/ui/loading-dialog.tsx";

const load = () => import("./team-popover.tsx");
const TeamPopover = dynamic(() => load().then((loaded) => loaded.TeamPopover), { loading: LoadingDialog });

/** For leads; loaded when it is about to be opened. */
export function TeamMenu(): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
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
        Team <Icon name="down" size={12} />
      </Button>
      {isOpen && <TeamPopover opener={button} onClose={() => setOpen(false)} />}
    </>
  );
}
