import type { ReactNode } from "react";

/** The keys of a shortcut, as "g q" or "⌘K". */
export function KeyHint({ keys }: { keys: string }): ReactNode {
  return (
    <span className="inline-flex gap-0.5">
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1 font-sans text-xs text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
