"use client";
import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Icon } from "#app/ui/line-icon.tsx";
import { destinations, isAt } from "./navigation.ts";
import type { Theme } from "./preferences.ts";
import { useSession } from "./session-context.tsx";

const MobileMenu = dynamic(() => import("./mobile-menu.tsx").then((loaded) => loaded.MobileMenu));

const inBar: readonly string[] = ["/", "/queue", "/transactions", "/performance"];
const look =
  "flex flex-1 flex-col items-center justify-center gap-0.5 text-xs text-muted aria-[current=page]:text-accent";

/** On a phone: the first pages within reach of a thumb, the rest behind More. */
export function MobileBar({ theme }: { theme: Theme }): ReactNode {
  const path = usePathname();
  const { permissions } = useSession();
  const [isOpen, setOpen] = useState(false);
  const shown = destinations.filter((d) => inBar.includes(d.href) && permissions.includes(d.permission));
  return (
    <nav
      aria-label="Main pages"
      className="fixed inset-x-0 bottom-0 z-30 flex h-14 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {shown.map((d) => (
        <Link key={d.href} href={d.href} aria-current={isAt(d, path) ? "page" : undefined} className={look}>
          <Icon name={d.icon} size={20} />
          {d.label}
        </Link>
      ))}
      <button type="button" className={look} onClick={() => setOpen(true)}>
        <Icon name="menu" size={20} />
        More
      </button>
      {isOpen && <MobileMenu theme={theme} onClose={() => setOpen(false)} />}
    </nav>
  );
}
